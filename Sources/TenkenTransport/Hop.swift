package import TenkenModel

/// A jump host and how it is logged in to.
package struct Hop: Sendable, Hashable {
  package let gateway: Gateway
  package let credential: Credential

  package init(gateway: Gateway, credential: Credential) {
    self.gateway = gateway
    self.credential = credential
  }
}
