internal import Foundation
internal import TenkenModel

/// A program of the user's, found before anything begins. No shell sees it, and it is given no arguments.
struct FindingProgram {
  let url: URL

  /// - Throws: 66 where there is no such file, 77 where it cannot be executed.
  init(_ path: String) throws(Failure) {
    let next = "Name an executable file; it is called without arguments, with a JSON object on its standard input."
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
      throw Failure(.noSuchInput, "no program \(path.escapedForPeople())", why: "there is no such file", next: next)
    }
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Failure(.permissions, "cannot call \(path.escapedForPeople())", why: "it is not executable", next: next)
    }
    url = URL(filePath: path)
  }
}
