internal import ArgumentParser
internal import TenkenModel

extension Severity: ExpressibleByArgument {}
