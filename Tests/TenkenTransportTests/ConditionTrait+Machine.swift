import TenkenTestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// The test needs a `PrivateMachine`.
  static var onPrivateMachine: Self {
    .enabled(if: PrivateMachine.obstacle == nil, "\(PrivateMachine.obstacle ?? "")")
  }
}
