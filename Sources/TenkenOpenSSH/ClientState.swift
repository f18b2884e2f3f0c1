internal import TenkenTransport

/// What has come of a contact so far. Pure.
struct ClientState: Sendable {
  /// One a leg.
  private(set) var logs: [ClientLog]
  private(set) var stdout: [UInt8] = []
  private(set) var stderr: [UInt8] = []
  private var openStreams = 2
  private var openLogs: Int

  init(legs: Int, nonce: Nonce) {
    logs = Array(repeating: ClientLog(nonce: nonce), count: legs)
    openLogs = legs
  }

  /// ssh(1) to the terminal has ended.
  var hasEnded: Bool { openStreams == 0 }

  /// Nothing more will come.
  var isComplete: Bool { hasEnded && openLogs == 0 }

  /// What the terminal's ssh(1) said.
  var terminal: ClientLog { logs[logs.count - 1] }

  var isLoggedIn: Bool { terminal.phase == .loggedIn }

  var byteCount: Int { stdout.count + stderr.count }

  /// What is waited for until somebody is logged in.
  var stage: ClientStage {
    let leg = logs.firstIndex { $0.phase != .loggedIn } ?? logs.count - 1
    return ClientStage(leg: leg, step: logs[leg].phase == .connecting ? .link : .login)
  }

  mutating func fold(_ event: ClientEvent) {
    switch event {
    case .said(let leg, let line):
      logs[leg].read(line)
      // A host behind a jump host has its link once the jump host says so.
      if logs[leg].hasForwarded, leg + 1 < logs.count { logs[leg + 1].noteLink() }
    case .logEnded: openLogs -= 1
    case .output(let bytes): stdout += bytes
    case .errors(let bytes): stderr += bytes
    case .streamEnded: openStreams -= 1
    case .expired, .flooded: break
    }
  }

  /// What ssh(1) wrote before the program was given to it: the server's greeting before the login. It is no output.
  mutating func forgetOutput() {
    stdout = []
    stderr = []
  }
}
