/// A site of a generated fleet.
struct GeneratedSite {
  let id: String
  /// What the ids of its terminals begin with.
  let code: String
  let name: String
  let country: String
  let timeZone: String
  /// Its terminals in a fleet of 29,000.
  let share: Int
  let concurrency: Int

  /// 17,000 terminals in Japan, 9,000 in Thailand, 3,000 overseas.
  static let all = [
    GeneratedSite("tokyo-hq", "tyo", "Tokyo headquarters", "JP", "Asia/Tokyo", 5200, 120),
    GeneratedSite("tokyo-dc", "tdc", "Tokyo data centre", "JP", "Asia/Tokyo", 3400, 100),
    GeneratedSite("osaka", "osa", "Osaka office", "JP", "Asia/Tokyo", 2600, 80),
    GeneratedSite("yokohama", "yok", "Yokohama works", "JP", "Asia/Tokyo", 2100, 80),
    GeneratedSite("nagoya", "ngo", "Nagoya works", "JP", "Asia/Tokyo", 1900, 80),
    GeneratedSite("fukuoka", "fuk", "Fukuoka office", "JP", "Asia/Tokyo", 1100, 60),
    GeneratedSite("sapporo", "spk", "Sapporo office", "JP", "Asia/Tokyo", 700, 40),
    GeneratedSite("bangkok", "bkk", "Bangkok office", "TH", "Asia/Bangkok", 4200, 100),
    GeneratedSite("chonburi", "chb", "Chonburi works", "TH", "Asia/Bangkok", 3100, 80),
    GeneratedSite("ayutthaya", "ayt", "Ayutthaya works", "TH", "Asia/Bangkok", 1700, 60),
    GeneratedSite("jakarta", "jkt", "Jakarta office", "ID", "Asia/Jakarta", 900, 40),
    GeneratedSite("manila", "mnl", "Manila office", "PH", "Asia/Manila", 600, 40),
    GeneratedSite("los-angeles", "lax", "Los Angeles office", "US", "America/Los_Angeles", 450, 30),
    GeneratedSite("ashburn", "iad", "Ashburn data centre", "US", "America/New_York", 250, 30),
    GeneratedSite("singapore", "sin", "Singapore office", "SG", "Asia/Singapore", 250, 30),
    GeneratedSite("ho-chi-minh", "sgn", "Ho Chi Minh City works", "VN", "Asia/Ho_Chi_Minh", 250, 30),
    GeneratedSite("frankfurt", "fra", "Frankfurt office", "DE", "Europe/Berlin", 150, 20),
    GeneratedSite("sydney", "syd", "Sydney office", "AU", "Australia/Sydney", 150, 20),
  ]

  private init(
    _ id: String, _ code: String, _ name: String, _ country: String, _ timeZone: String, _ share: Int,
    _ concurrency: Int
  ) {
    self.id = id
    self.code = code
    self.name = name
    self.country = country
    self.timeZone = timeZone
    self.share = share
    self.concurrency = concurrency
  }

  /// How many of `terminals` each site has: in proportion to the shares, by the largest remainders.
  static func counts(of terminals: Int) -> [Int] {
    let whole = all.map(\.share).reduce(0, +)
    var counts = all.map { terminals * $0.share / whole }
    let byRemainder = all.indices.sorted { left, right in
      (terminals * all[right].share % whole, left) < (terminals * all[left].share % whole, right)
    }
    for site in byRemainder.prefix(terminals - counts.reduce(0, +)) { counts[site] += 1 }
    return counts
  }
}
