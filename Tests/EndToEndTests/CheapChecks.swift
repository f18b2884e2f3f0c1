import Foundation

/// A catalogue of two checks that cost next to nothing, so that a sweep of real servers takes seconds.
enum CheapChecks {
  static func write(to directory: String) throws {
    for (id, script) in scripts {
      try FileManager.default.createDirectory(atPath: "\(directory)/\(id)", withIntermediateDirectories: true)
      try script.write(toFile: "\(directory)/\(id)/check.sh", atomically: true, encoding: .utf8)
    }
  }

  static let scripts = [
    "tell.name": header("tell.name", "What the specimen is called", severity: "info", class: "inventory") + """
      #% fact: name name

      read -r name <"$TENKEN_ROOT/name" || exit 104
      printf '%s\\tfact\\tname\\t%s\\n' "$TENKEN_NONCE" "$name"
      echo "it is $name"
      exit 108

      """,
    "not.seven": header("not.seven", "The terminal's number does not end in 7", severity: "high", class: "integrity")
      + """

      read -r name <"$TENKEN_ROOT/name" || exit 104
      case $name in
      *7)
        echo "$name ends in 7"
        exit 102
        ;;
      esac
      exit 101

      """,
  ]

  static func header(_ id: String, _ title: String, severity: String, class: String) -> String {
    """
    #!/bin/sh
    #% id: \(id)
    #% version: 1
    #% title: \(title)
    #% severity: \(severity)
    #% class: \(`class`)
    #% platform: linux
    #% privilege: none
    #% timeout: 10s
    #% output-limit: 64k
    #% cost: light
    #% side-effects: none
    #% rationale: A sweep of many real servers has to take seconds.
    #% false-positives: A specimen that was named so on purpose.
    #% remediation: Look at the test that planted it.

    """
  }
}
