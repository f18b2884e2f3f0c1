internal import TenkenModel
internal import Yams

/// A mapping of a YAML file, none of whose keys goes unread.
struct YAMLSection {
  private struct Entry {
    let line: Int
    let node: Node
  }

  /// In the order of the file, each once.
  private(set) var keys: [Located<String>] = []
  let line: Int
  private let file: String
  /// What the mapping is, for messages: `sites.yaml`, `limits of site "tokyo"`.
  private let title: String
  private let doubledKeys: [String: String]
  private var entries: [String: Entry] = [:]

  /// The whole of a file; `nil` where it is no mapping, which is logged.
  init?(_ file: SourceFiles.File, known: [String], _ log: inout ProblemLog) {
    guard let yaml = YAMLFile(file, &log) else { return nil }
    self.init(yaml.root, title: file.path, file: file.path, doubledKeys: yaml.doubledKeys, &log)
    refuseKeys(beyond: known, &log)
  }

  private init?(_ node: Node, title: String, file: String, doubledKeys: [String: String], _ log: inout ProblemLog) {
    line = node.mark?.line ?? 1
    self.file = file
    self.title = title
    self.doubledKeys = doubledKeys
    if Self.isNothing(node) { return }
    guard let mapping = node.mapping else {
      log.add(file, line, "\(title) is not a mapping", fix: "write \"key: value\" lines")
      return nil
    }
    for (key, value) in mapping { add(key, value, &log) }
  }

  /// The text of a key; `nil` where there is none.
  func text(_ key: String, _ log: inout ProblemLog) -> Located<String>? {
    guard let entry = entries[key] else { return nil }
    guard let scalar = entry.node.scalar else {
      log.add(file, entry.line, "\(key) of \(title) is not a single value", fix: "write \(key): VALUE")
      return nil
    }
    guard !Self.isNothing(entry.node) else {
      log.add(file, entry.line, "\(key) of \(title) is empty", fix: "write a value, or remove the key")
      return nil
    }
    return Located(value: scalar.string, file: file, line: entry.line)
  }

  /// What `read` makes of the text of a key; `nil` where there is none, or none that can be read, which is logged.
  func value<Value>(
    _ key: String, _ log: inout ProblemLog, _ read: (String) throws(Malformed) -> Value
  ) -> Value? {
    text(key, &log).flatMap { log.value(of: $0, read) }
  }

  /// The texts of a key whose value is a list.
  func texts(_ key: String, _ log: inout ProblemLog) -> [Located<String>] {
    guard let entry = entries[key], !Self.isNothing(entry.node) else { return [] }
    guard let sequence = entry.node.sequence else {
      log.add(file, entry.line, "\(key) of \(title) is not a list", fix: "write \(key): [FIRST, SECOND]")
      return []
    }
    var texts: [Located<String>] = []
    for node in sequence {
      let line = node.mark?.line ?? entry.line
      if let scalar = node.scalar, !Self.isNothing(node) {
        texts.append(Located(value: scalar.string, file: file, line: line))
      } else {
        log.add(
          file, line, "\(key) of \(title) holds something that is not a single value", fix: "write one value an item")
      }
    }
    return texts
  }

  /// The mapping of a key; `nil` where there is none, or none that can be read.
  ///
  /// - Parameter known: its keys, or `nil` where they are names that the user chooses.
  func section(_ key: String, title: String, known: [String]?, _ log: inout ProblemLog) -> YAMLSection? {
    guard let entry = entries[key] else { return nil }
    let section = YAMLSection(entry.node, title: title, file: file, doubledKeys: doubledKeys, &log)
    if let known { section?.refuseKeys(beyond: known, &log) }
    return section
  }

  /// The mappings of a key whose value is a list of them.
  func sections(_ key: String, title: String, known: [String], _ log: inout ProblemLog) -> [YAMLSection] {
    guard let entry = entries[key], !Self.isNothing(entry.node) else { return [] }
    guard let sequence = entry.node.sequence else {
      log.add(
        file, entry.line, "\(key) of \(self.title) is not a list", fix: "write each on a line of its own, after a -")
      return []
    }
    return sequence.compactMap { node in
      let section = YAMLSection(node, title: title, file: file, doubledKeys: doubledKeys, &log)
      section?.refuseKeys(beyond: known, &log)
      return section
    }
  }

  /// Logs that a key is missing.
  func demand(_ key: String, example: String, _ log: inout ProblemLog) {
    if entries[key] == nil { log.add(file, line, "\(title) has no \(key)", fix: "add \(example)") }
  }

  func add(_ line: Int, _ what: String, fix: String, _ log: inout ProblemLog) {
    log.add(file, line, what, fix: fix)
  }

  /// Logs every key that is not one of `known`.
  func refuseKeys(beyond known: [String], _ log: inout ProblemLog) {
    for key in keys where !known.contains(key.value) {
      let nearest = NearestWord.to(key.value, among: known)
      log.add(
        file, key.line, "unknown key \(key.value.quoted) in \(title)",
        fix: nearest.map { "write \($0)" } ?? "write one of \(known.joined(separator: ", "))")
    }
  }

  private mutating func add(_ key: Node, _ value: Node, _ log: inout ProblemLog) {
    let line = key.mark?.line ?? self.line
    guard let written = key.scalar?.string else {
      return log.add(file, line, "a key of \(title) is not a single value", fix: "write \"key: value\"")
    }
    let name = doubledKeys[written] ?? written
    if let first = entries[name] {
      return log.add(
        file, line, "\(name.quoted) stands in \(title) a second time",
        fix: "keep one of them (the first is at \(log.place(file, first.line)))")
    }
    keys.append(Located(value: name, file: file, line: line))
    entries[name] = Entry(line: line, node: value)
  }

  /// A plain scalar that YAML reads as null.
  private static func isNothing(_ node: Node) -> Bool {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }
}
