import TenkenModel

/// The header's values, each with its default and its limits.
extension CheckBuilder {
  mutating func positive(_ line: HeaderLine) -> Int? {
    if let number = Int(line.value), number > 0 { return number }
    note(line, "\(line.key.rawValue) \"\(line.value)\" is not a whole number above 0", "write 1, 2, 3 ...")
    return nil
  }

  mutating func choice<Value>(_ line: HeaderLine, of type: Value.Type) -> Value?
  where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    if let value = Value(rawValue: line.value) { return value }
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    note(line, "\(line.key.rawValue) \"\(line.value)\" does not exist", "write one of \(words)")
    return nil
  }

  /// Only what the header says: no meaning of an exit code is guessed.
  mutating func resultProtocol() -> Check.ResultProtocol {
    guard let line = header.line(.resultProtocol) else { return .sce }
    if let value = Check.ResultProtocol(rawValue: line.value), value != .script { return value }
    note(
      line, "the protocol \(line.value.quoted) does not exist",
      "write sce (101 to 108), nagios (0 OK to 3 UNKNOWN) or exit0 (0 is good, anything else is bad)")
    return .sce
  }

  /// The header's interpreter, else that of the shebang, else `sh`.
  mutating func interpreter(_ shebang: Shebang?) -> String {
    let line = header.line(.interpreter)
    let name = line?.value ?? shebang?.interpreter ?? "sh"
    if !Self.interpreters.contains(name) {
      note(
        line, "the interpreter \"\(name)\" is not supported",
        "write the check for \(Self.interpreters.joined(separator: ", "))")
    } else if let shebang, shebang.interpreter != name {
      note(
        line, "the header says \(name) and the first line says \(shebang.interpreter)",
        "let both name the same interpreter")
    }
    return name
  }

  static let interpreters = ["sh", "bash", "perl", "python3"]

  /// Systems that terminals are listed as, and distributions of Linux, which the terminal itself has to tell.
  mutating func platforms() -> (platforms: [String], distributions: [String]) {
    guard let line = header.line(.platform) else { return (["linux"], []) }
    let words = Self.list(line.value).filter { $0 != "or" }
    let distributions = words.filter { !Self.knownPlatforms.contains($0) }
    for word in distributions where !Distribution.isOne(word) {
      note(
        line, "the platform \(word.quoted) is not known",
        "write a list of \((Self.knownPlatforms + Distribution.known).joined(separator: ", ")); "
          + "leave finer questions to the script (exit 105)")
    }
    let platforms = words.filter(Self.knownPlatforms.contains)
    if platforms.contains("linux") { return (platforms, []) }
    return (platforms + (distributions.isEmpty ? [] : ["linux"]), distributions)
  }

  private static let knownPlatforms = ["linux", "macos", "windows"]

  mutating func requires() -> [String] {
    guard let line = header.line(.requires) else { return [] }
    let words = Self.list(line.value)
    for word in words where ID<Check>(word) == nil {
      note(line, "\"\(word)\" is not the name of a program", "write names as they are on the PATH, without a directory")
    }
    return words
  }

  mutating func timeout() -> Duration {
    guard let line = header.line(.timeout) else { return .seconds(60) }
    if let duration = Duration(text: line.value), (.seconds(1) ... .seconds(3600)).contains(duration) {
      return duration
    }
    note(line, "the timeout \"\(line.value)\" is not a time from 1s to 1h", "write 10s, 2m or 1h")
    return .seconds(60)
  }

  mutating func outputLimit() -> Int {
    guard let line = header.line(.outputLimit) else { return 256 * 1024 }
    if let bytes = ByteCount.parse(line.value), (1...8 * 1024 * 1024).contains(bytes) { return bytes }
    note(line, "the output limit \"\(line.value)\" is not a size from 1 to 8m", "write bytes, or 64k, or 1m")
    return 256 * 1024
  }
}
