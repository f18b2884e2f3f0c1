internal import TenkenModel

/// How the owner of a sweep tells its contacts: a line each, six fields between tabs, and a last line that says how many
/// there were.
enum InFlightText {
  struct Malformed: Error {}

  /// More than any sweep's: a reader stops there.
  static let limit = 64 << 20

  static func bytes(_ contacts: [InFlight]) -> [UInt8] {
    let lines = contacts.map { contact in
      "\(contact.terminal)\t\(contact.site)\t\(contact.attempt)\t\(contact.began.milliseconds)\t"
        + "\(contact.phase.rawValue)\t\(contact.phaseBegan.milliseconds)\n"
    }
    return Array((lines.joined() + "end\t\(contacts.count)\n").utf8)
  }

  static func contacts(_ bytes: [UInt8]) throws(Malformed) -> [InFlight] {
    var contacts: [InFlight] = []
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    for line in lines.dropLast() { contacts.append(try contact(line)) }
    guard lines.last == "end\t\(contacts.count)" else { throw Malformed() }
    return contacts
  }

  private static func contact(_ line: Substring) throws(Malformed) -> InFlight {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 6, let terminal = ID<Terminal>(fields[0]), let site = ID<Site>(fields[1]),
      let attempt = Int(fields[2]), let began = Int64(fields[3]), let phase = InFlight.Phase(rawValue: fields[4]),
      let phaseBegan = Int64(fields[5])
    else { throw Malformed() }
    return InFlight(
      terminal: terminal, site: site, attempt: attempt, began: Timestamp(milliseconds: began), phase: phase,
      phaseBegan: Timestamp(milliseconds: phaseBegan))
  }
}
