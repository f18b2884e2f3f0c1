import Foundation

/// Runs a program to its end and returns what it wrote, stdout and stderr together; it may exit with anything.
@discardableResult
package func runTool(_ path: String, _ arguments: [String], environment: [String: String]? = nil) throws -> String {
  let (read, write) = try ChildProcess.pipe()
  let handle = FileHandle(fileDescriptor: read, closeOnDealloc: true)
  let child: ChildProcess
  do {
    defer { close(write) }
    child = try ChildProcess(path, arguments, environment: environment, output: write)
  }
  let bytes = try handle.readToEnd() ?? Data()
  child.wait()
  return String(decoding: bytes, as: UTF8.self)
}

/// As above, with the arguments one by one.
@discardableResult
package func runTool(_ path: String, _ arguments: String...) throws -> String { try runTool(path, arguments) }
