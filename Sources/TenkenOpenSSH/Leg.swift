internal import TenkenModel
internal import TenkenTransport

/// One host of the way: a jump host, or the terminal at its end.
struct Leg: Sendable {
  /// Its name for ssh(1), and of its files: `terminal`, `hop0`.
  let name: String
  /// `nil` for the terminal.
  let gateway: ID<Gateway>?
  /// What is dialled: for the first leg an IP address that may be dialled, else also a name for the host before to
  /// resolve.
  var address: String
  let port: UInt16
  let user: String
  let identity: OpenSSHIdentity
  let record: HostKeyRecord
  /// The only key that the host may show: one that was taken on first sight.
  var accepted: HostKey?

  /// `[2001:db8::7]:22`, as a socket address is written.
  var dialled: String { "\(address.contains(":") ? "[\(address)]" : address):\(port)" }

  /// The keys of which any one proves the host.
  var provingKeys: [HostKey] { accepted.map { [$0] } ?? record.keys }

  /// The types of key that the host may show; empty where any will do for its fingerprint.
  var keyTypes: [String] { accepted.map { [$0.type] } ?? record.types }

  /// What is made of a key that the host showed.
  func verdict(on key: HostKey) -> HostKeyRecord.Verdict {
    accepted == key ? .recorded : record.verdict(on: key)
  }
}
