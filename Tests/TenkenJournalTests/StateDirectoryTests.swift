import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenJournal

struct StateDirectoryTests {
  @Test func `it is made for nobody but its owner, parents and all`() async throws {
    try await withTemporaryDirectory { directory in
      let state = StateDirectory(path: directory.appending(path: "a/b/state").path)
      try state.prepare()
      try state.prepare()
      for path in ["a", "a/b", "a/b/state", "a/b/state/sweeps"] {
        #expect(try mode(directory.appending(path: path).path) == 0o700)
      }
      let sweep = try SampleSweep(in: directory)
      try sweep.create().close()
      #expect(try mode(sweep.directory) == 0o700)
      #expect(try mode(sweep.file) == 0o600)
      #expect(try mode("\(sweep.directory)/lock") == 0o600)
    }
  }

  @Test(arguments: [0o770, 0o702, 0o777])
  func `one that others can write to is refused`(mode: Int) async throws {
    try await withTemporaryDirectory { directory in
      let state = StateDirectory(path: directory.appending(path: "state").path)
      try state.prepare()
      for path in [state.path, "\(state.path)/sweeps"] {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let failure = #expect(throws: Failure.self) { try state.prepare() }
        #expect(failure?.code == .permissions)
        #expect(failure?.why == "others than its owner can write to it")
        #expect(failure?.next.contains("`chmod go-w \(path)`") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      }
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root, to give a directory away"))
  func `one of another user is refused`() async throws {
    try await withTemporaryDirectory { directory in
      let state = StateDirectory(path: directory.appending(path: "state").path)
      try state.prepare()
      #expect(chown(state.path, 65534, 65534) == 0)
      let failure = #expect(throws: Failure.self) { try state.prepare() }
      #expect(failure?.code == .permissions)
      #expect(failure?.why == "it belongs to another user (uid 65534)")
    }
  }

  @Test func `where it cannot be made, it says why`() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory.appending(path: "file").path
      #expect(FileManager.default.createFile(atPath: file, contents: nil))
      for path in [file, "\(file)/state", "/proc/tenken/state"] {
        let failure = #expect(throws: Failure.self) { try StateDirectory(path: path).prepare() }
        #expect(failure?.code == .cannotCreate)
        #expect(failure?.what.hasPrefix("cannot create ") == true)
      }
    }
  }

  @Test func `a new id tells the time and is nobody else's`() async throws {
    try await withTemporaryDirectory { directory in
      let state = StateDirectory(path: directory.path)
      try state.prepare()
      let at = Timestamp(milliseconds: 1_795_498_200_250)
      var generator = SplitMix64(seed: 1)
      let first = state.newSweepID(at: at, using: &generator)
      #expect(first.rawValue.wholeMatch(of: /20261124-053000-[0-9a-z]{4}/) != nil)
      try FileManager.default.createDirectory(
        atPath: "\(state.sweepsPath)/\(first)", withIntermediateDirectories: false)
      var again = SplitMix64(seed: 1)
      #expect(state.newSweepID(at: at, using: &again) != first)
    }
  }

  @Test func `ids stand in the order in which their sweeps began, within a second too`() throws {
    let state = StateDirectory(path: "/nowhere")
    var generator = SplitMix64(seed: 1)
    let begin = Timestamp(milliseconds: 1_795_498_200_000)
    let ids = (0..<2000).map { index in
      state.newSweepID(at: Timestamp(milliseconds: begin.milliseconds + Int64(index)), using: &generator).rawValue
    }
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
  }

  @Test func `sweeps are listed newest first, and those that cannot be read too`() async throws {
    try await withTemporaryDirectory { directory in
      try SampleSweep(in: directory, id: "20260101-000000-aaaa", excluded: 12).create().close()
      let broken = try SampleSweep(in: directory, id: "20260102-000000-aaaa")
      try broken.create().close()
      try Data("rubbish, and more than enough of it".utf8).write(to: URL(filePath: broken.file))
      let half = try SampleSweep(in: directory, id: "20260103-000000-aaaa")
      _ = try half.state.makeDirectory(for: half.manifest.id)
      let newest = try SampleSweep(in: directory, id: "20260104-000000-aaaa", name: "night")
      let journal = try newest.create()
      let found = try newest.state.sweeps()
      #expect(found.map { String($0.id.rawValue.prefix(8)) } == ["20260104", "20260103", "20260102", "20260101"])
      #expect(found[0].standing == .running(processID: getpid()))
      #expect(found[0].outcomes == [.pending: 12])
      #expect(found[0].manifest == newest.manifest)
      #expect(found[1].standing == .notBegun)
      guard case .unreadable = found[2].standing else { return #expect(Bool(false), "\(found[2])") }
      #expect(found[3].standing == .finished)
      journal.close()
    }
  }

  @Test func `a reference is an id, the beginning of one, a name, or latest`() async throws {
    try await withTemporaryDirectory { directory in
      let first = try SampleSweep(in: directory, id: "20260101-000000-aaaa", name: "new year")
      try first.create().close()
      try SampleSweep(in: directory, id: "20260101-120000-bbbb", name: "twice").create().close()
      try SampleSweep(in: directory, id: "20260202-000000-cccc", name: "twice").create().close()
      let half = try SampleSweep(in: directory, id: "20260303-000000-dddd")
      _ = try half.state.makeDirectory(for: half.manifest.id)
      let state = first.state
      #expect(try state.resolve("latest") == "20260202-000000-cccc")
      #expect(try state.resolve("20260101-120000-bbbb") == "20260101-120000-bbbb")
      #expect(try state.resolve("20260101-0") == "20260101-000000-aaaa")
      #expect(try state.resolve("new year") == "20260101-000000-aaaa")
      #expect(try state.resolve("new") == "20260101-000000-aaaa")
      #expect(try state.resolve("twice") == "20260202-000000-cccc")
      for reference in ["20260101", "tw", "2"] {
        let failure = #expect(throws: Failure.self) { try state.resolve(reference) }
        #expect(failure?.code == .usage)
        #expect(failure?.why.contains("20260101-120000-bbbb (twice)") == true)
      }
      for reference in ["2027", "", "nobody"] {
        let failure = #expect(throws: Failure.self) { try state.resolve(reference) }
        #expect(failure?.code == .noSuchInput)
        #expect(failure?.why.contains("20260101-000000-aaaa (new year)") == true)
      }
    }
  }

  @Test func `a name is not that of an older sweep where a newer one cannot be read`() async throws {
    try await withTemporaryDirectory { directory in
      try SampleSweep(in: directory, id: "20260101-000000-aaaa", name: "nightly").create().close()
      let newer = try SampleSweep(in: directory, id: "20260102-000000-aaaa", name: "nightly")
      try newer.create().close()
      try Data("rubbish, and more than enough of it".utf8).write(to: URL(filePath: newer.file))
      let failure = #expect(throws: Failure.self) { try newer.state.resolve("nightly") }
      #expect(failure?.what.contains("20260102-000000-aaaa") == true && failure?.code != .noSuchInput)
      #expect(try newer.state.resolve("20260101") == "20260101-000000-aaaa")
    }
  }

  @Test func `an unknown sweep is told of`() async throws {
    try await withTemporaryDirectory { directory in
      let state = StateDirectory(path: directory.appending(path: "nowhere").path)
      let (sweeps, unfinished) = (try state.sweeps(), try state.newestUnfinished())
      #expect(sweeps.isEmpty)
      #expect(unfinished == nil)
      for failure in [
        #expect(throws: Failure.self) { try state.resolve("latest") },
        #expect(throws: Failure.self) { try JournalReader(in: state, sweep: "20260101-000000-aaaa") },
        #expect(throws: Failure.self) {
          try Journal.open(in: state, sweep: "20260101-000000-aaaa", at: SampleSweep.now, tool: "1")
        },
      ] { #expect(failure?.code == .noSuchInput) }
    }
  }

  @Test func `the newest unfinished sweep is the one that has something left to do`() async throws {
    try await withTemporaryDirectory { directory in
      let older = try SampleSweep(in: directory, id: "20260101-000000-aaaa")
      try older.create().close()
      try SampleSweep(in: directory, id: "20260102-000000-aaaa", excluded: 12).create().close()
      let half = try SampleSweep(in: directory, id: "20260103-000000-aaaa")
      _ = try half.state.makeDirectory(for: half.manifest.id)
      #expect(try older.state.newestUnfinished() == older.manifest.id)
    }
  }

  @Test func `a state directory can be moved as a whole`() async throws {
    try await withTemporaryDirectory { directory in
      let sweep = try SampleSweep(in: directory)
      let journal = try sweep.create()
      try await journal.record(sweep.attempt(0))
      journal.close()
      let moved = StateDirectory(path: directory.appending(path: "moved?immutable=1 #%41").path)
      try FileManager.default.moveItem(atPath: sweep.state.path, toPath: moved.path)
      let id = try moved.resolve("latest")
      #expect(try JournalReader(in: moved, sweep: id).settled().final == ["t-0": .inspected])
      let next = try Journal.open(in: moved, sweep: id, at: SampleSweep.now, tool: "2")
      try await next.record(sweep.attempt(1))
      next.close()
      #expect(try JournalReader(in: moved, sweep: id).settled().final.count == 2)
    }
  }

  private func mode(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }
}
