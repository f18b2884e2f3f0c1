internal import Glibc
internal import TenkenModel
internal import TenkenPipeline

/// Appends JSON lines to a file, each with its time.
final class EventLogFile: Sendable {
  private let path: String
  private let descriptor: Int32
  private let sink: TextSink
  private let writer: BackgroundWriter
  private let now: @Sendable () -> Timestamp

  /// - Throws: 73 where the file cannot be opened.
  init(_ path: String, now: @escaping @Sendable () -> Timestamp) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate, "cannot write the log \(path.escapedForPeople())", why: String(cString: strerror(errno)),
        next: "Name a file that you can write to.")
    }
    self.path = path
    self.now = now
    sink = TextSink(descriptor: descriptor)
    writer = BackgroundWriter(sink, label: "log")
  }

  func append(_ lines: String) {
    let time = now()
    for line in lines.split(separator: "\n") { writer.write(SweepJSON.stamped(line, at: time)) }
  }

  /// - Returns: what a person should know, where the log is not whole.
  func end() -> String? {
    let (dropped, isStuck) = writer.finish(within: 10)
    close(descriptor)
    let isWhole = dropped == 0 && !isStuck && sink.failure == 0
    return isWhole ? nil : "the log \(path.escapedForPeople()) is not whole; nothing is missing from the journal"
  }
}
