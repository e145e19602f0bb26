"""A text for people as one self-contained page: opens offline, prints on A4.

Knows HTML. What stands in it is a :class:`lic.model.page.Paper`.
"""

from __future__ import annotations

from html import escape
from unicodedata import east_asian_width

from lic.model.page import Branch, Paper, Section

_SHORT = 18  # columns: an ID number
_STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --rule: #c9d1db; --tint: #f2f5f9; --mark: #8a1c1c; }
* { box-sizing: border-box; }
body { font: 10pt/1.5 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: var(--ink);
  max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
h1, h2, th, dt {
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimHei, sans-serif; }
h1 { font-size: 16pt; margin: 4mm 0 1mm; }
h2 { font-size: 11.5pt; border-bottom: 1pt solid var(--ink); margin: 6mm 0 2mm; padding-bottom: .6mm; }
p { margin: 1mm 0; } .sub, small { color: var(--soft); } .alarm { color: var(--mark); font-weight: bold; }
dl { display: grid; grid-template-columns: 14mm 1fr; gap: .8mm 3mm; margin: 3mm 0; }
dt { font-weight: bold; } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th, td { border: .5pt solid var(--rule); padding: .8mm 1.4mm; text-align: left; vertical-align: top;
  font-size: 8.8pt; overflow-wrap: anywhere; }
th { background: var(--tint); font-size: 8.2pt; white-space: nowrap; }
td.n { white-space: nowrap; }
.tree p { font-size: 8.6pt; margin: .3mm 0; overflow-wrap: anywhere; padding-left: calc(var(--d) * 4mm); }
footer { margin-top: 6mm; border-top: .5pt solid var(--rule); padding-top: 2mm; }
@page { size: A4; margin: 15mm 14mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } h2 { break-after: avoid; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
@media screen and (max-width: 700px) {
  .wide { overflow-x: auto; } .tree p { padding-left: min(calc(var(--d) * 2.5mm), 40vw); } }
"""


def explanation_page(paper: Paper) -> str:
    """The whole page."""
    lead = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in paper.lead)
    alarm = f'<p class="alarm">{escape(paper.alarm)}</p>' if paper.alarm else ""
    closing = "".join(f"<p>{escape(text)}</p>" for text in paper.closing)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(paper.title)}</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>{escape(paper.title)}</h1><p class="sub">{escape(paper.subtitle)}</p>{alarm}'
        f"<dl>{lead}</dl>{''.join(map(_section, paper.sections))}"
        f"<footer>{closing}</footer></main></body></html>\n"
    )


def _section(section: Section) -> str:
    note = f"<p>{escape(section.note)}</p>" if section.note else ""
    return f"<section><h2>{escape(section.title)}</h2>{note}{_table(section)}{_tree(section)}</section>"


def _table(section: Section) -> str:
    if not section.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.headings)
    rows = "".join(
        "<tr>" + "".join(f"<td{_kept(cell)}>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in section.rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(section.title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _kept(cell: str) -> str:
    """A short cell (a name, a number, a word) stays on one line."""
    wide = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in cell)
    return ' class="n"' if wide <= _SHORT else ""


def _tree(section: Section) -> str:
    if not section.tree:
        return ""
    return f'<div class="tree">{"".join(map(_branch, section.tree))}</div>'


def _branch(branch: Branch) -> str:
    small = f" <small>{escape(branch.small)}</small>" if branch.small else ""
    return f'<p style="--d:{branch.depth}">{escape(branch.text)}{small}</p>'
