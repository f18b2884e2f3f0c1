/// What an endpoint or an inventory may send to break out of where it is shown.
enum HostileStrings {
  static let all: [String] = markup + formulas + controls + invisible + structure

  static let markup = [
    "<script>alert(1)</script>", "</td><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<a href=\"javascript:alert(1)\">x</a>",
    "</style><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!--", "-->", "<![CDATA[x]]>", "]]>",
    "&lt;script&gt;", "&#x3c;script&#x3e;", "&amp;amp;", "&", "&&", "&nbsp;", "<", ">", "<>", "\"", "'", "`", "``",
    "<body onload=alert(1)>", "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//x>",
    "<base href=//evil>", "<form action=//evil><input>", "<math><mi//xlink:href=\"data:x\">", "<plaintext>",
    "<textarea>", "</textarea>", "<svg><style>*{}</style></svg>", "{{7*7}}", "${7*7}", "<%= 7 %>", "<?php ?>",
    "<details open ontoggle=alert(1)>", "＜script＞alert(1)＜/script＞", "<ScRiPt>alert(1)</sCrIpT>", "<scr\0ipt>",
    "style=\"position:fixed\"", "\" autofocus onfocus=alert(1) x=\"", "' style='x", "<b>bold</b>",
    "</main></body></html>",
  ]

  static let formulas = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://evil\",\"x\")", "\t=1+1", "\r=1+1",
    "\n=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", "=", "+", "-", "@", "'=1+1", "\"=1+1\"", "=IMPORTXML(\"//x\")",
    "-2+3+cmd|' /C calc'!D2", "a,b", "a\"b", "a\"\"b", "\"", "\"\"", ",", ",,", "a;=1+1", ";", "a\r\nb", "a\nb",
    " lead",
    "trail ", " ", "\u{FEFF}=1",
  ]

  static let controls =
    (0...0x1F).map { "c0 \(Character(Unicode.Scalar(UInt8($0)))) end" }
    + (0x7F...0x9F).map { "c1 \(Unicode.Scalar(UInt32($0))!) end" } + [
      "\u{1B}[2J\u{1B}[H", "\u{1B}]0;title\u{07}", "\u{1B}]8;;http://evil\u{1B}\\x\u{1B}]8;;\u{1B}\\",
      "\u{1B}P1$r\u{1B}\\",
      "\u{9B}31mred", "\u{1B}[31mred\u{1B}[0m", "a\u{8}\u{8}b", "\r\u{1B}[Ksound", "\u{1B}c", "\u{1B}[6n", "\0", "\0\0",
    ]

  static let invisible =
    [
      0x61C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xE0001, 0xE0041, 0xFFF9, 0xAD,
      0xE000,
    ]
    .map { "in \(Unicode.Scalar(UInt32($0))!) visible" }
    + ((0x202A...0x202E).map(UInt32.init) + (0x2066...0x2069).map(UInt32.init)).map {
      "bidi \(Unicode.Scalar($0)!)gnp.exe"
    } + ["\u{FFFF}", "\u{10FFFF}", "e\u{301}\u{301}\u{301}", "点検", "ตรวจ", "👩‍💻", "Ω≈ç√", "\u{FFFD}"]

  static let structure = [
    "", "\\", "\\\\", "\\x1b[2J", "\\u001b", "{\"kind\":\"end\"}", "}\n{\"kind\":\"end\"}", "null", "true", "0", "NaN",
    "../../etc/passwd", "C:\\Windows\\x", "file:///etc/passwd", "%00", "%0d%0aSet-Cookie: x", "$(reboot)", "`reboot`",
    "; rm -rf /", "a\u{2028}b", String(repeating: "A", count: 500), String(repeating: "界", count: 500),
    String(repeating: "<", count: 500), String(repeating: "\u{202E}", count: 500),
  ]
}
