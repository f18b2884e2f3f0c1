internal import Glibc
internal import TenkenCommands

@main
struct Main {
  static func main() async { exit(await Tenken.run(Array(CommandLine.arguments.dropFirst()))) }
}
