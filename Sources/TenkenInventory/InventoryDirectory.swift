internal import Glibc
internal import TenkenModel

/// The files of an inventory's directory. The only place of the room that does I/O.
struct InventoryDirectory {
  private let directory: String

  init(_ directory: String) {
    var path = directory
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.directory = path
  }

  func files() throws(Failure) -> SourceFiles {
    var files: [SourceFiles.File] = []
    for name in try names(in: "") where !InventoryFiles.isIgnored(name) {
      let isDirectory = try isDirectory(name)
      if isDirectory, name + "/" == TerminalFiles.directory {
        for inner in try names(in: name) where !InventoryFiles.isIgnored(inner) {
          files.append(try file("\(name)/\(inner)", isDirectory: try self.isDirectory("\(name)/\(inner)")))
        }
      } else {
        files.append(try file(name, isDirectory: isDirectory))
      }
    }
    guard files.contains(where: { $0.path == FleetFile.path }) else {
      throw Failure(
        .noSuchInput, "no inventory in \(directory)", why: "it has no \(FleetFile.path)",
        next: "Give the directory of an inventory; inventories/README.md describes one.")
    }
    return SourceFiles(origin: directory, files: files)
  }

  private func names(in subdirectory: String) throws(Failure) -> [String] {
    guard let stream = opendir(path(subdirectory)) else { throw failure(errno, subdirectory) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // d_name begins where its tuple does, and ends with a NUL.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  private func isDirectory(_ name: String) throws(Failure) -> Bool {
    try status(name).st_mode & S_IFMT == S_IFDIR
  }

  /// One that belongs to no inventory comes without its bytes.
  private func file(_ name: String, isDirectory: Bool) throws(Failure) -> SourceFiles.File {
    if isDirectory { return SourceFiles.File(path: name + "/", bytes: []) }
    return SourceFiles.File(path: name, bytes: InventoryFiles.belongs(name) ? try bytes(of: name) : [])
  }

  private func bytes(of name: String) throws(Failure) -> [UInt8] {
    // A pipe or a device would be waited for without end.
    let status = try status(name)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(
        .inputOutput, "cannot read \(path(name))", why: "it is not a regular file", next: "Put a file in its place.")
    }
    let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, name) }
    defer { close(descriptor) }
    // One byte more than there should be: the file may grow meanwhile.
    var bytes = try chunk(of: descriptor, name, upTo: Int(status.st_size) + 1)
    while true {
      let chunk = try chunk(of: descriptor, name, upTo: 4096)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  private func chunk(of descriptor: Int32, _ name: String, upTo size: Int) throws(Failure) -> [UInt8] {
    while true {
      var error: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let got = Glibc.read(descriptor, buffer.baseAddress, size)
        if got < 0 { error = errno }
        count = max(0, got)
      }
      if error == 0 { return chunk }
      if error != EINTR { throw failure(error, name) }
    }
  }

  private func status(_ name: String) throws(Failure) -> stat {
    var status = stat()
    guard stat(path(name), &status) == 0 else { throw failure(errno, name) }
    return status
  }

  private func path(_ name: String) -> String { name.isEmpty ? directory : "\(directory)/\(name)" }

  private func failure(_ error: Int32, _ name: String) -> Failure {
    let why = String(cString: strerror(error)).lowercased()
    let what = "cannot read \(path(name))"
    return switch error {
    case ENOENT, ENOTDIR:
      Failure(
        .noSuchInput, what, why: why,
        next: "Give the directory of an inventory; inventories/README.md describes one.")
    case EACCES, EPERM:
      Failure(.permissions, what, why: why, next: "Make it readable for whoever runs Tenken: chmod u+r.")
    default: Failure(.inputOutput, what, why: why, next: "Check the file system it is on.")
    }
  }
}
