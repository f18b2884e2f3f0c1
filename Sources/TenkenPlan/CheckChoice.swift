internal import TenkenModel

/// Resolves the words of `--check` to checks of a catalogue.
///
/// A word is the id of a check (`log.wtmp`), the beginning of ids up to a dot (`log`), a class (`integrity`) or a cost
/// (`heavy`). Scripts that were given for this sweep only are always chosen, and so are checks that were given indicators:
/// they were named already.
struct CheckChoice {
  private let catalogue: Catalogue

  init(from catalogue: Catalogue) { self.catalogue = catalogue }

  /// Sorted by id. No words choose every light check.
  ///
  /// - Throws: `usage` with every word that names nothing, or where nothing at all is chosen.
  func checks(named words: [String]) throws(Failure) -> [Check] {
    let names = words.isEmpty ? [Check.Cost.light.rawValue] : words
    if !words.isEmpty {
      let strangers = names.filter { name in !catalogue.checks.contains { Self.matches($0, name) } }
      guard strangers.isEmpty else { throw unknown(strangers) }
    }
    let chosen = catalogue.checks.filter { check in
      check.isGiven || names.contains { Self.matches(check, $0) }
    }
    guard !chosen.isEmpty else { throw nothingChosen }
    return chosen
  }

  /// Of the checks that these words name; none for no words.
  ///
  /// - Throws: `usage` with every word that names nothing.
  func ids(named words: [String]) throws(Failure) -> Set<ID<Check>> {
    let costs = Check.Cost.allCases.map(\.rawValue)
    let strangers = words.filter { word in
      !costs.contains(word) && !catalogue.checks.contains { Self.matches($0, word) }
    }
    guard strangers.isEmpty else { throw unknown(strangers) }
    return Set(catalogue.checks.filter { check in words.contains { Self.matches(check, $0) } }.map(\.id))
  }

  private static func matches(_ check: Check, _ word: String) -> Bool {
    check.id.rawValue == word || check.id.rawValue.hasPrefix(word + ".") || check.checkClass.rawValue == word
      || check.cost.rawValue == word
  }

  private func unknown(_ words: [String]) -> Failure {
    let named = words.map { word in
      word.quoted + (NearestWord.to(word, among: vocabulary).map { " (nearest: \($0))" } ?? "")
    }
    return Failure(
      .usage, "unknown check \(named.joined(separator: " and "))",
      why: "the catalogue \(catalogue.sources.origin) has no check, class or cost of that name",
      next: "`tenken checks list` shows what there is")
  }

  private var nothingChosen: Failure {
    let why = catalogue.checks.isEmpty ? "it holds no checks" : "it holds no light check, and no check was named"
    return Failure(
      .usage, "the catalogue \(catalogue.sources.origin) gives this sweep nothing to do", why: why,
      next: "Name checks with --check, another directory with --checks, or give a script with --script")
  }

  private var vocabulary: [String] {
    catalogue.checks.map(\.id.rawValue) + Check.Class.allCases.map(\.rawValue) + Check.Cost.allCases.map(\.rawValue)
  }
}
