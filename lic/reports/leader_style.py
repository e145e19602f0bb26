"""The look of the leader's page: one style for screen, phone and A4."""

STYLE = """
:root { --ink: #16202c; --soft: #4a5766; --rule: #c3ccd6; --tint: #eef2f7; --blue: #1f4e87;
  --mark: #8c1d18; --markbg: #fdf1ef; --good: #1d5b35; --goodbg: #eef7f0; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 20px 24px 40px; max-width: 1120px; color: var(--ink); background: #fff;
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", SimHei,
  sans-serif; }
a { color: var(--blue); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 6px; }
header { border-bottom: 3px solid var(--blue); padding-bottom: 10px; margin-bottom: 16px; }
h1 { font-size: 28px; line-height: 1.3; margin: 0; } header p { margin: 4px 0 0; }
h2 { font-size: 20px; margin: 34px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--rule); }
h3 { font-size: 16px; margin: 16px 0 6px; }
p { margin: 6px 0; } .soft { color: var(--soft); font-size: 14px; }
.alert { border-left: 6px solid var(--mark); background: var(--markbg); padding: 8px 14px; margin: 12px 0; }
.alert strong { color: var(--mark); }
.fine { border-left: 6px solid var(--good); background: var(--goodbg); padding: 8px 14px; margin: 12px 0; }
.fine strong { color: var(--good); }
.cards { display: grid; grid-template-columns: repeat(6, 1fr); gap: 10px; margin: 12px 0; padding: 0;
  list-style: none; }
.cards li { border: 1px solid var(--rule); border-top: 4px solid var(--blue); padding: 8px 10px;
  background: #fff; }
.cards .doubt { border-top-color: var(--mark); }
.cards span { display: block; } .cards .k { font-size: 14px; color: var(--soft); }
.cards .n { font-size: 26px; font-weight: bold; line-height: 1.25; white-space: nowrap; }
.cards .n small { font-size: 14px; font-weight: normal; margin-left: 3px; }
.cards .s { font-size: 13px; color: var(--soft); line-height: 1.4; }
.pair { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 28px; align-items: start; }
figure { margin: 8px 0; } figcaption { font-size: 14px; color: var(--soft); }
figcaption strong { color: var(--ink); display: block; font-size: 15px; }
svg { display: block; width: 100%; max-width: 480px; height: auto; margin-top: 8px; }
svg text { font-size: 12px; fill: #16202c; } svg .l { fill: #16202c; } svg .v { font-weight: bold; }
svg .m { text-anchor: middle; } svg .e { text-anchor: end; }
svg .b { fill: #1f4e87; } svg .d { stroke: #8c1d18; } svg .s1 { fill: #8c1d18; } svg .s2 { fill: #66727f; }
svg .o1 { stroke: #8c1d18; } svg .o2 { stroke: #66727f; }
svg .t0 rect { fill: #fff; stroke: #66727f; stroke-dasharray: 3 2; }
svg .t1 rect { fill: #e3ecf7; stroke: #1f4e87; } svg .t2 rect { fill: #c0d5ee; stroke: #1f4e87; }
svg .t3 rect { fill: #94b8e0; stroke: #1f4e87; }
svg .t4 rect { fill: #2f65a5; stroke: #1f4e87; } svg .t5 rect { fill: #143a68; stroke: #143a68; }
svg .t4 text, svg .t5 text { fill: #fff; }
.wide { overflow-x: auto; margin: 8px 0; }
.wide:focus { outline: 3px solid var(--blue); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { border: 1px solid var(--rule); padding: 5px 8px; text-align: left; vertical-align: top; }
thead th { background: var(--tint); font-weight: bold; vertical-align: bottom; }
tbody th { font-weight: normal; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.n, td.k { white-space: nowrap; } th.n { min-width: 4.6em; }
.map svg { max-width: 660px; }
tr.sum th, tr.sum td { font-weight: bold; background: var(--tint); }
td.zero { color: var(--soft); } td.same { outline: 2px solid var(--blue); outline-offset: -3px; }
abbr { text-decoration: none; border-bottom: 1px dotted var(--soft); }
footer { margin-top: 36px; border-top: 1px solid var(--rule); padding-top: 8px; }
footer p { font-size: 13px; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 860px) { .cards { grid-template-columns: repeat(3, 1fr); } .pair { display: block; } }
@media (max-width: 520px) {
  body { padding: 12px 14px 28px; } h1 { font-size: 22px; } h2 { font-size: 18px; margin-top: 28px; }
  .cards { grid-template-columns: repeat(2, 1fr); gap: 8px; } .cards .n { font-size: 22px; }
  .wide { margin-right: -14px; padding-right: 14px; } th, td { padding: 4px 6px; }
  table { font-size: 13px; } td.long, th.long { min-width: 9em; }
}
@page { size: A4; margin: 14mm 13mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.45; }
  h1 { font-size: 18pt; } h2 { font-size: 12.5pt; margin: 6mm 0 2mm; break-after: avoid; }
  h3, figcaption strong { font-size: 10.5pt; break-after: avoid; }
  .soft, figcaption { font-size: 8.5pt; } table { font-size: 8.3pt; } th, td { padding: .8mm 1.3mm; }
  .cards { grid-template-columns: repeat(6, 1fr); gap: 2mm; } .cards li { padding: 1.5mm 2mm; }
  .cards .n { font-size: 14pt; } .cards .n small, .cards .s, .cards .k { font-size: 7.5pt; }
  .pair { display: grid; gap: 7mm; } .wide { overflow: visible; margin: 1.5mm 0; padding: 0; }
  figure, tr, .cards, .alert, .fine, .pair, .short { break-inside: avoid; }
  h2 + .soft { break-after: avoid; } thead { display: table-header-group; }
  .skip { display: none; } svg { max-width: 84mm; } .map svg { max-width: 120mm; }
  th.n { min-width: 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
