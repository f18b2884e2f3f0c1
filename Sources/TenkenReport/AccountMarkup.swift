internal import TenkenAnalysis
internal import TenkenModel

/// The verdict and the double-entry account under it: the states as figures that add up, a bar, and the outcomes.
struct AccountMarkup {
  let account: Account

  /// - Parameters:
  ///   - subject: what it is the verdict of.
  ///   - coverage: the checks that it rests on.
  func verdict(of subject: Markup, by coverage: CheckCoverage) -> Markup {
    let verdict = Verdict(of: account, by: coverage)
    let state = verdict.soundness.state
    return """
      <section class="verdict \(state.rawValue)">
      <p class="of">\(subject)</p>
      <h1><span class="glyph" aria-hidden="true">\(state.glyph)</span> \(verdict.headline)</h1>
      <p>\(verdict.detail)</p>
      <ul class="states" aria-label="The account by state">
      \(states)<li class="listed"><b>\(account.listed.grouped)</b><span>listed</span></li>
      </ul>
      \(bar)<p class="outcomes">By outcome: \(outcomes) <span>= <b>\(account.listed.grouped)</b> listed</span></p>
      </section>

      """
  }

  /// Each state with a terminal in it as a part of the bar, never thinner than can be seen.
  var bar: Markup {
    let shown = TerminalState.worstFirst.filter { account[$0] > 0 }
    let widths = shown.map { max(8, account[$0] * 1000 / max(1, account.listed)) }
    var rects: [Markup] = []
    var x = 0
    for (state, width) in zip(shown, widths) {
      rects.append("<rect class=\"\(state.rawValue)\" x=\"\(x)\" width=\"\(width)\" height=\"8\"/>")
      x += width
    }
    return """
      <svg class="bar" viewBox="0 0 \(max(1, x)) 8" preserveAspectRatio="none" aria-hidden="true">\(rects)</svg>

      """
  }

  /// `1 suspect + 3 sound = 4`, for a row of a table on a narrow screen.
  var line: Markup {
    let parts: [Markup] = TerminalState.worstFirst.filter { account[$0] > 0 }.map {
      "\(account[$0].grouped)\u{00A0}\($0.rawValue)"
    }
    return parts.isEmpty ? "none listed" : "\(parts, separator: " + ") = \(account.listed.grouped)"
  }

  private var states: [Markup] {
    TerminalState.worstFirst.filter { $0 != .excepted || account[$0] > 0 }.map { state in
      """
      <li class="\(state.rawValue)\(account[state] == 0 ? " none" : "")"><b>\(account[state].grouped)</b>\
      <span>\(state.glyph) \(state.rawValue)</span></li>

      """
    }
  }

  private var outcomes: Markup {
    let parts: [Markup] = Outcome.allCases.filter { account[$0] > 0 }.map { outcome in
      "<span>\(outcome.rawValue) <b>\(account[outcome].grouped)</b></span>"
    }
    return parts.isEmpty ? "none" : "\(parts, separator: " + ")"
  }
}
