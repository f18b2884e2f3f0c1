/// Where a renderer puts its bytes, piece by piece: a file, or memory. It never fails in the middle of a renderer;
/// a file remembers what went wrong and says so when it is closed.
protocol ReportSink {
  mutating func write(_ bytes: [UInt8])
}

extension ReportSink {
  mutating func write(_ markup: Markup) { write(markup.bytes) }
  mutating func write(_ row: CSVRow) { write(row.bytes) }
  mutating func write(_ object: JSONObject) { write(object.line) }
}

extension [UInt8]: ReportSink {
  mutating func write(_ bytes: [UInt8]) { append(contentsOf: bytes) }
}
