package import TenkenModel

extension Check {
  /// A check of this test's own. Its digest is made up of the id's and the script's bytes, so that two differ.
  package static func sample(
    _ id: ID<Check>, script: String = "exit 101", severity: Severity = .high, checkClass: Class = .integrity,
    resultProtocol: ResultProtocol = .sce, interpreter: String = "sh", platforms: [String] = ["linux"],
    requires: [String] = [], privilege: Privilege = .none, timeout: Duration = .seconds(60),
    outputLimit: Int = 64 * 1024, cost: Cost = .light, parameters: [Parameter] = [], facts: [FactDeclaration] = []
  ) -> Check {
    Check(
      id: id, version: 1, title: "Sample \(id)", severity: severity, checkClass: checkClass,
      resultProtocol: resultProtocol, interpreter: interpreter, platforms: platforms, requires: requires,
      privilege: privilege, timeout: timeout, outputLimit: outputLimit, cost: cost, parameters: parameters,
      facts: facts, script: Array(script.utf8), digest: .sample(id.rawValue + script),
      file: "checks/\(id)/check.sh")
  }
}

extension Digest {
  /// A digest that is no SHA-256 of anything: 64 digits from a 64-bit FNV-1a hash of `text`, four times.
  package static func sample(_ text: String) -> Digest {
    let hash = text.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    let word = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    return Digest(hex: word + word + word + word)!
  }
}
