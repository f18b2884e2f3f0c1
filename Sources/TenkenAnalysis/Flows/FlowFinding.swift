package import TenkenModel

/// What connections bring to light: on the terminals that told of them.
package enum FlowFinding: String, Sendable, Hashable, CaseIterable {
  case unauthorised = "flow-unauthorised"
  case expired = "flow-expired"
  case denied = "flow-denied"
  case undirected = "flow-unknown-direction"

  /// - Parameter policy: says how much an unauthorised one matters.
  package func severity(by policy: FlowPolicy?) -> Severity {
    switch self {
    case .unauthorised: policy?.severity ?? .critical
    case .expired: .high
    case .denied, .undirected: .medium
    }
  }

  package var title: String {
    switch self {
    case .unauthorised: "A connection between sites that nothing allows"
    case .expired: "A connection between sites whose permission has run out"
    case .denied: "A connection that the other end knows nothing of"
    case .undirected: "A connection between sites, and nobody can tell who opened it"
    }
  }

  package var rationale: String {
    switch self {
    case .unauthorised:
      "Going from site to site is how an intruder gets from a branch office to the data centre. No rule of the flow "
        + "policy allows this one."
    case .expired: "It was allowed for a time, which is over; nobody answers for it now."
    case .denied:
      "One end has the connection in its tables, the other was asked at about the same time and has not: its tables may "
        + "be hiding something, or something between the two answers in its place."
    case .undirected: "The policy allows one of the two directions only, and neither end showed which it was."
    }
  }

  package var remediation: String {
    switch self {
    case .unauthorised:
      "Find out on both ends which program and account is behind it before anyone cuts it. Only if somebody answers for "
        + "it, with a reason, put it into policy.yaml."
    case .expired:
      "Ask whoever answered for it. If it is still needed, give it a new date in policy.yaml; if not, block it."
    case .denied:
      "Look for the connection from outside of both ends (switch, firewall, packet capture), and treat the end that "
        + "denies it with suspicion until it is explained."
    case .undirected: "Inspect the other end as well, or look at the traffic between the two."
    }
  }
}
