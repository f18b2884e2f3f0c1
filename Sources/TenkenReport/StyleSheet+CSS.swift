extension StyleSheet {
  static let css: Markup = """
    :root{--paper:#fcfbf9;--card:#ffffff;--ink:#1d1e20;--soft:#5c6066;--line:#e2dfd8;--link:#1b4f82;--mark:#f4f1ea;
    --suspect:#a8152c;--unsound:#a84a07;--undetermined:#4a5192;--excepted:#5c6066;--observations:#7a6200;--sound:#256644;
    --banner:#7d1020;--banner-ink:#fff}
    @media (prefers-color-scheme:dark){:root{--paper:#141619;--card:#1b1e22;--ink:#e8e6e1;--soft:#a2a6ad;--line:#32363c;
    --link:#8fbdf0;--mark:#23272c;--suspect:#ff8d93;--unsound:#f3a562;--undetermined:#aeb6f2;--excepted:#a2a6ad;
    --observations:#dcc45c;--sound:#82cba1;--banner:#5e0f1b;--banner-ink:#ffe9ea}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","Hiragino Sans",
    "Noto Sans","Noto Sans CJK JP","Noto Sans Thai",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
    code{font:.92em/1.45 ui-monospace,"SF Mono","Cascadia Mono",Consolas,"Noto Sans Mono","DejaVu Sans Mono",monospace}
    h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}
    ul,ol{list-style:none}
    .skip{position:absolute;left:-999px}
    .skip:focus{left:8px;top:8px;background:var(--card);padding:8px 12px;z-index:2}
    .banner{background:var(--banner);color:var(--banner-ink);padding:7px 24px;font-weight:600;letter-spacing:.01em}
    .banner.calm{background:var(--mark);color:var(--ink);border-bottom:1px solid var(--line)}
    .top,main,.foot{max-width:1232px;margin:0 auto;padding:0 24px}
    .top{display:flex;flex-wrap:wrap;gap:2px 18px;align-items:baseline;padding-top:12px;padding-bottom:8px;color:var(--soft);
    font-size:13px}
    .top b{color:var(--ink);font-size:15px;letter-spacing:.02em}
    .top .when{margin-left:auto}
    .top .specimens{flex-basis:100%}
    .verdict{background:var(--card);border:1px solid var(--line);border-left:6px solid var(--tone);border-radius:3px;
    padding:16px 22px 14px}
    .suspect{--tone:var(--suspect)}.unsound{--tone:var(--unsound)}.undetermined{--tone:var(--undetermined)}
    .excepted{--tone:var(--excepted)}.observations{--tone:var(--observations)}.sound{--tone:var(--sound)}
    h1{font-size:27px;line-height:1.22;font-weight:650;letter-spacing:-.012em;color:var(--tone)}
    h1 .glyph{font-size:.82em;margin-right:.1em}
    .verdict>p{margin-top:4px}.verdict>p.of{margin:0;color:var(--soft)}.of b{color:var(--ink)}
    .states{display:flex;flex-wrap:wrap;margin-top:12px;gap:4px 0}
    .states li{padding:0 30px 0 0;position:relative}
    .states li+li::before{content:"+";position:absolute;left:-20px;top:3px;color:var(--soft)}
    .states li.listed::before{content:"="}
    .states b{display:block;font-size:23px;line-height:1.2;font-weight:600;color:var(--tone,var(--ink))}
    .states .listed b{color:var(--ink)}
    .states .none b{color:var(--soft);font-weight:400}
    .states span{font-size:13px;color:var(--soft)}
    .bar{display:block;width:100%;height:8px;margin:9px 0 8px;border-radius:2px;overflow:hidden;background:var(--line)}
    .bar rect{fill:var(--tone)}
    .outcomes{font-size:13px;color:var(--soft)}
    .outcomes span{white-space:nowrap}
    .outcomes b{color:var(--ink);font-weight:600}
    .columns{display:grid;grid-template-columns:1fr 1fr 1.12fr;gap:0 30px;margin-top:16px}
    .columns section{min-width:0}
    h2{font-size:16px;font-weight:650;padding-bottom:5px;border-bottom:2px solid var(--ink);display:flex;gap:8px;
    justify-content:space-between;align-items:baseline}
    h2 span{font-weight:400;color:var(--soft);font-size:13px}
    .columns li{padding:6px 0;border-bottom:1px solid var(--line);font-size:14px;line-height:1.42}
    .columns li:last-child{border-bottom:0}
    .item{display:flex;gap:8px;align-items:baseline}
    .item>span{flex:1;min-width:0}
    .item b{font-weight:600}
    .who{font-size:13px;color:var(--soft)}.who a{display:inline-block;max-width:100%}
    .said{font-size:13px}
    .severity{font-size:12px;font-weight:650;color:var(--tone);border:1px solid currentColor;border-radius:2px;padding:0 5px;
    line-height:1.45;white-space:nowrap;margin-right:3px}
    .critical{--tone:var(--suspect)}.high{--tone:var(--unsound)}.medium{--tone:var(--observations)}.low,.info{--tone:var(--soft)}
    .steps{counter-reset:step}
    .steps li{counter-increment:step;padding-left:24px;position:relative}
    .steps li::before{content:counter(step);position:absolute;left:0;top:6px;font-weight:650;color:var(--soft)}
    .command{display:block;margin-top:3px;background:var(--mark);padding:3px 8px;border-radius:2px;font-size:12.5px}
    .command span{display:inline-block;max-width:100%}
    .block{margin-top:30px}
    .block>p{margin:8px 0;max-width:80ch;color:var(--soft)}
    table{width:100%;border-collapse:collapse;font-size:14px;line-height:1.42}
    th,td{text-align:left;vertical-align:top;padding:7px 14px 7px 0;border-bottom:1px solid var(--line);font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    thead th{font-size:12.5px;color:var(--soft);vertical-align:bottom}
    .n{text-align:right;white-space:nowrap}
    td.zero{color:var(--soft)}
    .state{color:var(--tone);font-weight:600;white-space:nowrap}
    td.n:not(.zero){color:var(--tone)}
    tr.total>*{border-top:2px solid var(--ink);border-bottom:0;font-weight:600}
    small{display:block;font-size:12.5px;color:var(--soft);line-height:1.4}
    .share{width:23%}
    .share .bar{margin:6px 0 3px;height:6px}
    .narrow{display:none}
    .tag{display:inline-block;font-size:11.5px;border:1px dashed var(--soft);border-radius:2px;padding:0 4px;color:var(--soft)}
    tr.group th{padding-top:20px;font-weight:650;color:var(--tone);border-bottom:2px solid var(--tone)}
    .seen{width:46%}
    .seen div+div{margin-top:3px}
    .terminals td.what{width:46%}
    .terminals .told{color:var(--soft)}
    .finding{padding:12px 0 13px;border-bottom:1px solid var(--line);max-width:100ch}
    h3{font-size:15px;font-weight:600;display:flex;flex-wrap:wrap;gap:2px 9px;align-items:baseline}
    h3 code{font-weight:400;color:var(--soft)}
    .finding>p{margin-top:4px}
    .finding ul{margin-top:6px;font-size:14px}
    .finding li{padding:2px 0}
    .finding li .told{color:var(--soft)}
    .flows td{font-size:13px}.flows .own{color:var(--soft)}.block>h3{margin-top:16px}.block>table+table{margin-top:12px}
    .label{color:var(--soft)}
    :target{background:var(--mark)}
    .foot{margin-top:38px;padding-top:14px;padding-bottom:36px;font-size:13px;color:var(--soft)}
    .foot dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 18px;border-top:1px solid var(--line);padding-top:12px}
    .foot dt{white-space:nowrap}
    .foot dd{min-width:0;color:var(--ink)}
    .keys{margin-bottom:14px}
    .keys li{padding:1px 0}
    @media (max-width:900px){.columns{grid-template-columns:1fr;gap:24px}}
    @media (max-width:640px){body{font-size:14.5px}.top,main,.foot{padding-left:14px;padding-right:14px}.banner{padding:7px 14px}
    .top .when{margin-left:0}.verdict{padding:12px 14px}h1{font-size:22px}.wide{display:none}.narrow{display:block}
    .states{display:grid;grid-template-columns:repeat(3,auto);justify-content:space-between;gap:8px 12px}
    .states li{padding:0}.states li+li::before,.states li.listed::before{content:none}
    th,td{padding-right:9px}.seen,.terminals td.what{width:44%}.share{width:36%}
    #sites thead{display:none}#sites tbody tr{display:grid;grid-template-columns:1fr 36%;gap:2px 9px;padding:8px 0;
    border-bottom:1px solid var(--line)}#sites tbody tr>*{display:block;border:0;padding:0}
    #sites tbody tr>.wide{display:none}#sites tbody th{grid-column:1/-1}#sites tbody th small{display:inline;margin-left:8px}
    #sites .share{width:auto}#sites tr.total{border-top:2px solid var(--ink)}
    .foot dl{grid-template-columns:1fr;gap:0}.foot dd{margin-bottom:6px}}
    @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--link:#000;--mark:#f2f2f2;--suspect:#8d0f22;
    --unsound:#8a3a00;--undetermined:#343a78;--observations:#5e4b00;--sound:#1b4f33}
    @page{margin:16mm 14mm}body{font-size:10.5pt}.skip{display:none}.top,main,.foot{max-width:none;padding-left:0;padding-right:0}
    .banner{border:2px solid #000;color:#000;background:#fff}
    thead{display:table-header-group}tr,.finding,.columns li{break-inside:avoid}h2,h3,tr.group{break-after:avoid}a{text-decoration:none}
    .bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

    """
}
