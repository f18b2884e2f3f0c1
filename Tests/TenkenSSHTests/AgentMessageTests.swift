import TenkenCrypto
import TenkenModel
import Testing

@testable import TenkenSSH

struct AgentMessageTests {
  @Test func `requests have the form of the draft`() {
    #expect(AgentMessage.listRequest() == [0, 0, 0, 1, 11])
    #expect(
      AgentMessage.signRequest(blob: [1, 2], data: [3], flags: 4)
        == [0, 0, 0, 16, 13, 0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3, 0, 0, 0, 4])
  }

  @Test func `keys are read with their comments spelled out`() {
    let answer: [UInt8] = [12, 0, 0, 0, 1, 0, 0, 0, 2, 9, 8, 0, 0, 0, 2, 0x61, 0x1B]
    #expect(AgentMessage.keys(inAnswer: answer) == [AgentMessage.Key(blob: [9, 8], comment: "a\\x1b")])
    #expect(AgentMessage.keys(inAnswer: [12, 0, 0, 0, 0]) == [])
  }

  @Test(
    arguments: [[], [5], [12], [12, 0, 0, 0, 1], [12, 0xFF, 0xFF, 0xFF, 0xFF], [12, 0, 0, 0, 1, 0, 0, 0, 9, 1]]
      as [[UInt8]])
  func `an answer that is cut or refuses has no keys`(answer: [UInt8]) {
    #expect(AgentMessage.keys(inAnswer: answer) == nil)
  }

  @Test func `a signature counts only with the algorithm that was asked for`() {
    var signature = WireWriter()
    signature.string("rsa-sha2-512".utf8)
    signature.string([7, 7])
    var answer = WireWriter()
    answer.byte(14)
    answer.string(signature.bytes)
    #expect(AgentMessage.signature(inAnswer: answer.bytes, algorithm: "rsa-sha2-512") == [7, 7])
    #expect(AgentMessage.signature(inAnswer: answer.bytes, algorithm: "ssh-rsa") == nil)
    #expect(AgentMessage.signature(inAnswer: [5], algorithm: "ssh-rsa") == nil)
  }
}
