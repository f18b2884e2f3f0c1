internal import ArgumentParser
internal import TenkenModel

extension ProbeFormat: ExpressibleByArgument {}
