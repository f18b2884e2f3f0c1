internal import TenkenModel

/// The frames of one stream: a scanner over its lines that knows which frame must come next.
struct FrameStream {
  /// What an end frame says.
  struct Tail: Equatable {
    let status: Capture.Status
    let milliseconds: Int?
  }

  /// One check between its two frames.
  struct Section {
    let check: Check
    let body: Range<Int>
    let tail: Tail
  }

  private(set) var sections: [Section] = []
  private(set) var hasTrailer = false
  private(set) var hasBegun = false
  private(set) var violation: String?

  private let checks: [Check]
  /// Where the output of the check that has begun starts.
  private var open: Int?

  init(bytes: [UInt8], nonce: Nonce, checks: [Check]) {
    self.checks = checks
    let mark = [0x0A] + Array(nonce.hex.utf8) + [0x20]
    bytes.withUnsafeBufferPointer { buffer in
      var position = 0
      while violation == nil, let start = Self.find(mark, in: buffer, from: position) {
        let words = start + mark.count
        // A line without its end was cut off: it says nothing.
        guard let end = buffer[words...].firstIndex(of: 0x0A) else { return }
        hasBegun = true
        accept(String(decoding: buffer[words..<end], as: UTF8.self), from: start, to: end + 1)
        position = end + 1
        // The newline that ends one frame is not the one that begins the next.
      }
    }
  }

  private mutating func accept(_ line: String, from start: Int, to end: Int) {
    let words = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { Substring($0) }
    switch words.first {
    case "b" where words.count == 3: begin(id: words[1], digest: words[2], at: end, line)
    case "e" where words.count == 4: finish(words, at: start, line)
    case "t" where words.count == 2: trail(count: words[1], line)
    default: violate("a frame of no known kind", line)
    }
  }

  private mutating func begin(id: Substring, digest: Substring, at position: Int, _ line: String) {
    guard open == nil, !hasTrailer, sections.count < checks.count else {
      return violate("a check begins where none can", line)
    }
    let check = checks[sections.count]
    guard id == check.id.rawValue, digest == check.digest.hex else {
      return violate("expected check \(check.id) to begin", line)
    }
    open = position
  }

  private mutating func finish(_ words: [Substring], at position: Int, _ line: String) {
    guard let begun = open, begun <= position, words[1] == checks[sections.count].id.rawValue else {
      return violate("a check ends that has not begun", line)
    }
    guard let status = Capture.Status(frame: words[2]) else { return violate("a status of no known kind", line) }
    let milliseconds = Int(words[3])
    guard words[3] == "-" || milliseconds != nil else { return violate("a duration that is no number", line) }
    let tail = Tail(status: status, milliseconds: milliseconds.map { max(0, $0) })
    sections.append(Section(check: checks[sections.count], body: begun..<position, tail: tail))
    open = nil
  }

  private mutating func trail(count: Substring, _ line: String) {
    guard open == nil, !hasTrailer, sections.count == checks.count, Int(count) == checks.count else {
      return violate("a trailer where none can be", line)
    }
    hasTrailer = true
  }

  private mutating func violate(_ what: String, _ line: String) {
    violation = "\(what): \(line.prefix(80))"
  }

  /// The first place of `mark`, which begins with a newline.
  private static func find(_ mark: [UInt8], in buffer: UnsafeBufferPointer<UInt8>, from position: Int) -> Int? {
    guard buffer.count >= mark.count else { return nil }
    var start = position
    while start <= buffer.count - mark.count {
      if buffer[start] == 0x0A, (1..<mark.count).allSatisfy({ buffer[start + $0] == mark[$0] }) { return start }
      start += 1
    }
    return nil
  }
}
