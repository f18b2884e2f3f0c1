extension Check.Parameter {
  /// Whether a text is a value of a parameter of this type; nothing fits a type that there is not.
  package static func value(_ value: String, fits type: String) -> Bool {
    switch type {
    case "number": Double(value)?.isFinite == true && value.utf8.allSatisfy { $0 != 0x78 && $0 != 0x65 && $0 != 0x45 }
    case "boolean": value == "true" || value == "false"
    case "string": true
    default: false
    }
  }
}
