import NIOCore

/// Runs a task's own steps on the event loop that its connection lives on: between a contact and its connection there
/// is then no other thread to wake.
final class LoopTaskExecutor: TaskExecutor {
  let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
