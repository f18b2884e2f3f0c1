internal import TenkenModel
internal import TenkenTransport

/// The way to a terminal: whom it leads over, and which addresses may be dialled.
extension OpenSSHTransport {
  /// The jump hosts, the one that the station reaches first, and the terminal; addresses as the inventory has them.
  func legs(to endpoint: Endpoint) throws(ContactFailure) -> [Leg] {
    let terminal = try leg(
      "terminal", nil, endpoint.address, endpoint.port, endpoint.credential, pinned: endpoint.pinnedKeys)
    return try hops(to: endpoint) + [terminal]
  }

  /// The same where the terminal is to show its key and no more: none is on record, so that ssh(1) leaves it then, and
  /// none of ours is needed.
  func legs(toKeyOf endpoint: Endpoint) throws(ContactFailure) -> [Leg] {
    let nobody = OpenSSHIdentity(
      signer: .file("/nonexistent"), publicKey: HostKey(type: "ssh-ed25519", blob: []), certificate: nil)
    let terminal = Leg(
      name: "terminal", gateway: nil, address: endpoint.address, port: endpoint.port, user: "nobody", identity: nobody,
      record: KnownHosts([], file: "").record(host: endpoint.address, port: endpoint.port))
    return try hops(to: endpoint) + [terminal]
  }

  private func hops(to endpoint: Endpoint) throws(ContactFailure) -> [Leg] {
    var legs: [Leg] = []
    for (index, hop) in endpoint.hops.enumerated() {
      let gateway = hop.gateway
      legs.append(
        try leg(
          "hop\(index)", gateway.id, gateway.address, gateway.port, hop.credential, pinned: gateway.pinnedKeys))
    }
    return legs
  }

  private func leg(
    _ name: String, _ gateway: ID<Gateway>?, _ address: String, _ port: UInt16, _ credential: Credential,
    pinned: [HostKey]
  ) throws(ContactFailure) -> Leg {
    let identity: OpenSSHIdentity
    do throws(Failure) {
      identity = try identities[credential]
    } catch {
      throw Self.failure(.unsupported, "ssh(1) cannot log in: \(error.what): \(error.why)", gateway)
    }
    // A configuration file may read these otherwise than as themselves (ssh_config(5), TOKENS).
    guard !credential.user.contains("%"), !credential.user.contains("${"),
      credential.user.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else {
      throw Self.failure(
        .unsupported, "the user name \(credential.user.quoted) cannot be given to ssh(1)", gateway)
    }
    let record = knownHosts.record(host: address, port: port, pinned: pinned)
    guard !HostKeyAlgorithms.names(of: record.types).isEmpty else {
      let types = record.types.joined(separator: ",").escapedForPeople(maxLength: 160)
      throw Self.failure(
        .unsupported, "no host key algorithm in common: on record is \(types), which ssh(1) is not asked to speak",
        gateway)
    }
    return Leg(
      name: name, gateway: gateway, address: address, port: port, user: credential.user, identity: identity,
      record: record)
  }

  /// What may be dialled for the first leg, the best first: each is an IP address. A name is asked for once, and what it
  /// resolves to judged before anything is dialled. What a jump host is to dial for a terminal must be an address where
  /// there are networks to hold it against.
  func addresses(of legs: [Leg], _ endpoint: Endpoint) async throws(ContactFailure) -> [String] {
    let policy = AddressPolicy(endpoint.networks)
    for leg in legs.dropFirst() {
      if IPAddress(leg.address) != nil {
        _ = try Self.permitted([leg.address], of: leg, policy)
      } else if leg.gateway == nil, !endpoint.networks.isEmpty {
        throw ContactFailure(
          .unreachable,
          "not dialled: the gateway would look up \(leg.address.escapedForPeople(maxLength: 100)), and nothing holds the"
            + " answer against the networks")
      }
    }
    let found = try await resolved(legs[0], within: endpoint.limits.connectTimeout)
    return try Self.permitted(found, of: legs[0], policy)
  }

  private func resolved(_ leg: Leg, within limit: Duration) async throws(ContactFailure) -> [String] {
    guard IPAddress(leg.address) == nil else { return [leg.address] }
    do throws(NameLookup.NotFound) {
      return try await NameLookup.addresses(of: leg.address, within: limit, clock)
    } catch {
      throw Self.failure(
        .unreachable, "name not found: \(leg.address.escapedForPeople()) (\(error.reason))", leg.gateway)
    }
  }

  private static func permitted(
    _ addresses: [String], of leg: Leg, _ policy: AddressPolicy
  ) throws(ContactFailure) -> [String] {
    var permitted: [String] = []
    var objections: [String] = []
    for text in addresses {
      let address = IPAddress(text)
      let objection = address.map { leg.gateway == nil ? policy.objection(to: $0) : policy.objection(toGateway: $0) }
      if let objection = objection ?? "it is no IP address" {
        objections.append(objection)
      } else {
        permitted.append(text)
      }
    }
    guard permitted.isEmpty, let objection = objections.first else { return permitted }
    throw failure(.unreachable, "not dialled: \(objection)", leg.gateway)
  }

  /// What the user's own configuration says of each leg.
  func userLines(of legs: [Leg], within limit: Duration) async throws(ContactFailure) -> [[String]] {
    var lines: [[String]] = []
    for leg in legs {
      do throws(UserConfiguration.Unreadable) {
        lines.append(
          try await userConfiguration?.lines(
            host: leg.address, port: leg.port, user: leg.user, within: limit, clock) ?? [])
      } catch {
        throw Self.failure(.unsupported, "the configuration of ssh(1) cannot be used: \(error.reason)", leg.gateway)
      }
    }
    return lines
  }

  /// What keeps a jump host from being reached keeps the terminal from it, whatever it is.
  private static func failure(_ outcome: Outcome, _ reason: String, _ gateway: ID<Gateway>?) -> ContactFailure {
    guard let gateway else { return ContactFailure(outcome, reason) }
    return ContactFailure(at: GatewayFault(gateway, outcome, reason))
  }
}
