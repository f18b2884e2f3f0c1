internal import COpenSSL

/// Bytes that are wiped when nobody holds them any longer, and that nothing copies: a key file, a decoded key.
package struct SecretBytes: ~Copyable {
  private let storage: UnsafeMutableRawBufferPointer
  package private(set) var count: Int

  /// Room for `capacity` bytes, filled by `fill`, which says how many it wrote.
  package init<Problem: Error>(
    capacity: Int, filledBy fill: (UnsafeMutableRawBufferPointer) throws(Problem) -> Int
  ) throws(Problem) {
    storage = .allocate(byteCount: max(1, capacity), alignment: 16)
    count = 0
    count = min(try fill(storage), capacity)
  }

  deinit {
    OPENSSL_cleanse(storage.baseAddress, storage.count)
    storage.deallocate()
  }

  package borrowing func withUnsafeBytes<Value: ~Copyable, Problem: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Problem) -> Value
  ) throws(Problem) -> Value {
    try body(UnsafeRawBufferPointer(rebasing: storage[..<count]))
  }
}
