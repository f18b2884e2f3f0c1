extension Clock where Duration == Swift.Duration {
  /// What `operation` brings, or `nil` where it takes longer than `limit`: it is cancelled then, and waited for.
  func within<Value: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async -> Value
  ) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
      defer { group.cancelAll() }
      group.addTask { await operation() }
      group.addTask {
        try? await self.sleep(for: limit)
        return nil
      }
      return await group.next() ?? nil
    }
  }
}
