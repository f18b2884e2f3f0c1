/// The distributions of Linux that a header may name, by the `ID` of os-release(5).
enum Distribution {
  static let known = [
    "almalinux", "alpine", "amzn", "arch", "centos", "debian", "fedora", "ol", "opensuse-leap", "rhel", "rocky", "sles",
    "ubuntu",
  ]

  /// `debian`, or with a major version `rhel:8`.
  static func isOne(_ word: String) -> Bool {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = parts.first, known.contains(String(name)), parts.count <= 2 else { return false }
    return parts.count == 1 || Int(parts[1]) != nil
  }
}
