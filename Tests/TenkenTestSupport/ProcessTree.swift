import Foundation

/// Who started whom, from /proc.
package enum ProcessTree {
  /// Those with this text in their words; one that has ended and was not waited for has no words.
  package static func processes(mentioning text: String) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { process in
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      return String(decoding: words, as: UTF8.self).contains(text)
    }
  }

  /// Children, their children and so on, of those that run now.
  static func descendants(of root: Int32) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    let children = Dictionary(grouping: names.compactMap { Int32($0) }, by: parent)
    var found: [Int32] = []
    var open = [root]
    while let process = open.popLast() {
      let below = children[process] ?? []
      found += below
      open += below
    }
    return found
  }

  /// Those that a server on this port started and that outlived the connection: sshd gives each session
  /// `SSH_CONNECTION`, which ends in the server's port.
  static func sessions(onPort port: UInt16) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { process in
      let variables = FileManager.default.contents(atPath: "/proc/\(process)/environ")?.split(separator: 0) ?? []
      let lines = variables.map { String(decoding: $0, as: UTF8.self) }
      return lines.contains { $0.hasPrefix("SSH_CONNECTION=") && $0.hasSuffix(" \(port)") }
    }
  }

  /// The fourth field of /proc/PID/stat, behind the name in brackets, which may hold anything.
  private static func parent(of process: Int32) -> Int32 {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let bracket = line.lastIndex(of: ")")
    else { return 0 }
    let fields = line[bracket...].split(separator: " ")
    return fields.count > 2 ? Int32(fields[2]) ?? 0 : 0
  }
}
