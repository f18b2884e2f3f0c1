import Foundation
import TenkenCrypto
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenChecks

struct CatalogueReaderTests {
  @Test func `a complete header becomes a check`() throws {
    let check = try CheckText.check(
      CheckText.script(
        "exit 101\n",
        adding: [
          "#% requires: awk od", "#% privilege: root", "#% timeout: 5s", "#% output-limit: 64k", "#% cost: heavy",
          "#% platform: linux or macos", "#% attack: T1685.006@v19, T1014@v19",
          "#% param: max number -1.5 \"a limit\"", "#% param: names string \"\" \"may be empty\"",
          "#% fact: a.b one,two stack=site sensitivity=personal", "#% nist: AU-9",
        ]))
    #expect(check.id == "a.check")
    #expect(check.version == 3)
    #expect(check.severity == .high)
    #expect(check.checkClass == .integrity)
    #expect(check.resultProtocol == .sce)
    #expect(check.interpreter == "sh")
    #expect(check.platforms == ["linux", "macos"])
    #expect(check.requires == ["awk", "od"])
    #expect(check.privilege == .root)
    #expect(check.timeout == .seconds(5))
    #expect(check.outputLimit == 65536)
    #expect(check.cost == .heavy)
    #expect(check.attack == ["T1685.006@v19", "T1014@v19"])
    #expect(check.parameters.map(\.value) == ["-1.5", ""])
    #expect(
      check.facts == [
        .init(name: "a.b", columns: ["one", "two"], attributes: ["stack": "site", "sensitivity": "personal"])
      ])
    #expect(check.notes.first == Label(name: "rationale", value: "because it matters"))
    #expect(check.digest == SHA256.digest(of: check.script))
    #expect(check.file == "checks/a.check/check.sh")
  }

  @Test func `what a header does not say has a default`() throws {
    let check = try CheckText.check(CheckText.script())
    #expect(check.timeout == .seconds(60))
    #expect(check.outputLimit == 256 * 1024)
    #expect(check.platforms == ["linux"])
    #expect(check.privilege == .none)
    #expect(check.cost == .light)
  }

  @Test func `lines of a paragraph are joined, a sidecar counts like the script`() throws {
    let meta = "# from elsewhere\n\n#% rationale: one\n#% rationale: two\n"
    let sources = CheckText.sources(CheckText.script(replacing: ["rationale": nil]), meta: meta)
    let check = try CatalogueReader.parse(sources).checks[0]
    #expect(check.notes.first == Label(name: "rationale", value: "one two"))
    #expect(check.digest == SHA256.digest(of: Array(CheckText.script(replacing: ["rationale": nil]).utf8)))
  }

  @Test func `every problem is told at once, in the order of files and lines`() {
    let script = CheckText.script(
      "exit 101\n#% id: too.late\n",
      adding: ["#% tiemout: 5s", "#% cost:", "#%cost: light", "#% timeout: 2h", "#% version: 4"],
      replacing: ["severity": "hihg", "class": nil])
    let sources = SourceFiles(
      origin: "checks",
      files: CheckText.sources(script, directory: "b.check").files + [.init(path: "empty.check/", bytes: [])])
    #expect(
      CheckText.problems(sources) == [
        "checks/b.check/check.sh: no class in the header: add a line `#% class: ...`",
        "checks/b.check/check.sh:2: the id is a.check and the directory is b.check: give both one name",
        "checks/b.check/check.sh:5: severity \"hihg\" does not exist: write one of info, low, medium, high, critical",
        "checks/b.check/check.sh:9: unknown key \"tiemout\": did you mean timeout?",
        "checks/b.check/check.sh:10: cost has no value: give one, or take the line out",
        "checks/b.check/check.sh:11: a header line of no known form: write `#% key: value`",
        "checks/b.check/check.sh:12: the timeout \"2h\" is not a time from 1s to 1h: write 10s, 2m or 1h",
        "checks/b.check/check.sh:13: a second version: keep one; the first stands in checks/b.check/check.sh:3",
        "checks/b.check/check.sh:16: a header line after the first command: "
          + "move it up into the block of comments at the top",
        "checks/empty.check/check.sh: there is no such file: a check is a directory with a check.sh in it",
      ])
  }

  @Test(arguments: [
    ("#% protocol: tap", "the protocol \"tap\" does not exist"),
    ("#% protocol: script", "the protocol \"script\" does not exist"),
    ("#% interpreter: ruby", "the interpreter \"ruby\" is not supported"),
    ("#% interpreter: perl", "the header says perl and the first line says sh"),
    ("#% platform: debian:x", "the platform \"debian:x\" is not known"),
    ("#% interpreter: bash", "the header says bash and the first line says sh"),
    ("#% platform: linux and not musl", "the platform \"and\" is not known"),
    ("#% requires: a/b", "\"a/b\" is not the name of a program"),
    ("#% privilege: group", "privilege \"group\" does not exist"),
    ("#% output-limit: 9m", "the output limit \"9m\" is not a size from 1 to 8m"),
    ("#% output-limit: 0", "the output limit \"0\" is not a size from 1 to 8m"),
    ("#% timeout: 500ms", "the timeout \"500ms\" is not a time from 1s to 1h"),
    ("#% param: a number x \"m\"", "\"x\" is not a number"),
    ("#% param: a number nan \"m\"", "\"nan\" is not a number"),
    ("#% param: a number 0x10 \"m\"", "\"0x10\" is not a number"),
    ("#% param: a boolean yes \"m\"", "\"yes\" is not a boolean"),
    ("#% param: a 5 \"m\"", "not a parameter"),
    ("#% param: A number 5 \"m\"", "not a parameter"),
    ("#% param: a number 5 \"m", "not a parameter"),
    ("#% fact: a", "not a fact"),
    ("#% fact: a b,", "not a fact"),
    ("#% fact: a b,b", "not a fact"),
    ("#% fact: a b stack=world", "\"stack=world\" says nothing of a fact"),
  ])
  func `a value that is none is refused`(line: String, problem: String) {
    let problems = CheckText.problems(CheckText.sources(CheckText.script(adding: [line])))
    #expect(problems.contains { $0.contains("checks/a.check/check.sh:10: \(problem)") }, "\(problems)")
  }

  @Test(arguments: ["#!/usr/bin/env python", "#!/usr/bin/ruby -w", "#!/bin/dash"])
  func `another interpreter in the first line is refused`(shebang: String) {
    let problems = CheckText.problems(CheckText.sources(CheckText.script(shebang: shebang)))
    #expect(problems.count == 1)
    #expect(problems.first?.contains("is not supported") == true)
  }

  @Test func `text that no shell can carry is refused`() {
    func problems(_ bytes: [UInt8]) -> [String] {
      CheckText.problems(SourceFiles(origin: "c", files: [.init(path: "a/check.sh", bytes: bytes)]))
    }
    #expect(
      problems(Array("#!/bin/sh\nx\0y\n".utf8)) == ["c/a/check.sh:2: a NUL byte: a shell cannot carry one: take it out"]
    )
    #expect(problems([0x23, 0x0A, 0xFF]) == ["c/a/check.sh:2: not valid UTF-8: save the file as UTF-8"])
    #expect(problems(Array(repeating: 0x23, count: 1_048_577)).first?.contains("larger than 1m") == true)
    #expect(problems([]).contains("c/a/check.sh: no id in the header: add a line `#% id: ...`"))
  }

  @Test func `a catalogue without checks is refused`() {
    #expect(
      CheckText.problems(SourceFiles(origin: "checks", files: [])).first?.hasPrefix("checks: there is no check") == true
    )
  }

  @Test func `a script of the command line needs no header`() throws {
    let text = "#!/bin/bash\n#% timeout: 5s\n#% output-limit: 1k\n#% whatever: x\necho hello\n"
    let sources = SourceFiles(origin: "", files: [.init(path: "script/my look.sh", bytes: Array(text.utf8))])
    let check = try CatalogueReader.parse(sources).checks[0]
    #expect(check.id == "script.my-look.sh")
    #expect(check.title == "script my look.sh")
    #expect(check.resultProtocol == .script)
    #expect(check.severity == .info)
    #expect(check.checkClass == .inventory)
    #expect(check.interpreter == "bash")
    #expect(check.timeout == .seconds(5))
    #expect(check.outputLimit == 1024)
    #expect(check.file == "script/my look.sh")
  }

  @Test func `two scripts that come to one id are refused`() {
    let files = ["a b", "a-b"].map { SourceFiles.File(path: "script/\($0)", bytes: Array("true\n".utf8)) }
    let problems = CheckText.problems(SourceFiles(origin: "", files: files))
    #expect(problems == ["script/a-b: a second check script.a-b: rename it; the first is script/a b"])
  }

  @Test func `a directory is read without fixtures and readme, twice to the same digest`() async throws {
    try await withTemporaryDirectory { directory in
      let check = directory.appending(path: "a.check")
      try FileManager.default.createDirectory(
        at: check.appending(path: "fixtures/clean"), withIntermediateDirectories: true)
      try Data(CheckText.script().utf8).write(to: check.appending(path: "check.sh"))
      try Data("x".utf8).write(to: check.appending(path: "fixtures/clean/plant.sh"))
      try Data("x".utf8).write(to: directory.appending(path: "README.md"))
      let sources = try CatalogueReader.read(directories: [directory.path() + "/"], scripts: [])
      #expect(sources.files.map(\.path) == ["a.check/check.sh"])
      let catalogue = try CatalogueReader.parse(sources)
      #expect(catalogue.digest == sources.digest)
      #expect(try CatalogueReader.read(directories: [directory.path()], scripts: []) == sources)
      let again = try CatalogueReader.parse(SourceFiles(origin: sources.origin, files: sources.files.reversed()))
      #expect(again.digest == catalogue.digest && again.checks == catalogue.checks)
    }
  }

  @Test func `a directory without a script is a problem of its own`() async throws {
    try await withTemporaryDirectory { directory in
      try FileManager.default.createDirectory(
        at: directory.appending(path: "a.check"), withIntermediateDirectories: true)
      let sources = try CatalogueReader.read(directories: [directory.path()], scripts: [])
      #expect(CheckText.problems(sources).first?.contains("a.check/check.sh: there is no such file") == true)
    }
  }

  @Test func `what is not there ends with 66, what is there twice with 65`() async throws {
    try await withTemporaryDirectory { directory in
      let script = directory.appending(path: "look.sh").path()
      #expect(failure(scripts: [script])?.code == .noSuchInput)
      try Data("true\n".utf8).write(to: URL(filePath: script))
      #expect(failure(scripts: [script, script])?.code == .badInput)
      #expect(failure(directories: [script])?.code == .inputOutput)
      #expect(
        failure(directories: [script + ".d"])?.description
          == "the checks in \(script).d cannot be read: there is no such file or directory. "
          + "Give the right path, or run Tenken where it is.")
    }
  }

  private func failure(directories: [String] = [], scripts: [String] = []) -> Failure? {
    do throws(Failure) {
      _ = try CatalogueReader.read(directories: directories, scripts: scripts)
      return nil
    } catch {
      return error
    }
  }

  /// Whatever is cut off or changed in a script, it is either refused or has another digest; nothing crashes.
  @Test func `no damaged script passes for the whole one`() throws {
    let whole = Array(CheckText.script(adding: ["#% param: a string \"x y\" \"m\"", "#% fact: a b,c stack=site"]).utf8)
    let digest = SHA256.digest(of: whole)
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      var bytes = whole
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
      } else {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        bytes[at] ^= UInt8.random(in: 1...255, using: &random)
      }
      let sources = SourceFiles(origin: "c", files: [.init(path: "a.check/check.sh", bytes: bytes)])
      guard let catalogue = try? CatalogueReader.parse(sources) else { continue }
      #expect(catalogue.checks[0].digest != digest)
      _ = Lint.problems(in: catalogue)
    }
  }

  @Test(arguments: [
    ("debian ubuntu:22", ["linux"], ["debian", "ubuntu:22"]), ("linux", ["linux"], []),
    ("linux debian", ["linux"], []), ("macos", ["macos"], []),
  ])
  func `distributions are of Linux, and all of it is all of them`(
    value: String, platforms: [String], distributions: [String]
  ) throws {
    let check = try CheckText.check(CheckText.script(adding: ["#% platform: \(value)"]))
    #expect(check.platforms == platforms && check.distributions == distributions)
  }

  @Test func `a script beside a sidecar keeps its name and its bytes`() throws {
    let meta =
      CheckText.header.joined(separator: "\n").replacing("a.check", with: "check_it") + "\n#% protocol: nagios\n"
    let script = "#!/usr/bin/perl -w\nexit 0;\n"
    let sources = SourceFiles(
      origin: "checks",
      files: [
        .init(path: "check_it/check_it.pl", bytes: Array(script.utf8)),
        .init(path: "check_it/check_it.pl.meta", bytes: Array(meta.utf8)),
      ])
    let check = try CatalogueReader.parse(sources).checks[0]
    #expect(check.id == "check_it" && check.name == "check_it.pl" && check.interpreter == "perl" && check.isForeign)
    #expect(check.script == Array(script.utf8))
    #expect(check.facts.map(\.name) == ["perfdata"])
    #expect(Lint.problems(in: try CatalogueReader.parse(sources)) == [])
    let two = SourceFiles(
      origin: "checks", files: sources.files + [.init(path: "check_it/other.meta", bytes: Array(meta.utf8))])
    #expect(CheckText.problems(two).contains { $0.contains("a second script in the directory of a check") })
  }
}
