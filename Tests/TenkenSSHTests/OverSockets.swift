import Testing

/// Tests with real servers and deadlines, one after the other: beside each other they would wait for the machine's few
/// processors, and time what they mean to.
@Suite(.serialized, .timeLimit(.minutes(1))) enum OverSockets {}
