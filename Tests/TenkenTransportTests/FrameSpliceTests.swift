import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

/// Streams that were taken apart and put together otherwise: parts left out, repeated, moved, and parts of another
/// attempt on the same terminal between them.
struct FrameSpliceTests {
  private static let checks: [Check] = [.sample("a.first"), .sample("b.second"), .sample("c.third")]
  private static let statuses: [Capture.Status] = [
    .exited(101), .exited(102), .expired, .cut, .lacksProgram("od"), .lacksRoot,
  ]

  /// An attempt with the parts of its streams: a frame each, and what the check said behind the first.
  private struct Recorded {
    let nonce: Nonce
    let captures: [Capture]
    private(set) var stdout: [[UInt8]] = []
    private(set) var stderr: [[UInt8]] = []

    init(using generator: inout SplitMix64) {
      nonce = Nonce(using: &generator)
      captures = checks.map { check in
        Capture(
          check: check.id, digest: check.digest, status: statuses.randomElement(using: &generator)!,
          milliseconds: Int.random(in: 0..<1000, using: &generator), stdout: Self.words(&generator),
          stderr: Self.words(&generator))
      }
      for capture in captures {
        let begin = frame("b \(capture.check) \(capture.digest)")
        let end = frame("e \(capture.check) \(capture.status.frame) \(capture.milliseconds ?? 0)")
        stdout += [begin + capture.stdout, end]
        stderr += [begin + capture.stderr, end]
      }
      stdout.append(frame("t \(checks.count)"))
      stderr.append(frame("t \(checks.count)"))
    }

    private func frame(_ words: String) -> [UInt8] { Array("\n\(nonce) \(words)\n".utf8) }

    private static func words(_ generator: inout SplitMix64) -> [UInt8] {
      Array(["", "said\n", "\n", "no newline", "two\nlines\n"].randomElement(using: &generator)!.utf8)
    }
  }

  /// A stream that somebody else put together.
  private struct Spliced {
    private var parts: [(own: Int?, bytes: [UInt8])]
    private let length: Int
    /// Where the last part is cut off, what is left of its first line.
    private var rest: Int?

    init(_ own: [[UInt8]], _ other: [[UInt8]], using generator: inout SplitMix64) {
      parts = own.enumerated().map { ($0, $1) }
      length = own.count
      for _ in 0..<Int.random(in: 0...4, using: &generator) { disturb(other, &generator) }
      if Int.random(in: 0..<6, using: &generator) == 0, let last = parts.last {
        rest = Int.random(in: 0...(last.bytes.dropFirst().firstIndex(of: 0x0A) ?? 0), using: &generator)
      }
    }

    private mutating func disturb(_ other: [[UInt8]], _ generator: inout SplitMix64) {
      guard let place = parts.indices.randomElement(using: &generator) else { return }
      let target = Int.random(in: 0...parts.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: parts.remove(at: place)
      case 1: parts.insert(parts[place], at: target)
      case 2: parts.swapAt(place, min(target, parts.count - 1))
      case 3: parts.removeSubrange(place...)
      default: parts.insert((nil, other.randomElement(using: &generator)!), at: target)
      }
    }

    var bytes: [UInt8] {
      guard let rest, let last = parts.last else { return parts.flatMap(\.bytes) }
      return parts.dropLast().flatMap(\.bytes) + last.bytes.prefix(rest)
    }

    /// Whether every part of the attempt is there once, whole and in its place.
    var isWhole: Bool { (rest == nil ? parts[...] : parts.dropLast()).compactMap(\.own) == Array(0..<length) }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a splice tells nothing that was not told, and is never a whole inspection`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var whole = 0
    var told = 0
    for _ in 0..<4000 {
      let (attempt, other) = (Recorded(using: &generator), Recorded(using: &generator))
      let stdout = Spliced(attempt.stdout, other.stdout, using: &generator)
      let stderr = Spliced(attempt.stderr, other.stderr, using: &generator)
      let frames = FrameCodec.decode(
        stdout: stdout.bytes, stderr: stderr.bytes, nonce: attempt.nonce, expecting: Self.checks)
      #expect(frames.isComplete == (stdout.isWhole && stderr.isWhole))
      #expect(frames.violation == nil || frames.captures.isEmpty)
      for (capture, truth) in zip(frames.captures, attempt.captures) {
        #expect(capture.check == truth.check && capture.digest == truth.digest)
        #expect(capture.status == truth.status && capture.milliseconds == truth.milliseconds)
        // What another attempt said may stand behind it, as text.
        #expect(capture.stdout.starts(with: truth.stdout) && capture.stderr.starts(with: truth.stderr))
      }
      whole += frames.isComplete ? 1 : 0
      told += frames.captures.count
    }
    #expect(whole > 100 && told > 1000, "the test tests something")
  }

  @Test func `the parts are those that the program writes`() {
    var generator = SplitMix64(seed: 7)
    let attempt = Recorded(using: &generator)
    var writer = FrameWriter(nonce: attempt.nonce)
    for (check, capture) in zip(Self.checks, attempt.captures) {
      writer.add(
        check, status: capture.status, milliseconds: capture.milliseconds, stdout: capture.stdout,
        stderr: capture.stderr)
    }
    writer.addTrailer()
    #expect(attempt.stdout.flatMap(\.self) == writer.stdout)
    #expect(attempt.stderr.flatMap(\.self) == writer.stderr)
  }
}
