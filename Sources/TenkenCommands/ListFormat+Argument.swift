internal import ArgumentParser
internal import TenkenModel

extension ListFormat: ExpressibleByArgument {}
