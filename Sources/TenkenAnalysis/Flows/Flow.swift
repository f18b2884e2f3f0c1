package import TenkenModel

/// Connections from one address to one service at another, as one terminal told of them.
package struct Flow: Sendable, Hashable {
  package enum Evidence: String, Sendable, Hashable {
    /// The kernel's table of connections, at the time of the inspection.
    case socket
    /// The login records: weeks of them.
    case login
  }

  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case unauthorised, expired
    /// Nobody can tell which end opened it, and only one of the two ways is allowed.
    case undirected = "unknown-direction"
    case authorised
    /// There is no policy, it does not speak of such ends, or an end cannot be placed.
    case unjudged
  }

  /// What the terminal at the other end says of it.
  package enum Echo: String, Sendable, Hashable {
    case confirmed
    /// It was asked at about the same time, and knows nothing of it.
    case denied
    /// It is not listed, was not asked, did not answer, or too much time lies between.
    case unheard
  }

  /// The end that connects; where the direction is not known, the terminal that told of it.
  package let from: FlowEnd
  package let to: FlowEnd
  package let layer: FlowPolicy.Layer
  /// Of the service; `nil` where it is not known.
  package let port: UInt16?
  package let evidence: Evidence
  /// The terminal that told of it: one of the two ends.
  package let observer: Int
  package let isDirected: Bool
  /// Connections, or logins.
  package let count: Int
  package let last: Timestamp
  /// The program, or who logged in and how; as the terminal wrote it.
  package let detail: String
  package let verdict: Verdict
  package let echo: Echo
}
