/// The look of a flamegraph, scoped to `svg.flame` so that it can stand in a page.
enum FlamegraphStyle {
    // Tints of the Okabe-Ito palette, which people with any colour vision tell apart; text on them has a contrast of
    // at least 4.5 to 1 in both schemes. Orange and blue in a diff, never red and green, and the sign is in the text.
    static let css = #"""
        svg.flame{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color-scheme:light dark;
        --ink:#1b1f24;--dim:#57606a;--ground:#fff;--line:#fff;--hatch:#8c959f;--mark:#0550ae;
        --s0:#f6c667;--s1:#9fd3f0;--s2:#8fd6b8;--s3:#f2e27a;--s4:#b4c8ee;--s5:#f2ad8a;--s6:#e3b3d1;--s7:#cfd6dc;
        --o1:#fde3c4;--o2:#fbc687;--o3:#f5a54a;--o4:#e8841a;--b1:#d5e8f7;--b2:#a9d0ef;--b3:#76b3e2;--b4:#4a94d0;--same:#d8dee4}
        @media (prefers-color-scheme:dark){svg.flame{--ink:#f0f3f6;--dim:#9ea7b3;--ground:#0d1117;--line:#0d1117;
        --hatch:#6e7781;--mark:#79c0ff;--s0:#7a5400;--s1:#1f5f85;--s2:#0b6b4d;--s3:#655b00;--s4:#2f4f8f;--s5:#8a3d12;
        --s6:#7d3f66;--s7:#4a525c;--o1:#46301a;--o2:#613a0c;--o3:#7f4a05;--o4:#985800;--b1:#1d3246;--b2:#1c4668;
        --b3:#175a8c;--b4:#1668a8;--same:#3a424c}}
        .flame .ground{fill:var(--ground)}
        .flame text{fill:var(--ink);pointer-events:none}
        .flame .head{font-size:14px;font-weight:600}
        .flame .note,.flame .key text{fill:var(--dim);font-size:11.5px}
        .flame .detail{font-size:12px}
        .flame .f{cursor:pointer;outline:none}
        .flame .f rect{stroke:var(--line);stroke-width:1}
        .flame .f:hover rect,.flame .f:focus rect{stroke:var(--mark);stroke-width:3}
        .flame .off{display:none}
        .flame .button{display:none;cursor:pointer;outline:none}
        .flame .button.on{display:inline}
        .flame .button rect{fill:var(--ground);stroke:var(--dim)}
        .flame .button:hover rect,.flame .button:focus rect{stroke:var(--mark);stroke-width:2}
        .flame .hit rect{stroke:var(--ink);stroke-width:2}
        .flame [role=tree]{outline:none}
        .flame .past{opacity:.55}
        .flame .miss{opacity:.3}
        .flame .s0{fill:var(--s0)}.flame .s1{fill:var(--s1)}.flame .s2{fill:var(--s2)}.flame .s3{fill:var(--s3)}
        .flame .s4{fill:var(--s4)}.flame .s5{fill:var(--s5)}.flame .s6{fill:var(--s6)}.flame .s7{fill:var(--s7)}
        .flame .o1{fill:var(--o1)}.flame .o2{fill:var(--o2)}.flame .o3{fill:var(--o3)}.flame .o4{fill:var(--o4)}
        .flame .b1{fill:var(--b1)}.flame .b2{fill:var(--b2)}.flame .b3{fill:var(--b3)}.flame .b4{fill:var(--b4)}
        .flame .same{fill:var(--same)}
        .flame .gap rect{fill:url(#plimsoll-gap)}
        .flame .gone rect{fill:url(#plimsoll-gone)}
        .flame .gap text,.flame .gone text{paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
        .flame .key text{stroke:none}
        .plimsoll-ground{fill:var(--ground)}.plimsoll-hatch{stroke:var(--hatch)}
        .plimsoll-blue{fill:var(--b1)}.plimsoll-lines{stroke:var(--b4)}
        @media (prefers-reduced-motion:no-preference){.flame .f{transition:opacity .15s}}
        @media print{.flame .button.on{display:none}svg.flame{color-scheme:light}.flame .detail{display:none}}

        """#

    /// Hatching for time that belongs to no span, and for frames that only the baseline has.
    static let patterns = #"""
        <defs><pattern id="plimsoll-gap" width="6" height="6" patternUnits="userSpaceOnUse" \#
        patternTransform="rotate(45)"><rect class="plimsoll-ground" width="6" height="6"/>\#
        <line class="plimsoll-hatch" y2="6" stroke-width="2"/></pattern>\#
        <pattern id="plimsoll-gone" width="7" height="7" patternUnits="userSpaceOnUse" \#
        patternTransform="rotate(-45)"><rect class="plimsoll-blue" width="7" height="7"/>\#
        <line class="plimsoll-lines" y2="7" stroke-width="4"/></pattern></defs>
        """#
}
