import Foundation

/// Makes a script that can be run at once. Another process writes it: where this one did, a program that another test
/// starts at that moment would hold it open for an instant, and the kernel runs no file that is open for writing.
package func writeProgram(_ text: String, to path: String) throws {
  try text.write(toFile: path + ".text", atomically: true, encoding: .utf8)
  defer { unlink(path + ".text") }
  try runTool("/usr/bin/install", "-m", "700", path + ".text", path)
}
