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
    let body: Range<Int>
    let tail: Tail
  }

  /// One a check, in their order, as far as they came.
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
    var position = 0
    while violation == nil, let start = Self.find(mark, in: bytes, from: position) {
      let words = start + mark.count
      // A line without its end was cut off: it says nothing.
      guard let end = bytes[words...].firstIndex(of: 0x0A) else { return }
      hasBegun = true
      accept(bytes[words..<end], from: start, to: end + 1)
      position = end + 1
      // The newline that ends one frame is not the one that begins the next.
    }
  }

  /// A fleet has a dozen of these a terminal and more: bytes are compared, not characters.
  private mutating func accept(_ line: ArraySlice<UInt8>, from start: Int, to end: Int) {
    let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
    switch words[0].count == 1 ? words[0].first : nil {
    case UInt8(ascii: "b") where words.count == 3: begin(id: words[1], digest: words[2], at: end, line)
    case UInt8(ascii: "e") where words.count == 4: finish(words, at: start, line)
    case UInt8(ascii: "t") where words.count == 2: trail(count: words[1], line)
    default: violate("a frame of no known kind", line)
    }
  }

  private mutating func begin(
    id: ArraySlice<UInt8>, digest: ArraySlice<UInt8>, at position: Int, _ line: ArraySlice<UInt8>
  ) {
    guard open == nil, !hasTrailer, sections.count < checks.count else {
      return violate("a check begins where none can", line)
    }
    guard isNext(id), digest.elementsEqual(checks[sections.count].digest.hex.utf8) else {
      return violate("expected check \(checks[sections.count].id) to begin", line)
    }
    open = position
  }

  private mutating func finish(_ words: [ArraySlice<UInt8>], at position: Int, _ line: ArraySlice<UInt8>) {
    guard let begun = open, begun <= position, isNext(words[1]) else {
      return violate("a check ends that has not begun", line)
    }
    let (said, took) = (String(decoding: words[2], as: UTF8.self), String(decoding: words[3], as: UTF8.self))
    guard let status = Capture.Status(frame: said) else { return violate("a status of no known kind", line) }
    let milliseconds = Int(took)
    guard took == "-" || milliseconds != nil else { return violate("a duration that is no number", line) }
    sections.append(
      Section(body: begun..<position, tail: Tail(status: status, milliseconds: milliseconds.map { max(0, $0) })))
    open = nil
  }

  private func isNext(_ id: ArraySlice<UInt8>) -> Bool { id.elementsEqual(checks[sections.count].id.rawValue.utf8) }

  private mutating func trail(count: ArraySlice<UInt8>, _ line: ArraySlice<UInt8>) {
    let count = Int(String(decoding: count, as: UTF8.self))
    guard open == nil, !hasTrailer, sections.count == checks.count, count == checks.count else {
      return violate("a trailer where none can be", line)
    }
    hasTrailer = true
  }

  private mutating func violate(_ what: String, _ line: ArraySlice<UInt8>) {
    violation = "\(what): \(String(decoding: line, as: UTF8.self).prefix(80))"
  }

  /// The first place of `mark`, which begins with a newline.
  private static func find(_ mark: [UInt8], in buffer: [UInt8], from position: Int) -> Int? {
    guard buffer.count >= mark.count else { return nil }
    var start = position
    while start <= buffer.count - mark.count {
      if buffer[start] == 0x0A, (1..<mark.count).allSatisfy({ buffer[start + $0] == mark[$0] }) { return start }
      start += 1
    }
    return nil
  }
}
