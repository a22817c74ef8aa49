/// The look of `report.html`: system fonts, both colour schemes, phones and paper.
enum HTMLStyle {
    static let css =
        #"""
        :root{color-scheme:light dark;--ink:#1b1f24;--dim:#57606a;--ground:#f6f8fa;--card:#fff;--edge:#d0d7de;--soft:#eaeef2;
        --good:#1a7f37;--warn:#9a6700;--bad:#b42318;--info:#0550ae;--void:#6639ba;
        --now:#9fb8d9;--p50:#3a7ebf;--p95:#c25700;--fail:#b42318;--slower:#d9730d;--faster:#3a7ebf;--unsure:#a8b1ba}
        @media (prefers-color-scheme:dark){:root{--ink:#f0f3f6;--dim:#9ea7b3;--ground:#0d1117;--card:#151b23;--edge:#3d444d;
        --soft:#232a33;--good:#3fb950;--warn:#d29922;--bad:#ff7b72;--info:#79c0ff;--void:#c297ff;
        --now:#3f5d85;--p50:#6cb0f0;--p95:#f0883e;--fail:#ff7b72;--slower:#e08a2e;--faster:#58a6ff;--unsure:#6e7781}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:1120px;margin:0 auto;padding:20px 16px 48px}
        h1{font-size:26px;line-height:1.2;margin:0}
        h2{font-size:20px;line-height:1.3;margin:36px 0 12px}
        h3{font-size:15px;margin:22px 0 8px}
        p{margin:6px 0}
        code,pre{font:13px/1.45 ui-monospace,"SFMono-Regular","DejaVu Sans Mono",monospace}
        code{overflow-wrap:anywhere}
        .card{background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:16px 18px;margin:12px 0}
        .banner{border-left:8px solid var(--tone)}
        .pass{--tone:var(--good)}.exploratory{--tone:var(--info)}.warning,.degraded{--tone:var(--warn)}
        .fail{--tone:var(--bad)}.invalid{--tone:var(--void)}
        .word{color:var(--tone);letter-spacing:.02em}
        .why{font-size:18px;margin:6px 0 10px}
        .facts{display:flex;flex-wrap:wrap;gap:2px 20px;color:var(--dim);font-size:13px;margin:0}
        .facts div{display:flex;gap:6px}
        .facts dt{color:var(--dim)}.facts dd{margin:0;color:var(--ink);overflow-wrap:anywhere}
        .culprit h2{margin-top:0}
        .who{font-size:18px;font-weight:600}.who code{font-size:16px}
        pre{background:var(--soft);border-radius:6px;padding:10px 12px;margin:10px 0;white-space:pre-wrap;overflow-wrap:anywhere}
        .dim,figcaption,.small{color:var(--dim);font-size:13px}
        .badge{display:inline-block;border:1px solid var(--tone);color:var(--tone);border-radius:99px;padding:0 10px;
        font-size:12.5px;font-weight:600;vertical-align:2px}
        .high,.critical{--tone:var(--bad)}.medium{--tone:var(--warn)}.low,.info{--tone:var(--info)}
        .scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
        table{border-collapse:collapse;width:100%;font-size:13.5px}
        th,td{text-align:left;padding:6px 10px;border-bottom:1px solid var(--edge);vertical-align:top}
        th{font-weight:600;color:var(--dim);white-space:nowrap}
        tr:last-child td{border-bottom:0}
        .card>h2:first-child,.card>h3:first-child,.pair h3{margin-top:0}
        .num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        td.op{min-width:210px;max-width:420px}
        td.op .small{display:block;overflow-wrap:anywhere}
        .regression,.missed{color:var(--bad);font-weight:600}.improvement,.met{color:var(--good);font-weight:600}
        .noChange,.inconclusive,.none{color:var(--dim)}
        .regression,.improvement,.noChange,.missed,.met{white-space:nowrap}
        figure{margin:10px 0}
        figcaption{margin:0 0 4px}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:12px 28px}
        .pair>*{min-width:0}
        .swatch{display:inline-block;width:11px;height:11px;border-radius:2px;margin:0 4px 0 10px;vertical-align:-1px}
        .swatch.p50{background:var(--p50)}.swatch.p95{background:var(--p95)}.swatch.failed{background:var(--fail)}
        .swatch.answered,.swatch.now{background:var(--now)}.swatch.part{background:var(--p50)}.swatch.before{border:2px solid var(--dim)}
        .swatch.slower{background:var(--slower)}.swatch.faster{background:var(--faster)}.swatch.unsure{background:var(--unsure)}
        .chart{display:block;overflow:hidden}
        .chart text{fill:var(--ink);font-size:12px}
        .chart .tick{fill:var(--dim);font-size:11px;paint-order:stroke;stroke:var(--card);stroke-width:3px}
        .chart .grid{stroke:var(--soft)}.chart .axis{stroke:var(--edge)}
        .chart .warmup{fill:var(--soft)}
        .chart .line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round}
        .chart .line.p50{stroke:var(--p50)}.chart .line.p95{stroke:var(--p95)}.chart .line.before{stroke:var(--dim)}
        .chart .line.lane0{stroke:var(--p50)}.chart .line.lane1{stroke:var(--p95)}.chart .line.lane2{stroke:var(--good)}
        .chart .line.lane3{stroke:var(--void)}.chart .step{stroke:var(--edge);stroke-dasharray:2 4}
        .spans text{paint-order:stroke;stroke:var(--card);stroke-width:3px}.spans .whole{opacity:.75}
        .chart .rule{stroke-width:1.5;stroke-dasharray:6 4}
        .chart .rule.limit{stroke:var(--bad)}.chart .rule.baseline{stroke:var(--dim)}
        .chart .answered,.chart .now{fill:var(--now)}.chart .failed{fill:var(--fail)}
        .rail{fill:var(--soft)}.part{fill:var(--p50)}.again{margin:12px 0 0}.broken{margin:8px 0 0;padding-left:20px}
        .chart .whole{fill:var(--now)}.chart .slower{fill:var(--slower)}.chart .faster{fill:var(--faster)}
        .chart .unsure{fill:var(--unsure)}
        .bar{vertical-align:1px}
        .finding{border-top:1px solid var(--edge);padding:12px 0}
        .finding:first-of-type{border-top:0}
        .list{margin:6px 0;padding-left:20px}
        .doubt{color:var(--warn)}
        .bad td{color:var(--bad)}
        details>summary{cursor:pointer;color:var(--info);margin:8px 0}
        a{color:var(--info)}
        .defs{position:absolute}
        @media (max-width:600px){main{padding:10px 8px 32px}.card{padding:12px 12px}h1{font-size:22px}.why{font-size:16px}
        th,td{padding:5px 7px}}
        @media print{body{background:#fff}main{max-width:none;padding:0}.card{break-inside:avoid;border-color:#999}
        h2,h3{break-after:avoid}figure,tr{break-inside:avoid}.scroll{overflow:visible}}

        """# + FlamegraphStyle.css
}
