internal import TenkenModel
internal import Yams

/// Reads a YAML file into the tree of its nodes.
///
/// Yams refuses a mapping that has a key twice at the first one it finds, and says nothing of the rest of the file. So
/// that every problem comes in one run, such a key is replaced by one of a kind and the file read again; `Section`
/// tells of it.
struct YAMLFile {
  /// Enough for any honest mistake; a file with more of them is told about the first.
  private static let mostRepairs = 100
  /// The first of 6400 characters that no one writes (Unicode's private use area), one for each repair.
  private static let firstMark: UInt32 = 0xE000

  /// The keys that replace doubled ones, and what they replace.
  private(set) var doubledKeys: [String: String] = [:]
  /// An empty mapping where the file says nothing.
  private(set) var root = Node([] as [(Node, Node)])

  /// Logs why, and is `nil`, where the file is no YAML.
  init?(_ file: SourceFiles.File, _ log: inout ProblemLog) {
    guard var text = Self.text(of: file, &log) else { return nil }
    var errors: [YamlError] = []
    while errors.count <= Self.mostRepairs {
      do {
        // The rules of `basic` are none: values are taken as they are written, so that the country NO stays NO.
        root = try compose(yaml: text, .basic) ?? root
        return
      } catch let error as YamlError {
        errors.append(error)
        guard let repaired = repair(text, error, UInt32(errors.count)) else { break }
        text = repaired
      } catch {
        break
      }
    }
    for (line, problem) in errors.map(Self.explanation) {
      log.add(file.path, line, "not YAML: \(problem)", fix: "correct it; a value with a : or # needs quotation marks")
    }
    return nil
  }

  private static func text(of file: SourceFiles.File, _ log: inout ProblemLog) -> String? {
    let body = file.bytes[SourceText.start(of: file.bytes)...]
    if SourceText.problem(with: body) == nil { return String(decoding: body, as: UTF8.self) }
    for (index, line) in body.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if let problem = SourceText.problem(with: line) { log.add(file.path, index + 1, problem) }
    }
    return nil
  }

  private mutating func repair(_ text: String, _ error: YamlError, _ number: UInt32) -> String? {
    guard case .duplicatedKeysInMapping(let keys, let context) = error, let key = keys.first,
      let mark = Unicode.Scalar(Self.firstMark + number)
    else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    var column = context.mark.column - 1
    guard lines.indices.contains(context.mark.line - 1) else { return nil }
    let line = lines[context.mark.line - 1]
    if line.indices.contains(column), line[column] == "\"" || line[column] == "'" { column += 1 }
    guard line.indices.contains(column) else { return nil }
    lines[context.mark.line - 1][column] = mark
    doubledKeys[String(mark) + String(key.unicodeScalars.dropFirst())] = doubledKeys[key] ?? key
    return lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n")
  }

  private static func explanation(of error: YamlError) -> (line: Int?, problem: String) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      (mark.line, (context.map { "\($0.text) of line \($0.mark.line): " } ?? "") + problem)
    case .duplicatedKeysInMapping(let keys, let context):
      (context.mark.line, "\(keys.first?.quoted ?? "a key") stands twice")
    case .reader(let problem, let offset, _, let text):
      (offset.map { text.prefix($0).count(where: \.isNewline) + 1 }, problem)
    default: (nil, "the parser gives no reason")
    }
  }
}
