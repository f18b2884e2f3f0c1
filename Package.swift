// swift-tools-version: 6.3
import PackageDescription

// The targets are the rooms of the house and their `uses` its only legal arrows; docs/architecture.md explains
// them and ArchitectureTests holds every `import` of the sources against them.

// `scripts/test` and CI set this; a user's build does not break on a newer compiler's new warning.
let warningsAreErrors = Context.environment["TENKEN_WARNINGS_AS_ERRORS"] == "1"

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

func room(_ name: String, uses rooms: [String] = [], _ packages: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: rooms.map { .target(name: $0) } + packages, swiftSettings: settings)
}

func tests(
  _ name: String, uses rooms: [String], _ packages: [Target.Dependency] = [], excluding files: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: (["TenkenTestSupport"] + rooms).map { .target(name: $0) } + packages, exclude: files,
    swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
  name: "tenken",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    // Storey 0: the vocabulary, and the system's libraries.
    .systemLibrary(name: "CLibSSH2", pkgConfig: "libssh2", providers: [.apt(["libssh2-1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    room("TenkenModel"),
    room("TenkenCrypto", uses: ["COpenSSL", "TenkenModel"]),

    // Storey 1: rooms that do not see each other.
    room("TenkenInventory", uses: ["TenkenModel", "TenkenCrypto"], [yams]),
    room("TenkenChecks", uses: ["TenkenModel", "TenkenCrypto"]),
    room("TenkenPlan", uses: ["TenkenModel", "TenkenCrypto"]),
    room("TenkenTransport", uses: ["TenkenModel", "TenkenCrypto"]),
    room("TenkenJournal", uses: ["CZlib", "TenkenModel", "TenkenCrypto"], [grdb]),
    room("TenkenAnalysis", uses: ["TenkenModel", "TenkenCrypto"]),

    // Storey 2: the sweep, the report, and the transports behind one seam.
    room("TenkenSweep", uses: ["TenkenModel", "TenkenCrypto", "TenkenPlan", "TenkenTransport"]),
    room("TenkenReport", uses: ["TenkenModel", "TenkenCrypto", "TenkenAnalysis"]),
    room("TenkenSSH", uses: ["TenkenModel", "TenkenCrypto", "TenkenTransport", "CLibSSH2"], [nioCore, nioPosix]),
    room("TenkenOpenSSH", uses: ["TenkenModel", "TenkenCrypto", "TenkenTransport"], [subprocess]),
    room("TenkenLocal", uses: ["TenkenModel", "TenkenCrypto", "TenkenTransport"], [subprocess]),
    room("TenkenRehearsal", uses: ["TenkenModel", "TenkenCrypto", "TenkenTransport"]),

    // Storey 3: where the rooms meet.
    room(
      "TenkenPipeline",
      uses: [
        "TenkenModel", "TenkenCrypto", "TenkenInventory", "TenkenChecks", "TenkenPlan", "TenkenTransport",
        "TenkenJournal", "TenkenAnalysis", "TenkenSweep", "TenkenReport",
      ]),

    // Storeys 4 and 5: the command line, the only place that chooses a transport.
    room(
      "TenkenCommands",
      uses: [
        "TenkenModel", "TenkenCrypto", "TenkenPipeline", "TenkenSSH", "TenkenOpenSSH", "TenkenLocal", "TenkenRehearsal",
      ],
      [argumentParser]),
    .executableTarget(name: "tenken", dependencies: ["TenkenCommands"], swiftSettings: settings),

    // Tests stand at the path of what they test; what they share has a target of its own.
    .target(
      name: "TenkenTestSupport", dependencies: ["TenkenModel"], path: "Tests/TenkenTestSupport",
      swiftSettings: settings),
    .target(
      name: "TenkenHostileServer",
      dependencies: ["COpenSSL", "TenkenModel", "TenkenCrypto", "TenkenTestSupport", nioCore, nioPosix],
      path: "Tests/TenkenHostileServer", swiftSettings: settings),
    .executableTarget(
      name: "AbortRounds",
      dependencies: [
        "CLibSSH2", "TenkenModel", "TenkenCrypto", "TenkenTransport", "TenkenSSH", "TenkenTestSupport",
        "TenkenHostileServer",
      ],
      path: "Tests/AbortRounds", swiftSettings: settings),
    .executableTarget(
      name: "TransportBenchmark", dependencies: ["TenkenModel", "TenkenTransport", "TenkenSSH"],
      path: "Tests/TransportBenchmark", swiftSettings: settings),
    tests("TenkenModelTests", uses: ["TenkenModel"]),
    tests("TenkenCryptoTests", uses: ["TenkenModel", "TenkenCrypto"]),
    tests("TenkenInventoryTests", uses: ["TenkenModel", "TenkenInventory"]),
    tests(
      "TenkenChecksTests", uses: ["TenkenModel", "TenkenCrypto", "TenkenChecks", "TenkenTransport", "TenkenLocal"]),
    tests("TenkenPlanTests", uses: ["TenkenModel", "TenkenPlan"]),
    tests(
      "TenkenTransportTests",
      uses: [
        "TenkenModel", "TenkenCrypto", "TenkenTransport", "TenkenLocal", "TenkenRehearsal", "TenkenSSH",
        "TenkenOpenSSH",
      ]),
    tests("TenkenOpenSSHTests", uses: ["TenkenModel", "TenkenCrypto", "TenkenTransport", "TenkenOpenSSH"]),
    tests("TenkenJournalTests", uses: ["TenkenModel", "TenkenJournal"], [grdb]),
    tests("TenkenAnalysisTests", uses: ["TenkenModel", "TenkenAnalysis"]),
    tests(
      "TenkenSweepTests", uses: ["TenkenModel", "TenkenPlan", "TenkenTransport", "TenkenSweep", "TenkenRehearsal"]),
    tests("TenkenReportTests", uses: ["TenkenModel", "TenkenAnalysis", "TenkenReport"]),
    tests(
      "TenkenSSHTests",
      uses: [
        "TenkenModel", "TenkenCrypto", "TenkenTransport", "TenkenSSH", "TenkenSweep", "TenkenHostileServer",
        "AbortRounds",
      ],
      [nioCore, nioPosix]),
    tests(
      "TenkenPipelineTests",
      uses: [
        "TenkenModel", "TenkenCrypto", "TenkenChecks", "TenkenTransport", "TenkenAnalysis", "TenkenPipeline",
        "TenkenLocal", "TenkenRehearsal",
      ]),
    tests("TenkenCommandsTests", uses: ["TenkenModel", "TenkenCommands"], excluding: ["Snapshots"]),
    tests("ArchitectureTests", uses: []),
    tests("EndToEndTests", uses: ["TenkenModel"]),
  ]
)
