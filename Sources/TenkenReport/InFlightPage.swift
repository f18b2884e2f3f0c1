package import TenkenModel

/// The contacts that a running sweep is making at one moment, the one that has lasted longest first.
package struct InFlightPage {
  private let contacts: [InFlight]
  private let now: Timestamp

  package init(_ contacts: [InFlight], at now: Timestamp) {
    self.contacts = contacts
    self.now = now
  }

  package var text: String {
    var table = TextTable(["terminal", "site", "attempt", "phase", "in it for", "in all"], numbersFrom: 4)
    for contact in contacts {
      table.add([
        contact.terminal.rawValue, contact.site.rawValue, "\(contact.attempt)", contact.phase.rawValue,
        time(since: contact.phaseBegan).forPeople, time(since: contact.began).forPeople,
      ])
    }
    return "\(contacts.count.grouped) in flight\n" + (contacts.isEmpty ? "" : table.text)
  }

  /// A line a contact.
  package var jsonLines: String {
    contacts.map { contact in
      var object = JSONObject()
      object.set("terminal", contact.terminal.rawValue)
      object.set("site", contact.site.rawValue)
      object.set("attempt", contact.attempt)
      object.set("phase", contact.phase.rawValue)
      object.set("phase-ms", Int(time(since: contact.phaseBegan).wholeMilliseconds))
      object.set("contact-ms", Int(time(since: contact.began).wholeMilliseconds))
      return String(decoding: object.line, as: UTF8.self)
    }.joined()
  }

  /// Never below zero, whatever became of the clock meanwhile.
  private func time(since moment: Timestamp) -> Duration { max(.zero, now.elapsed(since: moment)) }
}
