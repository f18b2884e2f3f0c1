internal import Foundation

/// What a process has read by now, as proc(5), `/proc/PID/io`, counts it. ssh(1) says nothing of what it throws away,
/// and a server can send that without end.
enum ReceivedBytes {
  /// `nil` where it cannot be told.
  static func count(of process: Int32) -> Int? {
    guard let file = FileManager.default.contents(atPath: "/proc/\(process)/io") else { return nil }
    return count(in: String(decoding: file, as: UTF8.self))
  }

  static func count(in text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix("rchar: ") }.flatMap { Int($0.dropFirst(7)) }
  }
}
