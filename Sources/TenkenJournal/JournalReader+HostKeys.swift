internal import Foundation
internal import GRDB
internal import TenkenCrypto
package import TenkenModel

extension JournalReader {
  /// The first host key that each terminal without one on record proved and was logged in to with. One that an older Tenken met without keeping
  /// it is left out.
  package func newHostKeys() throws(Failure) -> [ID<Terminal>: HostKey] {
    try read { db in
      var keys: [ID<Terminal>: HostKey] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT terminal.id, \(try Schema.column("attempt.host_key_blob", since: 2, db))
          FROM attempt JOIN terminal ON terminal.ordinal = attempt.terminal
          WHERE attempt.host_key_standing = 'unknown' AND attempt.outcome IN ('inspected', 'partial', 'auth-failed')
          ORDER BY attempt.terminal, attempt.number
          """)
      while let row = try rows.next() {
        let terminal = try row.id(0, of: Terminal.self)
        guard keys[terminal] == nil, let blob: Data = row[1], let key = HostKey(blob: Array(blob)) else { continue }
        keys[terminal] = key
      }
      return keys
    }
  }
}
