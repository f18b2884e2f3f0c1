package import TenkenModel

/// A finding in a line, with its line feed: for a program, and for a person.
package struct FindingLine: Sendable {
  package let severity: Severity
  package let json: [UInt8]
  package let text: String
}
