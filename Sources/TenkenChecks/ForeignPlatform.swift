import TenkenModel

/// The line `# platform = ...` of a script of ComplianceAsCode: the distributions that it was written for. On others it
/// may well say pass for want of what it looks at, so it does not run there. Pure.
enum ForeignPlatform {
  /// The value of the header's `platform`; `linux` where the script names none.
  static func words(_ lines: [String]) throws(ForeignScript.Refusal) -> String {
    let prefix = #/#\s*platform\s*=\s*(.+)/#
    guard
      let line = lines.prefix(while: { $0.isEmpty || $0.hasPrefix("#") }).compactMap({ $0.wholeMatch(of: prefix) })
        .first
    else { return "linux" }
    let names = line.1.split(separator: ",").map(\.trimmed)
    if names.contains("multi_platform_all") { return "linux" }
    let known = names.compactMap(word)
    guard !known.isEmpty else {
      throw ForeignScript.Refusal(reason: "it is for \(line.1), of which none is a distribution that is known here")
    }
    return Set(known).sorted().joined(separator: " ")
  }

  private static func word(_ name: String) -> String? {
    if name.hasPrefix("multi_platform_") {
      let family = String(name.dropFirst("multi_platform_".count))
      return families[family] ?? (Distribution.known.contains(family) ? family : nil)
    }
    guard let product = products.first(where: { name.hasPrefix($0.key + " ") }) else { return nil }
    let major = name.dropFirst(product.key.count + 1).prefix { $0.isNumber }
    return major.isEmpty ? nil : "\(product.value):\(major)"
  }

  private static let families = ["sle": "sles", "al": "amzn", "opensuse": "opensuse-leap"]

  private static let products = [
    "Red Hat Enterprise Linux": "rhel", "Oracle Linux": "ol", "SUSE Linux Enterprise": "sles", "Ubuntu": "ubuntu",
    "Debian": "debian", "Fedora": "fedora", "Amazon Linux": "amzn", "AlmaLinux OS": "almalinux", "CentOS": "centos",
  ]
}
