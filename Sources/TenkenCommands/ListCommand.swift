internal import ArgumentParser
internal import TenkenModel
internal import TenkenPipeline

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Terminals of a sweep: all of them, or those that are selected.",
    discussion: """
      A selection is set algebra: 'site:bangkok and not tag:kiosk', 'jp-[0001-0400]', 'platform:linux or role:server', \
      'outcome:unreachable', 'state:unsound@SWEEP'. Attributes: id site tag role owner platform country label.NAME \
      outcome state; * in a value stands for any characters.
      """)

  @Argument(help: "An id, the beginning of one, a name, or latest.")
  var sweep = "latest"

  @Option(help: "Which terminals. By default all of them.")
  var select = ""

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: "table, ids, csv, jsonl, or known-hosts: the keys of terminals that had none on record.")
  var format = ListFormat.table

  @OptionGroup var state: StateOptions

  func run() throws {
    let station = state.station
    World.current.output.write(try station.archive(sweep).list(select: select, as: format, in: station))
  }
}
