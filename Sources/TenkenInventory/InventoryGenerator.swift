package import TenkenModel

/// Makes fleets of any size, for rehearsals and load tests: of 29,000 terminals 26,000 are in Japan and Thailand.
package enum InventoryGenerator {
  /// As many as the sites' private networks have room for.
  package static let sizes = 1...1_000_000

  private static let header = "id,address,site,platform,role,owner,tags,asset,model\n"
  /// Addresses of a /16 without those that end in 0 or 255.
  private static let hostsInBlock = 256 * 254
  /// The second octet of the first site's first network: 10.16.0.0/16.
  private static let firstBlock = 16

  /// An inventory of explicit rows, as an export would have them; the same for the same size and seed.
  ///
  /// - Precondition: `terminals` is one of `sizes`.
  package static func files(terminals: Int, seed: UInt64) -> SourceFiles {
    precondition(sizes.contains(terminals), "a fleet has 1 to 1,000,000 terminals")
    var sites = "# Generated: \(terminals) terminals, seed \(seed).\nsites:\n"
    var files = [file(FleetFile.path, fleet(terminals, seed))]
    var block = firstBlock
    for (index, count) in GeneratedSite.counts(of: terminals).enumerated() where count > 0 {
      let site = GeneratedSite.all[index]
      let blocks = block..<(block + (count + hostsInBlock - 1) / hostsInBlock)
      sites += section(of: site, blocks)
      var random = SplitMix64(seed: seed, UInt64(index))
      files.append(file("\(TerminalFiles.directory)\(site.id).csv", rows(of: site, count, blocks, &random)))
      block = blocks.upperBound
    }
    files.append(file(SitesFile.path, sites))
    return SourceFiles(origin: "generated", files: files)
  }

  private static func file(_ path: String, _ text: String) -> SourceFiles.File {
    SourceFiles.File(path: path, bytes: Array(text.utf8))
  }

  private static func fleet(_ terminals: Int, _ seed: UInt64) -> String {
    """
    # Generated: \(terminals) terminals, seed \(seed).
    name: Generated fleet of \(terminals) terminals
    defaults: {port: 22, platform: linux, credential: default}
    limits: {concurrency: 400, per-site: 80, retries: 2, connect-timeout: 10s, login-timeout: 20s, run-timeout: 5m}
    credentials:
      default: {user: tenken, identity: agent}

    """
  }

  private static func section(of site: GeneratedSite, _ blocks: Range<Int>) -> String {
    """
      \(site.id):
        name: \(site.name)
        country: \(site.country)
        time-zone: \(site.timeZone)
        networks: [\(blocks.map { "10.\($0).0.0/16" }.joined(separator: ", "))]
        limits: {concurrency: \(site.concurrency)}

    """
  }

  private static func rows(
    of site: GeneratedSite, _ count: Int, _ blocks: Range<Int>, _ random: inout SplitMix64
  ) -> String {
    let width = max(4, String(count).utf8.count)
    var text = header
    for index in 0..<count {
      let number = String(index + 1)
      let host = index % hostsInBlock
      let address = "10.\(blocks.lowerBound + index / hostsInBlock).\(host / 254).\(host % 254 + 1)"
      text += "\(site.code)-\(String(repeating: "0", count: width - number.utf8.count))\(number),\(address),\(site.id),"
      text += GeneratedTraits(&random, isDataCentre: site.id.hasSuffix("-dc")).cells
      text += "\n"
    }
    return text
  }
}
