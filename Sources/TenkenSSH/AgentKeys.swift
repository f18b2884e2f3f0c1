import NIOCore
import TenkenCrypto
import TenkenModel

/// What an ssh-agent holds, of that what Tenken knows to use.
struct AgentKeys {
  private struct Entry {
    let algorithm: KeyAlgorithm
    let publicKey: HostKey
    let certificate: UserCertificate?
  }

  private let agent: AgentClient
  private let entries: [Entry]

  /// - Throws: `serviceUnavailable` where it does not say what it holds.
  init(of agent: AgentClient) async throws(Failure) {
    self.agent = agent
    let answer: [UInt8]
    do {
      answer = try await agent.list(within: .seconds(10)).get()
    } catch {
      throw Self.silence(agent, (error as? AgentClient.Unavailable)?.reason ?? String(describing: error))
    }
    guard let keys = AgentMessage.keys(inAnswer: answer) else { throw Self.silence(agent, "its answer is none") }
    entries = keys.compactMap { Self.entry($0.blob) }
  }

  /// How many keys it holds, whatever certificates they have.
  var count: Int { Set(entries.map(\.publicKey)).count }

  /// The first key; where the agent has a certificate of it, that is shown, as beside a file. `nil` where there is no
  /// key.
  func first(at now: Timestamp) throws(Failure) -> Identity? {
    guard let first = entries.first else { return nil }
    let ofFirst = entries.filter { $0.publicKey == first.publicKey }
    let certified = ofFirst.filter { $0.certificate != nil }
    // One that was renewed may still stand beside its successor.
    if let fit = certified.first(where: { (try? demandUse($0, at: now)) != nil }) { return identity(fit) }
    if let unfit = certified.first { try demandUse(unfit, at: now) }
    return ofFirst.first.map(identity)
  }

  /// The key, or the certificate, of a `.pub` file; `nil` where the agent does not hold it.
  func identity(of file: HostKey, at now: Timestamp) throws(Failure) -> Identity? {
    guard let entry = entries.first(where: { ($0.certificate?.blob ?? $0.publicKey.blob) == file.blob }) else {
      return nil
    }
    try demandUse(entry, at: now)
    return identity(entry)
  }

  /// The key without its certificate.
  var bareKey: Identity? { entries.first { $0.certificate == nil }.map(identity) }

  private func identity(_ entry: Entry) -> Identity {
    let blob = entry.certificate?.blob ?? entry.publicKey.blob
    return Identity(entry.publicKey, entry.algorithm, certificate: entry.certificate, .agent(agent, blob))
  }

  private func demandUse(_ entry: Entry, at now: Timestamp) throws(Failure) {
    guard let certificate = entry.certificate else { return }
    try certificate.demandUse("\(certificate.name.quoted) in the ssh-agent", at: now)
  }

  private static func entry(_ blob: [UInt8]) -> Entry? {
    if let certificate = UserCertificate(blob: blob) {
      return Entry(
        algorithm: certificate.algorithm, publicKey: certificate.publicKey, certificate: certificate)
    }
    guard let key = HostKey(blob: blob), let algorithm = KeyAlgorithm(keyType: key.type) else { return nil }
    return Entry(algorithm: algorithm, publicKey: key, certificate: nil)
  }

  private static func silence(_ agent: AgentClient, _ reason: String) -> Failure {
    Failure(
      .serviceUnavailable, "the ssh-agent does not answer", why: "\(agent.path.escapedForPeople()): \(reason)",
      next: "Start one (eval \"$(ssh-agent)\"; ssh-add KEY), or set `identity` to a key file.")
  }
}
