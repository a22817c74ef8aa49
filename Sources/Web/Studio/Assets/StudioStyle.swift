/// The look of the Studio, on top of the look of a report.
enum StudioStyle {
    static let css = #"""
        .studio main{padding-top:16px;outline:none}
        .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:6px 10px;z-index:3}
        .top{background:var(--card);border-bottom:1px solid var(--edge)}
        .top .inner{max-width:1120px;margin:0 auto;padding:8px 16px;display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px}
        .brand{font-weight:700;color:var(--ink);text-decoration:none;display:inline-flex;gap:8px;align-items:center}
        .brand svg{fill:none;stroke:var(--info);stroke-width:2.4}
        .top nav{display:flex;flex-wrap:wrap;gap:2px;flex:1 1 auto}
        .top nav a{padding:5px 9px;border-radius:6px;text-decoration:none;color:var(--ink)}
        .top nav a:hover{background:var(--soft)}
        .top nav a[aria-current]{background:var(--soft);font-weight:600}
        .who{font-size:13px;color:var(--dim);margin:0}
        .studio h1{margin:6px 0 12px}
        .studio h2:first-child{margin-top:0}
        :focus-visible{outline:2px solid var(--info);outline-offset:2px}
        button,.button{font:inherit;font-size:13.5px;padding:5px 12px;border:1px solid var(--edge);border-radius:6px;
        background:var(--soft);color:var(--ink);cursor:pointer;text-decoration:none;display:inline-block}
        button:hover,.button:hover{border-color:var(--dim)}
        button.main{background:var(--info);border-color:var(--info);color:var(--card);font-weight:600}
        input,select,textarea{font:inherit;font-size:14px;padding:6px 8px;border:1px solid var(--edge);border-radius:6px;
        background:var(--card);color:var(--ink);max-width:100%}
        textarea{width:100%;min-height:64px}
        label{display:block;margin:8px 0 2px;font-size:13px;color:var(--dim)}
        form.row{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:end;margin:8px 0}
        form.row label{margin:0}
        form.row label>input,form.row label>select{display:block}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:12px;margin:12px 0}
        .tile{display:block;background:var(--card);border:1px solid var(--edge);border-left:6px solid var(--tone);
        border-radius:8px;padding:12px 14px;color:var(--ink);text-decoration:none}
        a.tile:hover{border-color:var(--tone)}
        .tile .name{font-weight:600;overflow-wrap:anywhere}
        .tile .big{font-size:26px;font-weight:700;font-variant-numeric:tabular-nums;line-height:1.25}
        .tile .big small{font-size:13px;font-weight:400;color:var(--dim)}
        .tile .label{color:var(--tone);font-weight:600;font-size:13px}
        .fine{--tone:var(--good)}.anomalous{--tone:var(--bad)}.needsReview,.inconclusive-check,.waiting{--tone:var(--void)}
        .running,.queued{--tone:var(--info)}.failed-run{--tone:var(--bad)}.cancelled{--tone:var(--dim)}
        .empty{padding:26px 20px;text-align:center;border:1px dashed var(--edge);border-radius:8px;margin:12px 0}
        .empty pre{display:inline-block;text-align:left;margin:10px auto}
        .flash{border-left:6px solid var(--good)}
        .timeline{list-style:none;margin:0;padding:0}
        .timeline>li{border-left:3px solid var(--edge);padding:2px 0 14px 16px;position:relative;margin-left:6px}
        .timeline>li::before{content:"";position:absolute;left:-8px;top:8px;width:9px;height:9px;border-radius:50%;
        background:var(--tone,var(--dim));border:2px solid var(--card)}
        .grow{flex:1 1 260px}
        .heat td{padding:3px;text-align:center}
        .heat .cell{display:block;border-radius:4px;min-width:30px;padding:4px 2px;font-size:12px;color:var(--ink);text-decoration:none}
        .h0{background:var(--soft)}.h1{background:color-mix(in srgb,var(--p95) 22%,var(--card))}
        .h2{background:color-mix(in srgb,var(--p95) 45%,var(--card))}.h3{background:color-mix(in srgb,var(--p95) 70%,var(--card))}
        .up{color:var(--bad);font-weight:600}.down{color:var(--good);font-weight:600}
        .spanrow{display:grid;grid-template-columns:minmax(180px,36%) 1fr 76px;gap:8px;align-items:center;
        border-bottom:1px solid var(--soft);padding:2px 0}
        .spanrow summary{list-style:none;cursor:pointer}
        .spanname{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:13px}
        .spanname .service{color:var(--dim)}
        details.span>summary{margin:0;color:inherit;list-style:none}
        details.span>summary::-webkit-details-marker{display:none}
        details.span[open]{background:var(--soft);border-radius:6px}
        details.span dl{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:2px 14px;font-size:13px;margin:4px 0 10px 12px}
        details.span dt{color:var(--dim)}details.span dd{margin:0;overflow-wrap:anywhere}
        .in0{padding-left:0px}.in1{padding-left:12px}.in2{padding-left:24px}.in3{padding-left:36px}.in4{padding-left:48px}.in5{padding-left:60px}.in6{padding-left:72px}.in7{padding-left:84px}
        .in8{padding-left:96px}.in9{padding-left:108px}.in10{padding-left:120px}.in11{padding-left:132px}.in12{padding-left:144px}.in13{padding-left:156px}.in14{padding-left:168px}.in15{padding-left:180px}.in16{padding-left:192px}
        .spanrow svg{width:100%;height:16px;display:block}
        .waterfall{--s0:#e69f00;--s1:#56b4e9;--s2:#2a9d78;--s3:#d6c72e;--s4:#5b7fd1;--s5:#e07b39;--s6:#cc79a7;--s7:#8c959f}
        .waterfall .s0{fill:var(--s0)}.waterfall .s1{fill:var(--s1)}.waterfall .s2{fill:var(--s2)}.waterfall .s3{fill:var(--s3)}
        .waterfall .s4{fill:var(--s4)}.waterfall .s5{fill:var(--s5)}.waterfall .s6{fill:var(--s6)}.waterfall .s7{fill:var(--s7)}
        .spanrow rect.failed{fill:var(--fail)}.spanrow rect.rail{fill:var(--soft)}
        .spanrow.axis{border:0}.axis text,.history text{fill:var(--dim);font-size:11px}
        .legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:13px;margin:0 0 8px}
        .spanrow .time{font-size:12.5px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        dialog{border:1px solid var(--edge);border-radius:10px;background:var(--card);color:var(--ink);
        width:min(1180px,96vw);max-height:94vh;padding:14px 16px}
        dialog::backdrop{background:rgba(0,0,0,.5)}
        dialog .close{float:right}
        .pager{display:flex;gap:12px;margin:12px 0}
        progress{width:100%;height:10px;accent-color:var(--info)}
        .history{width:100%;display:block}
        .history .line{fill:none;stroke:var(--p50);stroke-width:2;vector-effect:non-scaling-stroke}
        .history .high{stroke:var(--p95)}.history .usual{stroke:var(--dim);stroke-dasharray:6 4}
        .history .episode{fill:var(--fail);opacity:.1}
        .history .mark{stroke:var(--dim);stroke-dasharray:3 3}.history .grid{stroke:var(--soft)}
        .history .dot{fill:var(--p50);stroke:var(--card);stroke-width:1.5}.history .dot.bad{fill:var(--fail)}
        .history a:focus-visible .dot{stroke:var(--info);stroke-width:3}
        .filter{display:flex;gap:10px;align-items:center}.filter[hidden]{display:none}.filter label{margin:0;white-space:nowrap}
        .filter input{flex:0 1 320px;min-width:0}
        label:has(>input[type=checkbox]){display:flex;gap:6px;align-items:center;min-height:34px;color:var(--ink)}
        label>input[type=checkbox]{width:16px;height:16px;margin:0}
        .actions{display:flex;flex-wrap:wrap;gap:8px;margin:12px 0}.actions form{margin:0}
        .attention{list-style:none;margin:0;padding:0}.attention li{padding:6px 0;border-bottom:1px solid var(--soft)}
        .attention li:last-child{border:0}
        .count{background:var(--bad);color:var(--card);border-radius:99px;padding:0 7px;font-size:12px;font-weight:700;margin-left:5px}
        .finished{--tone:var(--good)}.silent{--tone:var(--dim)}.critical-anomaly{--tone:var(--bad)}.warning-anomaly{--tone:var(--warn)}
        .button[aria-current]{border-color:var(--info);color:var(--info);font-weight:600}
        @media (max-width:600px){
        table.stack,table.stack tbody,table.stack tr,table.stack td{display:block}
        table.stack thead{display:none}
        table.stack tr{display:flex;flex-wrap:wrap;gap:2px 14px;padding:9px 0;border-bottom:1px solid var(--edge)}
        table.stack tr[hidden]{display:none}
        table.stack td{border:0;padding:0;text-align:left}table.stack td.whole{flex:1 0 100%}
        table.stack td[data-label]::before{content:attr(data-label) " ";color:var(--dim);font-size:12.5px}
        table.stack td:empty{display:none}
        .top .inner{padding:6px 8px}.top nav{flex-basis:100%}
        .top nav a{padding:5px 7px;font-size:14px;white-space:nowrap}.spanrow{grid-template-columns:1fr 76px}
        .spanrow svg{grid-column:1/3;grid-row:2}}
        @media print{.top,.pager,button{display:none}}

        """#
}
