internal import ArgumentParser
internal import Foundation
internal import TenkenModel
internal import TenkenPipeline

struct InventoryGenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Write an inventory of invented terminals, for rehearsals.")

  @Argument(help: "The directory to write; it must not exist yet.")
  var path: String

  @Option(help: "How many.")
  var terminals = 29_000

  @Option(help: "The same seed gives the same fleet.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...1_000_000).contains(terminals) else { throw ValidationError("--terminals is from 1 to 1000000.") }
  }

  func run() throws {
    let files = Inputs.generated(terminals: terminals, seed: seed)
    let directory = URL(filePath: path)
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        .cannotCreate, "will not write to \(path)", why: "it exists already", next: "Name a directory that does not.")
    }
    do {
      for file in files.files {
        let target = directory.appending(path: file.path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.bytes).write(to: target)
      }
    } catch {
      throw Failure(
        .cannotCreate, "cannot write the inventory to \(path)", why: error.localizedDescription,
        next: "Name a directory that you can write to.")
    }
    World.current.output.line("\(path): \(terminals.grouped) terminals")
  }
}
