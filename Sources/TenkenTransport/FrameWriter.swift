package import TenkenModel

/// Composes the two streams of an execution frame by frame, as the remote program does: for transports without a
/// terminal behind them.
package struct FrameWriter: Sendable {
  private let nonce: Nonce
  private var count = 0
  package private(set) var stdout: [UInt8] = []
  package private(set) var stderr: [UInt8] = []

  package init(nonce: Nonce) { self.nonce = nonce }

  /// One check between its frames.
  package mutating func add(
    _ check: Check, status: Capture.Status, milliseconds: Int?, stdout: [UInt8] = [], stderr: [UInt8] = []
  ) {
    write("b \(check.id) \(check.digest)")
    self.stdout += stdout
    self.stderr += stderr
    write("e \(check.id) \(status.frame) \(milliseconds.map(String.init) ?? "-")")
    count += 1
  }

  /// The frame that says that all was said.
  package mutating func addTrailer() { write("t \(count)") }

  private mutating func write(_ frame: String) {
    let line = Array("\n\(nonce) \(frame)\n".utf8)
    stdout += line
    stderr += line
  }
}
