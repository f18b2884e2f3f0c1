import Dispatch
import Synchronization

/// Runs the steps of tasks one after the other, and tells when none is left: then whoever is not done waits for
/// something else, such as a clock.
final class IdleExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "idle-executor")
  private let pending = Mutex(0)
  private let onIdle: @Sendable () -> Void

  /// - Parameter onIdle: called between two steps, when no other is to be done.
  init(onIdle: @escaping @Sendable () -> Void) { self.onIdle = onIdle }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pending.withLock { $0 += 1 }
    queue.async {
      job.runSynchronously(on: self.asUnownedTaskExecutor())
      let isIdle = self.pending.withLock { pending in
        pending -= 1
        return pending == 0
      }
      if isIdle { self.onIdle() }
    }
  }
}
