import TenkenCrypto
import TenkenModel

extension UserCertificate {
  /// Throws where nobody could log in with it, at that moment and through libssh2.
  ///
  /// - Parameter place: where it was found.
  func demandUse(_ place: String, at now: Timestamp) throws(Failure) {
    guard isForUsers else {
      throw Failure(
        .badInput, "the certificate \(place) logs nobody in", why: "it is a host's",
        next: "Have the key certified for users (ssh-keygen -s without -h).")
    }
    // libssh2 1.10 calls the signatures of the others by the certificate's name, which servers refuse.
    guard case .ecdsa = algorithm else {
      throw Failure(
        .badInput, "the certificate \(place) cannot be used by Tenken's own SSH",
        why: "libssh2 knows those of ECDSA keys only, and it is of a key \(algorithm.keyType)",
        next: "Use an ECDSA key with a certificate, or `transport: openssh` for the sites that need this one. "
          + "To log in with the key alone, name a copy of it that has no certificate beside it, or its .pub file.")
    }
    let seconds = UInt64(max(0, now.milliseconds / 1000))
    guard seconds < validBefore else {
      throw Failure(
        .badInput, "the certificate \(place) has expired", why: "it was valid until \(Self.text(validBefore))",
        next: "Have it renewed.")
    }
    guard seconds >= validAfter else {
      throw Failure(
        .badInput, "the certificate \(place) is not valid yet", why: "it is valid from \(Self.text(validAfter))",
        next: "Wait until then, have another made, or look whether this station's clock is right.")
    }
  }

  /// A sweep may take hours: what to say of a certificate that ends within a day.
  func remark(_ place: String, at now: Timestamp) -> String? {
    let seconds = UInt64(max(0, now.milliseconds / 1000))
    guard validBefore > seconds, validBefore - seconds < 24 * 60 * 60 else { return nil }
    return "The certificate \(place) is valid until \(Self.text(validBefore)) only; nobody is logged in after that."
  }

  private static func text(_ seconds: UInt64) -> String {
    Timestamp(milliseconds: Int64(min(seconds, 253_402_300_799)) * 1000).forPeople
  }
}
