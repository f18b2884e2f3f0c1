import TenkenModel
import Testing

struct SelectionTests {

  @Test(
    arguments: [
      ("", [0, 1, 2]), (" \t\n", [0, 1, 2]), ("site:tokyo", [0, 2]), ("site:tok", []), ("site:t*o", [0, 2]),
      ("tag:dmz", [0]), ("tag:dmz and tag:critical", [0]), ("tag:*", [0, 1]), ("role:server or role:kiosk", [0, 1]),
      ("role:\"\"", [2]), ("owner:営業部", [1]), ("owner:営*", [1]), ("platform:linux", [0, 2]), ("country:JP", [0]),
      ("not country:JP", [1, 2]), ("id:jp-*", [0, 2]), ("jp-*", [0, 2]), ("*-0*", [0, 1, 2]), ("jp-0007", [0]),
      ("jp-[0001-0400]", [0]), ("id:jp-[0001-0500]", [0, 2]), ("jp-[1-400]", []), ("\"jp-[0001-0400]\"", []),
      ("label.rack:\"A 17\"", [0]), ("label.rack:A*", [0]), ("label.none:*", []), ("label.\"asset tag\":x*y", [0]),
      ("label.\"asset tag\":\"x\\*y\"", [0]), ("label.rack:\"\\*\"", []), ("site:tokyo and not tag:dmz", [2]),
      ("not site:tokyo and site:tokyo", []), ("not (site:tokyo and tag:dmz)", [1, 2]),
      ("site:bangkok or site:tokyo and tag:dmz", [0, 1]), ("(site:bangkok or site:tokyo) and tag:dmz", [0]),
      ("not not tag:dmz", [0]), ("((tag:dmz))", [0]), ("(tag:dmz)or(tag:kiosk)", [0, 1]), ("site:\"tok\"yo", [0, 2]),
      ("outcome:inspected", [0]), ("not outcome:inspected", [1, 2]), ("outcome:unreachable@s1", [0]),
      ("outcome:unreachable", []), ("state:unsound", [0]), ("state:unsound@s1", []), ("outcome:partial", [1]),
    ] as [(String, [Int])])
  func `a selection means what it says`(text: String, matches: [Int]) throws {
    #expect(try SelectionSpecimens.matches(text) == matches)
  }

  @Test(arguments: [
    ("sit:tokyo", 1, "unknown attribute \"sit\""), ("site:tokyo and lable.x:y", 16, "unknown attribute \"lable.x\""),
    ("label.:x", 1, "unknown attribute \"label.\""), (":x", 1, "unknown attribute \"\""),
    ("outcome:reached", 1, "unknown outcome \"reached\""), ("state:good@x", 1, "unknown state \"good\""),
    ("outcome:*", 1, "unknown outcome \"*\""), ("outcome:inspected@", 1, "no sweep after the @"),
    ("site:", 1, "site: has no value"), ("site: tokyo", 1, "site: has no value"), ("and", 1, "a term is missing"),
    ("site:a and", 11, "a term is missing"), ("site:a or or site:b", 11, "a term is missing"),
    ("not", 4, "a term is missing"), ("()", 2, "a term is missing"), ("(site:a", 1, "parenthesis without its pair"),
    ("site:a)", 7, "closing parenthesis without its pair"), ("site:a site:b", 8, "two terms with nothing between"),
    ("(site:a site:b)", 9, "two terms with nothing between"),
    ("site:a AND site:b", 8, "two terms with nothing between"),
    ("site:a,b", 7, "\",\" has no meaning here"), ("!site:a", 1, "\"!\" has no meaning here"),
    ("site=a", 5, "\"=\" has no meaning here"), ("site:a && site:b", 8, "\"&\" has no meaning here"),
    ("tag:'x'", 5, "\"'\" has no meaning here"), ("tag:営業 or a\u{0}", 12, "has no meaning here"),
    ("tag:\"x", 5, "quotation mark without its pair"), ("jp-[2-1]", 1, "range [2-1] runs backwards"),
    ("jp-[1-2", 1, "unpaired bracket"), ("jp-[1-2]*", 1, "has both a range and a *"),
  ])
  func `a mistake is told with its place`(text: String, position: Int, what: String) {
    let error = #expect(throws: SelectionError.self) { try Selection(parsing: text) }
    #expect(error?.position == position)
    #expect(error?.what.hasPrefix(what) == true || error?.what.hasSuffix(what) == true, "\(error?.what ?? "")")
    #expect(error?.fix.isEmpty == false)
  }

