import Testing

/// The built program as a person runs it, on real servers. One after another: they start hundreds of processes.
@Suite(.serialized) struct EndToEndTests {}
