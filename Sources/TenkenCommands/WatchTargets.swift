/// Where what happens in a sweep goes beside the screen: opened before the sweep begins, so that a name that was
/// mistyped leaves no sweep behind.
struct WatchTargets {
  let program: FindingProgram?
  let log: EventLogFile?
  /// A path: the file is made anew each time.
  let metrics: String?
}