  @Test func `a mistake says what would be right`() {
    #expect(
      #expect(throws: SelectionError.self) { try Selection(parsing: "sit:x") }?.description
        == "at character 1: unknown attribute \"sit\": write one of id, site, tag, role, owner, platform, country, label.NAME, outcome, state before the colon, or the whole id in quotation marks"
    )
    #expect(
      #expect(throws: SelectionError.self) { try Selection(parsing: "outcome:x") }?.fix
        == "write one of inspected, partial, unreachable, unsupported, host-key-unknown, host-key-mismatch, auth-failed, timed-out, hostile, excluded, pending"
    )
    #expect(
      #expect(throws: SelectionError.self) { try Selection(parsing: "state:x") }?.fix
        == "write one of sound, observations, undetermined, unsound, suspect, excepted")
  }

  @Test func `it tells which sweeps it needs`() throws {
    let selection = try Selection(parsing: "outcome:partial@a or not (state:sound@b and site:x) or outcome:pending@a")
    #expect(selection.sweeps == ["a", "b"])
    #expect(!selection.usesResults)
    #expect(try Selection(parsing: "site:x and not outcome:partial").usesResults)
    #expect(try Selection(parsing: "state:sound or outcome:partial@x").usesResults)
    #expect(!Selection.everything.usesResults)
    #expect(Selection.everything.sweeps.isEmpty)
  }

  @Test func `what it prints is read as the same selection`() throws {
    var random = SplitMix64(seed: 1)
    for _ in 0..<1000 {
      let selection = try Selection(parsing: SelectionSpecimens.expression(&random))
      #expect(try Selection(parsing: selection.description) == selection)
    }
  }

  @Test func `double negation and De Morgan hold`() throws {
    var random = SplitMix64(seed: 2)
    for _ in 0..<500 {
      let (a, b) = (SelectionSpecimens.expression(&random, depth: 2), SelectionSpecimens.expression(&random, depth: 2))
      let matches = SelectionSpecimens.matches
      #expect(try matches("not not (\(a))") == matches(a))
      #expect(try matches("not ((\(a)) and (\(b)))") == matches("not (\(a)) or not (\(b))"))
      #expect(try matches("not ((\(a)) or (\(b)))") == matches("not (\(a)) and not (\(b))"))
      #expect(try matches("(\(a)) or not (\(a))") == [0, 1, 2])
      #expect(try matches("(\(a)) and not (\(a))") == [])
      #expect(try matches("(\(a)) and (\(b))") == matches("(\(b)) and (\(a))"))
    }
  }

  @Test func `noise is refused or read, never a crash`() {
    var random = SplitMix64(seed: 4)
    let alphabet = Array("()[]\"\\*:@ -,notadr1é\0")
    for _ in 0..<2000 {
      let length = Int.random(in: 0...20, using: &random)
      let text = String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
      guard let selection = try? Selection(parsing: text) else { continue }
      #expect((try? Selection(parsing: selection.description)) == selection, "\(text)")
    }
  }

  @Test func `nesting is bounded, length is not`() throws {
    for open in ["(", "not ", "not("] {
      let error = #expect(throws: SelectionError.self) {
        try Selection(parsing: String(repeating: open, count: 100_000))
      }
      #expect(error?.what == "parentheses or nots nested deeper than 100")
    }
    #expect(throws: SelectionError.self) { try Selection(parsing: String(repeating: ")", count: 100_000)) }
    let deep = String(repeating: "(", count: 99) + "tag:dmz" + String(repeating: ")", count: 99)
    #expect(try SelectionSpecimens.matches(deep) == [0])
    #expect(try SelectionSpecimens.matches(Array(repeating: "tag:dmz", count: 20_000).joined(separator: " or ")) == [0])
  }

  @Test func `a pattern of many stars is decided quickly`() throws {
    let terminal = Terminal(id: "a", address: "a", site: "s", role: String(repeating: "a", count: 5000))
    let subject = Selection.Subject(terminal: terminal, site: nil)
    let stars = String(repeating: "a*", count: 200)
    #expect(try Selection(parsing: "role:\(stars)").matches(subject))
    #expect(try !Selection(parsing: "role:\(stars)b").matches(subject))
  }
}
