internal import Foundation
package import TenkenModel

/// What a command has of the world around it; tests give it another one.
package struct World: Sendable {
  /// The world of the command that runs now.
  @TaskLocal package static var current = World.ofThisProcess

  package let environment: [String: String]
  package let now: @Sendable () -> Timestamp
  package let output: TextSink
  package let errors: TextSink

  package init(
    environment: [String: String], now: @escaping @Sendable () -> Timestamp, output: TextSink, errors: TextSink
  ) {
    self.environment = environment
    self.now = now
    self.output = output
    self.errors = errors
  }

  package static let ofThisProcess = World(
    environment: ProcessInfo.processInfo.environment,
    now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
    output: TextSink(descriptor: 1), errors: TextSink(descriptor: 2))

  /// `NO_COLOR` as https://no-color.org has it: present and not empty.
  var allowsColour: Bool { environment["NO_COLOR"].map(\.isEmpty) ?? true }
}
