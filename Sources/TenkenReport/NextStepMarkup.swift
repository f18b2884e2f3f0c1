internal import TenkenModel

/// What to do next, the most urgent first.
struct NextStepMarkup {
  let links: TerminalLinks

  func summary(_ steps: [NextStep]) -> Markup {
    """
    <section>
    <h2>What to do next</h2>
    <ol class="steps">
    \(steps.map(line))\(steps.isEmpty ? Self.nothing : "")</ol>
    </section>

    """
  }

  private func line(_ step: NextStep) -> Markup {
    let parts: [Markup] = step.command.map { "<span>\($0)</span>" }
    let command: Markup = parts.isEmpty ? "" : "<code class=\"command\">\(parts, separator: " ")</code>\n"
    guard !step.terminals.isEmpty || !step.topic.isEmpty else { return Self.more(step.text) }
    let topic: Markup = step.topic.isEmpty ? "" : "<b>\(step.topic)</b> "
    return """
      <li>\(topic)\(step.text) <span class="who">\(links.names(step.terminals, anchor: "#terminals", most: 3))</span>
      \(command)</li>

      """
  }

  private static func more(_ text: String) -> Markup {
    """
    <li><a href="#findings">\(text)</a></li>

    """
  }

  private static let nothing: Markup = """
    <li>Nothing. Keep the journal of this sweep as evidence, and sweep again when it is due.</li>

    """
}
