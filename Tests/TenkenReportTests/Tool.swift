import Foundation

/// Programs that judge what this room writes. Tests that need one are skipped, with its name, where it is missing.
enum Tool: String {
  case python3, tidy, chromium, oscap, xmllint
  /// The distribution's own, which has the modules that its packages bring.
  case systemPython = "/usr/bin/python3"

  static let hasJUnitParser = (try? systemPython.run(["-c", "import junitparser"]).status) == 0

  var path: String? {
    if rawValue.hasPrefix("/") { return FileManager.default.isExecutableFile(atPath: rawValue) ? rawValue : nil }
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return directories.map { "\($0)/\(rawValue)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  var isInstalled: Bool { path != nil }

  /// Runs it with nothing on standard input and hands back what it wrote to standard output, and how it ended.
  func run(_ arguments: [String]) throws -> (output: String, status: Int32) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: path ?? "/nonexistent")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }
}
