import TenkenModel
import CLibSSH2
import Glibc
import Synchronization

/// The library as a whole, and the C functions that it calls us by.
enum LibSSH2 {
  private typealias Abstract = UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// What of `Algorithms.wanted` this libssh2 can. Its first use initialises the library, once and before any session
  /// (its own counter is not safe for threads).
  static let algorithms: Algorithms = {
    libssh2_init(0)
    guard let session = libssh2_session_init_ex(nil, nil, nil, nil) else { return Algorithms.wanted }
    defer { libssh2_session_free(session) }
    return Algorithms(
      keyExchange: supported(session, LIBSSH2_METHOD_KEX, Algorithms.wanted.keyExchange),
      hostKey: supported(session, LIBSSH2_METHOD_HOSTKEY, Algorithms.wanted.hostKey),
      encryption: supported(session, LIBSSH2_METHOD_CRYPT_CS, Algorithms.wanted.encryption),
      mac: supported(session, LIBSSH2_METHOD_MAC_CS, Algorithms.wanted.mac))
  }()

  private static func supported(_ session: OpaquePointer, _ method: Int32, _ wanted: [String]) -> [String] {
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    let count = libssh2_session_supported_algs(session, method, &names)
    guard count > 0, let names else { return [] }
    defer { libssh2_free(session, names) }
    let known = Set((0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } })
    return wanted.filter(known.contains)
  }

  /// Only ever asked for its flags; one serves every session, since libssh2 reads and writes through callbacks.
  static let descriptor: Int32 = open("/dev/null", O_RDWR | O_CLOEXEC | O_NONBLOCK)

  /// A session over `io`, which must outlive it; `nil` where memory is exhausted.
  ///
  /// - Parameter isCounted: whether `io` counts the session's memory.
  static func session(over io: SessionIO, speaking algorithms: Algorithms, isCounted: Bool) -> OpaquePointer? {
    let context = Unmanaged.passUnretained(io).toOpaque()
    let made =
      isCounted
      ? libssh2_session_init_ex(allocate, release, reallocate, context)
      : libssh2_session_init_ex(nil, nil, nil, context)
    guard let session = made else { return nil }
    sessions.add(1, ordering: .relaxed)
    libssh2_session_set_blocking(session, 0)
    set(session, LIBSSH2_CALLBACK_RECV, unsafeBitCast(receive, to: UnsafeMutableRawPointer.self))
    set(session, LIBSSH2_CALLBACK_SEND, unsafeBitCast(send, to: UnsafeMutableRawPointer.self))
    set(session, LIBSSH2_CALLBACK_DISCONNECT, unsafeBitCast(disconnect, to: UnsafeMutableRawPointer.self))
    let lists = [
      (LIBSSH2_METHOD_KEX, algorithms.keyExchange), (LIBSSH2_METHOD_HOSTKEY, algorithms.hostKey),
      (LIBSSH2_METHOD_CRYPT_CS, algorithms.encryption), (LIBSSH2_METHOD_CRYPT_SC, algorithms.encryption),
      (LIBSSH2_METHOD_MAC_CS, algorithms.mac), (LIBSSH2_METHOD_MAC_SC, algorithms.mac),
    ]
    let isSet = lists.allSatisfy { libssh2_session_method_pref(session, $0, $1.joined(separator: ",")) == 0 }
    if isSet { return session }
    free(session)
    return nil
  }

  /// Those of this process that are not freed yet.
  static let sessions = Atomic(0)

  /// A session that libssh2 would not free stays counted.
  static func free(_ session: OpaquePointer) {
    if libssh2_session_free(session) == 0 { sessions.subtract(1, ordering: .relaxed) }
  }

  private static func set(_ session: OpaquePointer, _ kind: Int32, _ function: UnsafeMutableRawPointer) {
    _ = libssh2_session_callback_set(session, kind, function)
  }

  /// libssh2's code and words for what went wrong last.
  static func lastError(_ session: OpaquePointer) -> String {
    let words = lastWords(session)
    return "libssh2 \(libssh2_session_last_errno(session))\(words.isEmpty ? "" : ": \(words)")"
  }

  static func lastWords(_ session: OpaquePointer) -> String {
    var text: UnsafeMutablePointer<CChar>?
    var length: Int32 = 0
    libssh2_session_last_error(session, &text, &length, 0)
    return text.map { String(cString: $0).escapedForPeople() } ?? ""
  }

  private static func io(_ abstract: Abstract?) -> SessionIO? {
    abstract?.pointee.map { Unmanaged<SessionIO>.fromOpaque($0).takeUnretainedValue() }
  }

  /// malloc and its kin, which count: a block's usable size is known to them alone, so the sum is right whatever a
  /// block was asked to hold.
  private static let allocate: @convention(c) (Int, Abstract?) -> UnsafeMutableRawPointer? = { count, abstract in
    let block = malloc(count)
    io(abstract)?.heap += malloc_usable_size(block)
    return block
  }

  private static let reallocate: @convention(c) (UnsafeMutableRawPointer?, Int, Abstract?) -> UnsafeMutableRawPointer? =
    { old, count, abstract in
      let before = malloc_usable_size(old)
      guard let block = realloc(old, count) else { return nil }
      io(abstract)?.heap += malloc_usable_size(block) - before
      return block
    }

  private static let release: @convention(c) (UnsafeMutableRawPointer?, Abstract?) -> Void = { block, abstract in
    io(abstract)?.heap -= malloc_usable_size(block)
    Glibc.free(block)
  }

  private static let receive: @convention(c) (Int32, UnsafeMutableRawPointer?, Int, Int32, Abstract?) -> Int = {
    _, buffer, length, _, abstract in
    io(abstract)?.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: length)) ?? -Int(ECONNRESET)
  }

  private static let send: @convention(c) (Int32, UnsafeRawPointer?, Int, Int32, Abstract?) -> Int = {
    _, buffer, length, _, abstract in
    io(abstract)?.write(UnsafeRawBufferPointer(start: buffer, count: length)) ?? -Int(EPIPE)
  }

  private static let disconnect:
    @convention(c) (
      OpaquePointer?, Int32, UnsafePointer<CChar>?, Int32, UnsafePointer<CChar>?, Int32, Abstract?
    ) -> Void = { _, _, message, length, _, _, abstract in
      let bytes = UnsafeRawBufferPointer(start: message, count: message == nil ? 0 : Int(max(0, length)))
      io(abstract)?.farewell = String(escapingForPeople: bytes.prefix(400))
    }

  /// The signature must be of the session's allocator, which is malloc: libssh2 frees it.
  static let sign:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, UnsafeMutablePointer<Int>?,
      UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> Int32 = { _, signature, signatureLength, data, length, abstract in
      guard let io = io(abstract) else { return -1 }
      let data = UnsafeRawBufferPointer(start: data, count: length)
      guard let made = io.signature ?? io.signer?(data) else {
        if io.signer != nil { return -1 }
        io.toSign = Array(data)
        return LIBSSH2_ERROR_EAGAIN
      }
      guard let copy = malloc(made.count)?.assumingMemoryBound(to: UInt8.self) else { return -1 }
      copy.update(from: made, count: made.count)
      signature?.pointee = copy
      signatureLength?.pointee = made.count
      return 0
    }
}
