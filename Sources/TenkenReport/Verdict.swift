internal import TenkenAnalysis
internal import TenkenModel

/// What an account comes to, in two sentences that cannot be read as better than it is.
struct Verdict {
  let soundness: Soundness
  /// `Suspect: 3 of 64 terminals show signs of intrusion`
  let headline: String
  let detail: String

  init(of account: Account) {
    soundness = account.soundness
    headline = Self.headline(account)
    detail = Self.detail(account)
  }

  private static func headline(_ account: Account) -> String {
    let all = account.listed.of("terminal")
    switch account.soundness {
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
      return "Sound, with observations on \((account[.observations] + account[.excepted]).grouped) of \(all)"
    case .sound:
      return account.listed == 1 ? "Sound: the one terminal was wholly seen" : "Sound: all \(all) were wholly seen"
    case .noRating:
      return account.listed == 0 ? "No rating: no terminal is listed" : "No rating: none of \(all) was inspected"
    }
  }

  private static func detail(_ account: Account) -> String {
    var parts: [String] = []
    if account.soundness == .suspect, account[.unsound] > 0 {
      parts.append("\(account[.unsound].grouped) more \(account[.unsound] == 1 ? "is" : "are") unsound.")
    }
    if account.withGap > 0 {
      let verb = account.withGap == 1 ? "was" : "were"
      parts.append("\(account.withGap.grouped) \(verb) not wholly seen, so nothing good can be said of them.")
    }
    if account.listed > 0 { parts.append(share(account.soundShare)) }
    return parts.joined(separator: " ")
  }

  private static func share(_ share: SoundShare) -> String {
    let least = SoundShare.percent(share.leastPerMille)
    guard share.least < share.most else { return "\(least) of what is listed is sound." }
    return "At least \(least) and at most \(SoundShare.percent(share.mostPerMille)) of what is listed is sound."
  }
}
