import TenkenModel

extension SampleSweep {
  /// Two sites wait for the gateway before them; a third was swept.
  static func held(_ outcome: Outcome = .unreachable, _ reason: String = "connection refused") -> SampleSweep {
    var sweep = SampleSweep()
    sweep.add("us-1", "ohio")
    sweep.add("th-1", "bangkok", .pending, "not contacted yet")
    sweep.add("th-2", "bangkok", .pending, "not contacted yet")
    sweep.add("id-1", "jakarta", .pending, "not contacted yet")
    let key = HostKeyEvidence(type: "ssh-ed25519", fingerprint: "SHA256:wrong", standing: .mismatch)
    sweep.conditions = ["bangkok", "jakarta"].map { site in
      SiteCondition(
        site: site, standing: .givenUp, gateway: "jump", outcome: outcome, reason: reason,
        hostKey: outcome == .hostKeyMismatch ? key : nil, at: Timestamp(milliseconds: 1_795_498_200_000))
    }
    return sweep
  }
}
