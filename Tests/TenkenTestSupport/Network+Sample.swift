package import TenkenModel

extension Network {
  /// Where the servers of tests are: nothing dials them unless their site lists it.
  package static let loopback = Network(.v4(0x7F00_0000), prefixLength: 8)
}
