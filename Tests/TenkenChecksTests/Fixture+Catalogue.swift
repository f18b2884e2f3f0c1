import Foundation
import TenkenChecks
import TenkenModel

extension Fixture {
  /// Those of the catalogue that ships.
  static func all(_ login: Login) -> [Fixture] {
    let fixtures = try? FixtureReader.read(
      try Specimen.catalogue().checks, in: [Specimen.directory.path(percentEncoded: false)])
    return (fixtures ?? []).filter { $0.login == login }
  }
}
