import TenkenModel

/// A technique of MITRE ATT&CK as a header names it, `T1685.006@v19`, held against what of the matrix this catalogue
/// uses. Pure.
///
/// Version 19 (April 2026) took `Defense Evasion` apart and revoked ids, some of which read as if they still meant
/// something. So an id stands with its version, and only ids of one version are taken: those of 19.2 below. Whoever
/// needs another one adds it here, from the matrix itself.
struct AttackTechnique {
  static let version = "v19"

  /// Without its version: `T1685.006`.
  let id: String
  let name: String

  /// `nil` where the catalogue's table does not have it.
  init?(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts[1] == Self.version, let name = Self.names[parts[0]] else { return nil }
    (id, self.name) = (parts[0], name)
  }

  /// What is wrong with a text that is no technique of the table, and what to write.
  static func advice(on text: String) -> (what: String, fix: String) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let id = parts[0]
    guard id.wholeMatch(of: #/T\d{4}(\.\d{3})?/#) != nil else {
      return ("\(text.quoted) is not a technique of ATT&CK with the version of its matrix", "write T1685.006@v19")
    }
    if let successor = successors[id] {
      return ("\(id) was revoked by version 19 of ATT&CK", "write \(successor)@v19 (\(names[successor] ?? ""))")
    }
    guard let name = names[id] else {
      return (
        "\(id) is not among the techniques of this catalogue",
        "look it up in version 19 of the matrix; if it is right, add it to AttackTechnique"
      )
    }
    return (
      parts.count == 2 ? "\(id) is named from matrix \(parts[1].quoted)" : "\(id) is named without its matrix",
      "write \(id)@v19 (\(name))"
    )
  }

  /// What version 19 revoked of the techniques that checks of terminals speak of, and what took its place
  /// (the `revoked-by` relations of the matrix).
  static let successors = [
    "T1070.001": "T1685.005", "T1070.002": "T1685.006", "T1562": "T1685", "T1562.001": "T1685",
    "T1562.002": "T1685.001", "T1562.003": "T1690", "T1562.004": "T1686", "T1562.006": "T1685",
    "T1562.012": "T1685.004",
  ]

  static let names = [
    "T1014": "Rootkit", "T1021": "Remote Services", "T1021.004": "SSH",
    "T1036.004": "Masquerade Task or Service", "T1036.005": "Match Legitimate Resource Name or Location",
    "T1037.004": "RC Scripts", "T1040": "Network Sniffing", "T1053.002": "At", "T1053.003": "Cron",
    "T1053.006": "Systemd Timers", "T1059.004": "Unix Shell", "T1070.003": "Clear Command History",
    "T1070.004": "File Deletion", "T1070.006": "Timestomp", "T1071": "Application Layer Protocol",
    "T1078": "Valid Accounts", "T1078.003": "Local Accounts", "T1090.001": "Internal Proxy",
    "T1098": "Account Manipulation", "T1098.004": "SSH Authorized Keys", "T1105": "Ingress Tool Transfer",
    "T1133": "External Remote Services", "T1136.001": "Create Account: Local Account",
    "T1195.002": "Compromise Software Supply Chain", "T1205.002": "Socket Filters",
    "T1222.002": "Linux and Mac File and Directory Permissions Modification", "T1543.002": "Systemd Service",
    "T1546.004": "Unix Shell Configuration Modification", "T1546.017": "Udev Rules",
    "T1547.006": "Kernel Modules and Extensions", "T1548.001": "Setuid and Setgid",
    "T1548.003": "Sudo and Sudo Caching", "T1553.004": "Install Root Certificate",
    "T1554": "Compromise Host Software Binary", "T1556": "Modify Authentication Process",
    "T1556.003": "Pluggable Authentication Modules", "T1557": "Adversary-in-the-Middle",
    "T1564.001": "Hidden Files and Directories", "T1564.013": "Bind Mounts", "T1571": "Non-Standard Port",
    "T1572": "Protocol Tunneling", "T1574.006": "Dynamic Linker Hijacking", "T1620": "Reflective Code Loading",
    "T1685": "Disable or Modify Tools", "T1685.001": "Disable or Modify Windows Event Log",
    "T1685.004": "Disable or Modify Linux Audit System Log", "T1685.005": "Clear Windows Event Logs",
    "T1685.006": "Clear Linux or Mac System Logs", "T1686": "Disable or Modify System Firewall",
    "T1690": "Prevent Command History Logging",
  ]
}
