internal import ArgumentParser
internal import TenkenModel

extension Scope.Transport: ExpressibleByArgument {}
