internal import TenkenJournal
internal import TenkenReport

extension Station {
  /// Whom a running sweep contacts at this moment, as a table or as JSON lines; `nil` where nobody is at it.
  ///
  /// - Parameter reference: an id, the beginning of one, a name, or `latest`.
  package func inFlight(_ reference: String, json: Bool) throws -> String? {
    guard let contacts = try state.inFlight(of: try state.resolve(reference)) else { return nil }
    let page = InFlightPage(contacts, at: now())
    return json ? page.jsonLines : page.text
  }
}
