internal import TenkenAnalysis
internal import TenkenModel

/// What an account comes to, in two sentences that cannot be read as better than it is.
struct Verdict {
  let soundness: Soundness
  /// `Suspect: 3 of 64 terminals show signs of intrusion`
  let headline: String
  let detail: String

  /// - Parameter coverage: the checks that it rests on; with fewer than were due nothing is simply sound.
  init(of account: Account, by coverage: CheckCoverage? = nil) {
    let limit = coverage.flatMap { $0.isWhole ? nil : " as far as \($0.share) can tell" } ?? ""
    soundness = account.soundness
    headline = Self.headline(account, limit: limit)
    detail = Self.detail(account, limit: limit)
  }

  private static func headline(_ account: Account, limit: String) -> String {
    let all = account.listed.of("terminal")
    switch account.soundness {
    case .suspect where account[.suspect] == 0: return "Suspect: a gateway on the way to them shows signs of intrusion"
    case .unsound where account[.unsound] == 0: return "Unsound: a gateway on the way to them has a serious finding"
    case .suspect:
      let verb = account[.suspect] == 1 ? "shows" : "show"
      return "Suspect: \(account[.suspect].grouped) of \(all) \(verb) signs of intrusion"
    case .unsound:
      let verb = account[.unsound] == 1 ? "has" : "have"
      return "Unsound: \(account[.unsound].grouped) of \(all) \(verb) a serious finding"
    case .undetermined:
      let verb = account[.undetermined] == 1 ? "was" : "were"
      return "Undetermined: \(account[.undetermined].grouped) of \(all) \(verb) not wholly seen"
    case .observations:
      return "Sound\(limit), with observations on \((account[.observations] + account[.excepted]).grouped) of \(all)"
    case .sound:
      let (who, verb) = account.listed == 1 ? ("the one terminal", "was") : ("all \(all)", "were")
      return limit.isEmpty ? "Sound: \(who) \(verb) wholly seen" : "Sound\(limit): \(who) answered"
    case .noRating:
      return account.listed == 0 ? "No rating: no terminal is listed" : "No rating: none of \(all) was inspected"
    }
  }

  private static func detail(_ account: Account, limit: String) -> String {
    var parts: [String] = []
    if account.soundness == .suspect, account[.unsound] > 0 {
      parts.append("\(account[.unsound].grouped) more \(account[.unsound] == 1 ? "is" : "are") unsound.")
    }
    if account.withGap > 0 {
      let verb = account.withGap == 1 ? "was" : "were"
      parts.append(
        "\(account.withGap.grouped) \(verb) not wholly seen\(counted(account)), so nothing good can be said of \(account.withGap == 1 ? "it" : "them")."
      )
    }
    if account.listed > 0 { parts.append(share(account.soundShare, limit: limit)) }
    return parts.joined(separator: " ")
  }

  /// Both figures are printed side by side, so that their difference is told: ` (1 of them is counted under unsound)`.
  private static func counted(_ account: Account) -> String {
    let elsewhere = account.withGap - account[.undetermined]
    guard elsewhere > 0 else { return "" }
    let states = [TerminalState.suspect, .unsound].filter { account[$0] > 0 }.map(\.rawValue).joined(separator: " or ")
    return " (\(elsewhere.grouped) of them \(elsewhere == 1 ? "is" : "are") counted under \(states))"
  }

  private static func share(_ share: SoundShare, limit: String) -> String {
    let least = SoundShare.percent(share.leastPerMille)
    guard share.least < share.most else { return "\(least) of what is listed is sound\(limit)." }
    return "At least \(least) and at most \(SoundShare.percent(share.mostPerMille)) of what is listed is sound\(limit)."
  }
}
