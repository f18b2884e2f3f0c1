import Foundation
import TenkenModel
import TenkenOpenSSH
import TenkenTestSupport
import Testing

struct SystemProgramTests {
  @Test func `a program is found in the first directory of PATH that has it`() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "ssh")
      try Data("#!/bin/sh\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      let found = try SystemProgram("ssh", searchPath: "relative:/nowhere:\(directory.path):/usr/bin")
      #expect(found.path == file.path)
    }
  }

  @Test func `a program that is missing is said with what to install`() {
    let error = #expect(throws: Failure.self) { try SystemProgram("ssh", searchPath: "/nowhere") }
    #expect(error?.code == .serviceUnavailable)
    #expect(error?.next.contains("openssh-client") == true)
  }
}
