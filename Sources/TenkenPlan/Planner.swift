package import TenkenModel

/// Decides which checks go to which terminals. Pure.
package enum Planner {
  /// Plans a new sweep, or the rest of an interrupted one.
  ///
  /// - Parameters:
  ///   - isSelected: whether a terminal, by its index in the inventory, is part of the sweep. Asked for a new sweep
  ///     only: a selection is resolved once, and what it left out stands in `settled.excluded` afterwards.
  ///   - isDrawn: whether a selected one is; asked as `isSelected` is.
  ///   - settled: what the interrupted sweep has already; empty for a new one.
  /// - Returns: a plan whose inventory has the credentials as the scope overrides them. A terminal that no check fits
  ///   is contacted with an empty set: it is there, and nothing was asked of it.
  /// - Throws: `usage` for a check or a profile that does not exist, `badInput` for a credential that does not, or for
  ///   a rule of a profile that speaks of what there is not.
  package static func plan(
    inventory: Inventory, catalogue: Catalogue, scope: Scope, isSelected: (Int) -> Bool,
    isDrawn: (Int) -> Bool = { _ in true }, settled: Settled = Settled()
  ) throws(Failure) -> Plan {
    var choice = try ProfileChoice(scope, inventory, catalogue)
    var dispositions: [Plan.Disposition] = []
    dispositions.reserveCapacity(inventory.terminals.count)
    let isNew = settled.isEmpty
    for (index, terminal) in inventory.terminals.enumerated() {
      if let disposition = settled.disposition(of: terminal.id) {
        dispositions.append(disposition)
      } else if isNew, !isSelected(index) {
        dispositions.append(.excluded("not selected"))
      } else if isNew, !isDrawn(index) {
        dispositions.append(.excluded("not in the sample"))
      } else {
        try requireCredential(of: terminal, in: inventory)
        let attempts = settled.attempts[terminal.id] ?? 0
        dispositions.append(
          .inspect(
            set: choice.index(for: terminal), attempts: attempts, unsupported: settled.unsupported[terminal.id]))
      }
    }
    return Plan(
      inventory: inventory.overriding(with: scope), catalogue: catalogue, limits: scope.limits,
      checkSets: choice.sets, dispositions: dispositions)
  }

  private static func requireCredential(of terminal: Terminal, in inventory: Inventory) throws(Failure) {
    guard inventory.credentials[terminal.credential] == nil else { return }
    throw Failure(
      .badInput, "no way to log in to terminal \(terminal.id)",
      why: "it names the credential \"\(terminal.credential)\", which \(inventory.sources.origin) does not define",
      next: "Define it under `credentials:` in fleet.yaml")
  }
}

extension Settled {
  fileprivate var isEmpty: Bool { final.isEmpty && attempts.isEmpty && excluded.isEmpty }

  /// `nil` where the terminal is still to be inspected.
  fileprivate func disposition(of terminal: ID<Terminal>) -> Plan.Disposition? {
    if let outcome = final[terminal] { return .settled(outcome) }
    return excluded[terminal].map { .excluded($0) }
  }
}

extension Inventory {
  /// With the user and the identity of the command line in the credentials of all terminals, where it gave any. A
  /// gateway keeps the credential that it has: nobody is a user of the jump hosts because he is one of what is behind
  /// them. It gets a name that cannot stand in a file, since a terminal may have the same.
  fileprivate func overriding(with scope: Scope) -> Inventory {
    guard scope.user != nil || scope.identity != nil else { return self }
    var inventory = self
    inventory.credentials = credentials.mapValues { credential in
      Credential(
        name: credential.name, user: scope.user ?? credential.user,
        identity: scope.identity.map { .file($0) } ?? credential.identity)
    }
    inventory.gateways = gateways.map { gateway in
      let name = "\(gateway.credential) (gateways)"
      inventory.credentials[name] = credentials[gateway.credential].map { kept in
        Credential(name: name, user: kept.user, identity: kept.identity)
      }
      return gateway.loggedIn(with: name)
    }
    return inventory
  }
}

extension Gateway {
  fileprivate func loggedIn(with credential: String) -> Gateway {
    Gateway(
      id: id, address: address, port: port, credential: credential, pinnedKeys: pinnedKeys, concurrency: concurrency)
  }
}
