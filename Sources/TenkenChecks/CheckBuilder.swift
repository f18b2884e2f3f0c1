import TenkenCrypto
import TenkenModel

/// Makes a `Check` of a script and its header, and notes every problem instead of stopping at the first.
struct CheckBuilder {
  let header: Header
  /// The script's file, for messages.
  let file: String
  /// The script's `$0`, where that is not the check's id.
  private let name: String?
  private let isForeign: Bool
  private(set) var problems: [InputProblem] = []

  init(header: Header, file: String, name: String? = nil, isForeign: Bool = false) {
    self.header = header
    self.file = file
    self.name = name
    self.isForeign = isForeign
  }

  /// - Parameter directory: the name of the check's directory, which its id must repeat.
  mutating func check(in directory: String, script: [UInt8], shebang: Shebang?) -> Check? {
    let id = id(in: directory)
    let version = required(.version).flatMap { positive($0) }
    let title = required(.title)?.value
    let severity = required(.severity).flatMap { choice($0, of: Severity.self) }
    let checkClass = required(.checkClass).flatMap { choice($0, of: Check.Class.self) }
    let resultProtocol = resultProtocol()
    let interpreter = interpreter(shebang)
    let (platforms, distributions) = platforms()
    let requires = requires()
    let privilege = header.line(.privilege).flatMap { choice($0, of: Check.Privilege.self) } ?? .none
    let cost = header.line(.cost).flatMap { choice($0, of: Check.Cost.self) } ?? .light
    let timeout = timeout()
    let outputLimit = outputLimit()
    let parameters = parameters()
    let facts = facts() + (resultProtocol == .nagios ? [PerformanceData.declaration] : [])
    guard problems.isEmpty, let id, let version, let title, let severity, let checkClass else { return nil }
    return Check(
      id: id, name: name, version: version, title: title, severity: severity, checkClass: checkClass,
      resultProtocol: resultProtocol, interpreter: interpreter, platforms: platforms, distributions: distributions,
      requires: requires,
      privilege: privilege, timeout: timeout, outputLimit: outputLimit, cost: cost, parameters: parameters,
      facts: facts, attack: Self.list(header.line(.attack)?.value ?? ""), notes: notes, isForeign: isForeign,
      script: script,
      digest: SHA256.digest(of: script), file: file)
  }

  /// A script that was given for one sweep: it needs no header, and of one that it has only the limits count.
  mutating func check(named name: String, script: [UInt8], shebang: Shebang?) -> Check? {
    let interpreter = interpreter(shebang)
    let timeout = timeout()
    let outputLimit = outputLimit()
    let id = ID<Check>("script." + Self.sanitised(name).prefix(57))
    guard problems.isEmpty, let id else { return nil }
    return Check(
      id: id, version: 1, title: "script \(name)", severity: .info, checkClass: .inventory, resultProtocol: .script,
      interpreter: interpreter, timeout: timeout, outputLimit: outputLimit, script: script,
      digest: SHA256.digest(of: script), file: file)
  }

  mutating func note(_ line: HeaderLine?, _ what: String, _ fix: String) {
    problems.append(InputProblem(file: line?.file ?? file, line: line?.line, what: what, fix: fix))
  }

  /// A value's words, between commas or blanks.
  static func list(_ value: String) -> [String] {
    value.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
  }

  private var notes: [Label] {
    HeaderKey.notes.compactMap { key in header.text(key).map { Label(name: key.rawValue, value: $0) } }
  }

  private mutating func required(_ key: HeaderKey) -> HeaderLine? {
    if let line = header.line(key) { return line }
    note(nil, "no \(key.rawValue) in the header", "add a line `#% \(key.rawValue): ...`")
    return nil
  }

  private mutating func id(in directory: String) -> ID<Check>? {
    guard let line = required(.id) else { return nil }
    guard let id = ID<Check>(line.value) else {
      note(line, "\"\(line.value)\" is not an id", "write \(ID<Check>.rule)")
      return nil
    }
    if id.rawValue != directory {
      note(line, "the id is \(id) and the directory is \(directory)", "give both one name")
    }
    return id
  }

  private static func sanitised(_ name: String) -> String {
    String(
      decoding: name.utf8.map { ID<Check>(String(decoding: [0x61, $0], as: UTF8.self)) == nil ? 0x2D : $0 },
      as: UTF8.self)
  }
}
