import TenkenModel
import TenkenSweep
import Testing

struct BreakerTests {
  private func breaker(patience: Int = 3, number: Int = 0, isInDoubt: Bool = false) -> Breaker {
    Breaker(patience: patience, backoff: Backoff(), seed: 5, number: number, isInDoubt: isInDoubt)
  }

  private func due(_ breaker: Breaker, at location: SourceLocation = #_sourceLocation) -> Duration {
    if case .open(let due) = breaker.state { return due }
    Issue.record("not open: \(breaker.state)", sourceLocation: location)
    return .zero
  }

  @Test func `while nothing fails everybody passes, and nobody is a probe`() {
    var breaker = breaker()
    for terminal in 0..<50 {
      #expect(breaker.admits)
      let isProbe = breaker.admit(terminal)
      let changes = breaker.gotPast(terminal)
      #expect(!isProbe && !changes)
    }
  }

  @Test func `the first failure shuts it, and those who had passed before change nothing`() {
    var breaker = breaker()
    let first = breaker.failed(1, mayPass: true, at: .zero)
    #expect(first && !breaker.admits)
    let state = breaker.state
    let second = breaker.failed(2, mayPass: true, at: .zero)
    let third = breaker.gotPast(3)
    #expect(!second && !third && breaker.state == state)
  }

  @Test func `when the wait is over one passes, and nobody else until it is known how that fared`() {
    var breaker = breaker()
    _ = breaker.failed(1, mayPass: true, at: .zero)
    let due = due(breaker)
    #expect(due >= .seconds(1) && due <= .seconds(2))
    let early = breaker.wake(at: due - .milliseconds(1))
    #expect(!early && !breaker.admits)
    let inTime = breaker.wake(at: due)
    #expect(inTime && breaker.admits)
    let isProbe = breaker.admit(7)
    #expect(isProbe && !breaker.admits)
    let closes = breaker.gotPast(7)
    #expect(closes && breaker.state == .closed)
  }

  @Test func `each probe that fails waits longer, and after so many in a row it is given up`() {
    var breaker = breaker(patience: 3)
    var waits: [Duration] = []
    _ = breaker.failed(0, mayPass: true, at: .zero)
    for probe in 1...3 {
      let opened = waits.reduce(.zero, +)
      let due = due(breaker)
      waits.append(due - opened)
      _ = breaker.wake(at: due)
      _ = breaker.admit(probe)
      let changes = breaker.failed(probe, mayPass: true, at: due)
      #expect(changes)
    }
    #expect(breaker.state == .givenUp && !breaker.admits)
    #expect(waits.sorted() == waits && waits[2] > waits[0] * 2)
    let changes = breaker.failed(9, mayPass: true, at: .seconds(99))
    let wakes = breaker.wake(at: .seconds(999))
    #expect(!changes && !wakes)
  }

  @Test func `one that gets past makes the count begin again`() {
    var breaker = breaker(patience: 1)
    for round in 0..<5 {
      let now = Duration.seconds(round * 10)
      _ = breaker.failed(0, mayPass: true, at: now)
      #expect(due(breaker) <= now + .seconds(2))
      _ = breaker.wake(at: due(breaker))
      _ = breaker.admit(1)
      _ = breaker.gotPast(1)
    }
    #expect(breaker.state == .closed)
  }

  @Test(arguments: [false, true])
  func `what cannot pass by itself is given up at once, whoever tells of it`(isOpen: Bool) {
    var breaker = breaker()
    if isOpen { _ = breaker.failed(0, mayPass: true, at: .zero) }
    let changes = breaker.failed(1, mayPass: false, at: .zero)
    #expect(changes && breaker.state == .givenUp)
  }

  @Test func `a probe that learnt nothing leaves the place to another`() {
    var breaker = breaker(isInDoubt: true)
    #expect(breaker.admits)
    let isProbe = breaker.admit(4)
    let strangers = breaker.learntNothing(5)
    let own = breaker.learntNothing(4)
    #expect(isProbe && !strangers && own && breaker.admits)
    let isProbeToo = breaker.admit(6)
    #expect(isProbeToo)
  }

  @Test func `those that were shut together are not tried together`() {
    let waits = (0..<100).map { number in
      var breaker = breaker(number: number)
      _ = breaker.failed(0, mayPass: true, at: .zero)
      return due(breaker)
    }
    #expect(Set(waits).count > 95)
  }
}
