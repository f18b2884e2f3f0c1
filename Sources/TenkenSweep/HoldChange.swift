package import TenkenModel

/// A change in whether sites are contacted, for a cause that is not their terminals' own.
package struct HoldChange: Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    case gateway(ID<Gateway>)
    /// So many contacts in a row had no answer.
    case silence(ID<Site>)
    case limit(LimitCrossing, SiteCondition.Pause)
  }

  package enum Standing: Sendable, Hashable {
    /// Nobody is sent there before then.
    case held(until: Duration)
    case released
    case givenUp
  }

  package let cause: Cause
  package let standing: Standing
  /// Those concerned that have something left to do.
  package let sites: [ID<Site>]
}
