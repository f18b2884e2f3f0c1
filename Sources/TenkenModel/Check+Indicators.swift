extension Check.Parameter {
  /// Whether it takes the list of indicators that a sweep is given.
  package var isIndicators: Bool { name == "indicators" && type == "string" }
}

extension Check {
  /// Whether it runs whatever else is chosen: it was given for this sweep, or what it looks for was.
  package var isGiven: Bool { resultProtocol == .script || !indicators.isEmpty }

  /// What it looks for, a line each or between blanks; empty where it looks for no indicators.
  package var indicators: String {
    get { parameters.first(where: \.isIndicators)?.value ?? "" }
    set {
      for index in parameters.indices where parameters[index].isIndicators { parameters[index].value = newValue }
    }
  }
}
