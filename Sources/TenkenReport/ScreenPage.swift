internal import TenkenModel

/// Lines of text for a screen of a given width. Whatever is put on it is escaped; only its own colours are not.
struct ScreenPage {
  enum Colour: String { case red = "31", yellow = "33", green = "32", blue = "34", bold = "1", faint = "2" }

  let width: Int
  let isColoured: Bool
  private(set) var text = ""

  init(width: Int, colour: Bool) {
    self.width = max(width, 80)
    isColoured = colour
  }

  /// A line that is known to fit.
  mutating func line(_ line: String, _ colour: Colour? = nil) {
    text += painted(line.escapedForPeople(maxLength: .max), colour) + "\n"
  }

  mutating func gap() { text += "\n" }

  /// Words that are broken over lines at spaces, and inside only where one is wider than the page. The first line
  /// begins with `lead`, the others are indented by as much.
  mutating func paragraph(_ words: String, lead: String = "", _ colour: Colour? = nil) {
    let indent = String(repeating: " ", count: lead.displayWidth)
    var line = ""
    var begun = lead
    for word in pieces(words.escapedForPeople(maxLength: .max), room: width - indent.count) {
      if !line.isEmpty, begun.displayWidth + line.displayWidth + 1 + word.displayWidth > width {
        text += begun + painted(line, colour) + "\n"
        (line, begun) = ("", indent)
      }
      line += line.isEmpty ? word : " \(word)"
    }
    text += begun + painted(line, colour) + "\n"
  }

  func painted(_ line: String, _ colour: Colour?) -> String {
    guard isColoured, let colour, !line.isEmpty else { return line }
    return "\u{1B}[\(colour.rawValue)m\(line)\u{1B}[0m"
  }

  private func pieces(_ text: String, room: Int) -> [String] {
    text.split(separator: " ").flatMap { word in
      var pieces = [""]
      for character in word {
        if pieces[pieces.count - 1].displayWidth + String(character).displayWidth > room { pieces.append("") }
        pieces[pieces.count - 1].append(character)
      }
      return pieces
    }
  }

  /// Appends a line that is composed of escaped parts already.
  mutating func composed(_ line: String) { text += line + "\n" }
}
