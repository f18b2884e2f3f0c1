import TenkenModel
import Testing

struct LimitOverrideTests {
  @Test func `a limit is overridden everywhere or at one site`() {
    #expect(LimitOverride(text: "auth-failed") == LimitOverride(.authFailed))
    #expect(LimitOverride(text: "host-key-mismatch@bangkok") == LimitOverride(.hostKeyMismatch, at: "bangkok"))
  }

  @Test(arguments: ["", "inspected", "partial", "auth-failed@", "@bangkok", "auth-failed@a b", "auth-failed@a@b", "x"])
  func `anything else is none`(text: String) { #expect(LimitOverride(text: text) == nil) }
}
