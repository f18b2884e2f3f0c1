internal import TenkenCrypto

/// The one style sheet of all pages. It stands in each page, and the page allows nothing but it, by its digest.
enum StyleSheet {
  static let markup: Markup = """
    <style>\(css)</style>

    """

  /// Of Content Security Policy Level 3: no script, no style but this one, nothing from anywhere.
  static let policy =
    "default-src 'none'; style-src 'sha256-\(base64(SHA256.bytes(of: css.bytes)))'; base-uri 'none'; form-action 'none'"

  /// Base 64 of RFC 4648 section 4, with padding.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[word >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
