import TenkenModel
import TenkenTransport

extension RemoteProgram {
  /// A program with nonces of its own.
  static func sample(_ checks: [Check], root: String? = nil, deadline: Duration = .seconds(60)) -> RemoteProgram {
    var generator = SystemRandomNumberGenerator()
    return RemoteProgram(
      nonce: Nonce(using: &generator), factNonce: Nonce(using: &generator), checks: checks, root: root,
      deadline: deadline)
  }

  func frames(of execution: Execution) -> Frames {
    FrameCodec.decode(stdout: execution.stdout, stderr: execution.stderr, nonce: nonce, expecting: checks)
  }
}

extension Frames {
  var outputs: [String] { captures.map { String(decoding: $0.stdout, as: UTF8.self) } }
  var complaints: [String] { captures.map { String(decoding: $0.stderr, as: UTF8.self) } }
}
