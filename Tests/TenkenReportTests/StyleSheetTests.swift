import Testing

@testable import TenkenReport

@Suite struct `The style sheet` {
  /// The vectors of RFC 4648 section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `is named by its digest in base 64`(text: String, encoded: String) {
    #expect(StyleSheet.base64(Array(text.utf8)) == encoded)
  }

  @Test func `asks for nothing from anywhere`() {
    let css = String(decoding: StyleSheet.css.bytes, as: UTF8.self)
    for word in ["url(", "@import", "http"] { #expect(!css.contains(word)) }
    #expect(StyleSheet.policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
  }
}
