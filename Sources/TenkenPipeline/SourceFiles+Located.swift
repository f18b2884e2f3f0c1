internal import Foundation
internal import TenkenModel

extension SourceFiles {
  /// With the whole path of the directory that they were read from: a resume may come from another one, and looks there
  /// whether they have changed.
  var located: SourceFiles { SourceFiles(origin: Self.whole(origin), files: files) }

  /// The same where the origin names several directories, as a catalogue's may.
  var locatedInEach: SourceFiles {
    SourceFiles(origin: origins.map(Self.whole).joined(separator: ", "), files: files)
  }

  /// The directories that its origin names. None of them has a comma (`Inputs.catalogue`).
  var origins: [String] { origin.split(separator: ",").map { String($0.drop { $0 == " " }) } }

  private static func whole(_ directory: String) -> String {
    directory.hasPrefix("/") ? directory : "\(FileManager.default.currentDirectoryPath)/\(directory)"
  }
}
