internal import TenkenAnalysis
internal import TenkenModel

extension JSONLinesReport {
  func line(_ index: Int) -> JSONObject {
    let terminal = report.inventory.terminals[index]
    let assessed = report.assessment.terminals[index]
    var object = begin("terminal")
    describe(terminal, in: &object)
    object.set("state", assessed.state.rawValue)
    object.set("outcome", assessed.outcome.rawValue)
    object.set("reason", assessed.reason)
    object.set("not_seen", assessed.gap?.word)
    object.set("attempts", assessed.attempts)
    object.set("last_contact", assessed.lastContact?.upperBound.description)
    object.set("last_inspection", assessed.lastInspection?.description)
    if let key = assessed.hostKey { object.set("host_key", Self.object(key)) }
    object.set("answers", assessed.answers.map(Self.object))
    object.set("findings", assessed.open.map(Self.object))
    object.set("excepted", assessed.excepted.map(Self.object))
    return object
  }

  private func describe(_ terminal: Terminal, in object: inout JSONObject) {
    object.set("id", terminal.id.rawValue)
    object.set("address", terminal.address)
    object.set("port", Int(terminal.port))
    object.set("site", terminal.site.rawValue)
    object.set("platform", terminal.platform)
    object.set("role", terminal.role)
    object.set("owner", terminal.owner)
    object.set("tags", terminal.tags)
    object.set("specimen_root", terminal.root)
    object.set("labels", terminal.labels.map(Self.object))
  }

  private static func object(_ label: Label) -> JSONObject {
    var object = JSONObject()
    object.set("name", label.name)
    object.set("value", label.value)
    return object
  }

  private static func object(_ key: HostKeyEvidence) -> JSONObject {
    var object = JSONObject()
    object.set("type", key.type)
    object.set("fingerprint", key.fingerprint)
    object.set("standing", key.standing.rawValue)
    return object
  }

  private static func object(_ answer: CheckAnswer) -> JSONObject {
    var object = JSONObject()
    object.set("check", answer.check.rawValue)
    object.set("result", answer.word)
    object.set("message", answer.message)
    return object
  }

  private static func object(_ excepted: ExceptedFinding) -> JSONObject {
    var object = object(excepted.finding)
    object.set("who", excepted.waiver.who)
    object.set("why", excepted.waiver.why)
    object.set("until", excepted.waiver.until.date)
    return object
  }

  private static func object(_ finding: OpenFinding) -> JSONObject {
    var object = JSONObject()
    object.set("source", finding.subject.source)
    object.set("id", finding.subject.id)
    object.set("severity", finding.severity.rawValue)
    object.set("message", finding.message)
    return object
  }
}
