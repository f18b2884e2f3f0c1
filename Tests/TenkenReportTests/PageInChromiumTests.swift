import Foundation
import TenkenModel
import TenkenTestSupport
import Testing

@testable import TenkenReport

@Suite(.enabled(if: Tool.chromium.isInstalled, "left out: chromium is not installed"))
struct `A page in Chromium` {
  @Test func `is as wide as its window on a phone and on a laptop, and runs nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let pages = Self.pages(of: SampleSweep.fleet.report())
      let hostile = SampleSweep.hostile.report()
      let more = Self.pages(of: hostile).prefix(2).map(Self.disarmed)
      let harness = directory.appending(path: "harness.html")
      try Self.harness(around: pages + more).write(to: harness, atomically: true, encoding: .utf8)
      let (output, _) = try Tool.chromium.run([
        "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(directory.path)/profile",
        "--window-size=1400,900", "--virtual-time-budget=10000", "--dump-dom", harness.absoluteString,
      ])
      let verdicts = output.matches(of: /verdict:(\d+):(\d+):(\d+):([a-z0-9]+):(\d+)/).map(\.output)
      #expect(verdicts.count == (pages.count + more.count) * 2)
      for verdict in verdicts {
        #expect(verdict.1 == verdict.2, "page is \(verdict.2) px wide in a window of \(verdict.1)")
        #expect(verdict.3 == "0", "something alerted")
        #expect(verdict.4 == "styled", "its own policy refused its style")
        #expect(verdict.5 == "0", "the names of sites are broken over lines")
      }
    }
  }

  /// The index, and then the sites.
  private static func pages(of report: Report) -> [String] {
    ReportDocument.all(of: report).filter { ReportDocument.isPageName($0.name) }.map { $0.rendered(report) }
  }

  /// The page without its policy, and with an `alert` that is counted: what gets through the escaping then runs.
  private static func disarmed(_ page: String) -> String {
    page.replacing("http-equiv=\"Content-Security-Policy\"", with: "name=\"policy\"")
      .replacing("<head>", with: "<head><script>window.alert = () => parent.alert()</script>")
  }

  /// Each page in a frame of 390 and of 1280 px, with how wide it came out.
  private static func harness(around pages: [String]) -> String {
    let texts = pages.map { Data($0.utf8).base64EncodedString() }.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      <!doctype html><meta charset="utf-8"><body><script>
      let alerts = 0;
      window.alert = () => { alerts++ };
      const text = (page) => new TextDecoder().decode(Uint8Array.from(atob(page), (c) => c.charCodeAt(0)));
      for (const page of [\(texts)]) for (const width of [390, 1280]) {
        const frame = document.createElement("iframe");
        frame.style = `width:${width}px;height:844px;border:0`;
        frame.srcdoc = text(page);
        frame.onload = () => {
          const root = frame.contentDocument.documentElement;
          const styled = frame.contentWindow.getComputedStyle(frame.contentDocument.querySelector(".verdict")).borderLeftWidth;
          const names = [...frame.contentDocument.querySelectorAll("#sites tbody th a")];
          const broken = names.filter((name) => name.getClientRects().length > 1).length;
          const line = document.createElement("p");
          line.textContent = `verdict:${root.clientWidth}:${root.scrollWidth}:${alerts}:${styled === "6px" ? "styled" : "bare"}:${broken}`;
          document.body.append(line);
          frame.remove();
        };
        document.body.append(frame);
      }
      </script>
      """
  }
}
