package import TenkenModel

/// What the frames of one execution held.
package struct Frames: Sendable {
  /// The checks whose frames came on both streams, in the order in which they ran.
  package var captures: [Capture] = []
  /// Every expected check has its frames and both trailers came with the right count.
  package var isComplete = false
  /// Whether any frame came at all: whether the program began.
  package var hasBegun = false
  /// What a frame with our nonce said that the program cannot have said.
  package var violation: String?
}

/// Reads the frames out of the two streams of an execution. Pure.
///
/// A frame is a line of its own, with an empty line before it that belongs to it:
///
///     \n NONCE b ID DIGEST \n        a check begins
///     \n NONCE e ID STATUS MS \n     it ended; STATUS: exit status, `expired`, `cut`, `root`, `system`, `lacks:PROGRAM`
///     \n NONCE t COUNT \n            the program ended after COUNT checks
///
/// Checks run in the expected order and each frame comes once, on stdout and on stderr alike: a line with our nonce
/// that breaks this was not written by the program. Whatever stands outside the frames (a login shell's greeting) is
/// ignored.
package enum FrameCodec {
  package static func decode(
    stdout: [UInt8], stderr: [UInt8], nonce: Nonce, expecting checks: [Check]
  ) -> Frames {
    let out = FrameStream(bytes: stdout, nonce: nonce, checks: checks)
    let err = FrameStream(bytes: stderr, nonce: nonce, checks: checks)
    var frames = Frames()
    frames.hasBegun = out.hasBegun || err.hasBegun
    frames.violation = out.violation ?? err.violation
    let both = zip(out.sections, err.sections)
    if frames.violation == nil, let odd = zip(checks.indices, both).first(where: { $1.0.tail != $1.1.tail }) {
      frames.violation = "the streams tell check \(checks[odd.0].id) differently"
    }
    guard frames.violation == nil else { return frames }
    frames.captures = zip(checks.indices, both).map { check, sections in
      let (out, err) = sections
      return Capture(
        check: checks[check].id, digest: checks[check].digest, status: out.tail.status,
        milliseconds: out.tail.milliseconds, stdout: Array(stdout[out.body]), stderr: Array(stderr[err.body]))
    }
    frames.isComplete = out.hasTrailer && err.hasTrailer
    return frames
  }
}
