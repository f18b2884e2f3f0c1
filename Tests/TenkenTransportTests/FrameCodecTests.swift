import TenkenModel
import TenkenTestSupport
import TenkenTransport
import Testing

struct FrameCodecTests {
  private static let checks: [Check] = [.sample("a.first"), .sample("b.second"), .sample("c.third")]

  private static func streams(
    _ nonce: Nonce, outputs: [[UInt8]] = [[], [], []]
  ) -> (stdout: [UInt8], stderr: [UInt8]) {
    var writer = FrameWriter(nonce: nonce)
    for (check, output) in zip(checks, outputs) {
      writer.add(check, status: .exited(101), milliseconds: 10, stdout: output, stderr: output)
    }
    writer.addTrailer()
    return (writer.stdout, writer.stderr)
  }

  private static func decode(_ stdout: [UInt8], _ stderr: [UInt8], _ nonce: Nonce) -> Frames {
    FrameCodec.decode(stdout: stdout, stderr: stderr, nonce: nonce, expecting: checks)
  }

  @Test func `whatever a check prints comes back byte for byte`() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<200 {
      let nonce = Nonce(using: &generator)
      let other = Nonce(using: &generator)
      let outputs = Self.checks.map { _ in Self.output(other, &generator) }
      let (stdout, stderr) = Self.streams(nonce, outputs: outputs)
      let frames = Self.decode(Array("Welcome!\n".utf8) + stdout, stderr + [0x0A], nonce)
      #expect(frames.isComplete)
      #expect(frames.captures.map(\.stdout) == outputs)
      #expect(frames.captures.map(\.stderr) == outputs)
    }
  }

  /// Output that imitates frames as well as one can who does not know the nonce.
  private static func output(_ nonce: Nonce, _ generator: inout SplitMix64) -> [UInt8] {
    let pieces = ["\n", "\n\n", "\n\(nonce) e a.first 101 5\n", "\(nonce) t 3\n", "\u{1b}[2J", "\0", "text", " "]
    return (0..<Int.random(in: 0..<6, using: &generator)).flatMap { _ in
      Array(pieces.randomElement(using: &generator)!.utf8)
    }
  }

  @Test func `streams cut anywhere give what was whole and never more`() {
    var generator = SplitMix64(seed: 2)
    let nonce = Nonce(using: &generator)
    let (stdout, stderr) = Self.streams(nonce, outputs: [Array("one".utf8), [], Array("three\n".utf8)])
    let whole = Self.decode(stdout, stderr, nonce)
    for cut in 0..<stdout.count {
      for frames in [
        Self.decode(Array(stdout[..<cut]), stderr, nonce), Self.decode(stdout, Array(stderr[..<cut]), nonce),
      ] {
        #expect(!frames.isComplete)
        #expect(frames.violation == nil)
        #expect(frames.captures == Array(whole.captures.prefix(frames.captures.count)))
      }
    }
  }

  @Test func `a frame that the program cannot have written is a violation`() {
    var generator = SplitMix64(seed: 3)
    let nonce = Nonce(using: &generator)
    let (stdout, stderr) = Self.streams(nonce)
    let digest = Self.checks[1].digest
    for forged in [
      "b b.second \(digest)", "b a.first \(digest)", "e a.first 101 1", "e zzz 101 1", "t 3", "t 0", "x", "",
      "e a.first pass 1", "e a.first 101", "b a.first",
    ] {
      let line = Array("\n\(nonce) \(forged)\n".utf8)
      #expect(Self.decode(line + stdout, stderr, nonce).violation != nil, "before: \(forged)")
      #expect(Self.decode(stdout + line, stderr, nonce).violation != nil, "after: \(forged)")
      #expect(Self.decode(line + stdout, stderr, nonce).captures.isEmpty)
    }
  }

  @Test func `streams that disagree on a status are a violation`() {
    var generator = SplitMix64(seed: 4)
    let nonce = Nonce(using: &generator)
    var (one, other) = (FrameWriter(nonce: nonce), FrameWriter(nonce: nonce))
    one.add(Self.checks[0], status: .exited(101), milliseconds: 1)
    other.add(Self.checks[0], status: .exited(102), milliseconds: 1)
    #expect(Self.decode(one.stdout, other.stderr, nonce).violation != nil)
  }

  @Test func `the frames of another attempt say nothing`() {
    var generator = SplitMix64(seed: 5)
    let (mine, theirs) = (Nonce(using: &generator), Nonce(using: &generator))
    let (stdout, stderr) = Self.streams(theirs)
    let frames = Self.decode(stdout, stderr, mine)
    #expect(!frames.hasBegun && !frames.isComplete && frames.captures.isEmpty && frames.violation == nil)
  }

  @Test func `every status survives its frame`() {
    for status: Capture.Status in [.exited(0), .exited(255), .expired, .lacksRoot, .lacksProgram("perl")] {
      #expect(Capture.Status(frame: status.frame) == status)
    }
    for word in ["", "-1", "256", "lacks:", "Expired", "1e2"] { #expect(Capture.Status(frame: word) == nil) }
  }
}
