/// How a terminal is logged in to.
package struct Credential: Sendable, Hashable {
  package enum Identity: Sendable, Hashable {
    /// The keys of the ssh-agent behind `SSH_AUTH_SOCK`.
    case agent
    /// A private key file; `~/` stands for the home of whoever runs Tenken.
    case file(String)
  }

  package let name: String
  package let user: String
  package let identity: Identity

  package init(name: String, user: String, identity: Identity) {
    self.name = name
    self.user = user
    self.identity = identity
  }
}
