/// Whether checks that need root would run on a terminal.
package enum RootAccess: Sendable, Hashable {
  case granted
  /// Why not, as the terminal said it.
  case denied(String)
}
