package import TenkenModel

/// The hours of a site began or ended.
package struct HoursChange: Sendable, Hashable {
  package let site: ID<Site>
  /// Since the start of the run; `nil` where it is open now.
  package let opens: Duration?
}
