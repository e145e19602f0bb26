"""The economic reports of a town as one page to print: every household starts a sheet of A4.

Knows HTML and page breaks. Writes household by household, so that a long town takes no memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from lic.reports import labels_economy as words
from lic.reports.economy import Grid, HouseholdEconomy

_STYLE = """
* { box-sizing: border-box; }
body { font: 9.5pt/1.4 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #000;
  background: #fff; margin: 0 auto; max-width: 186mm; padding: 4mm; }
section { margin-bottom: 12mm; }
h1, h2, th { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimHei, sans-serif; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 1mm; }
h2 { font-size: 10.5pt; margin: 2.5mm 0 1mm; }
p { margin: 0 0 .8mm; overflow-wrap: anywhere; }
.sub { display: flex; justify-content: space-between; gap: 6mm; }
dl { display: grid; grid-template-columns: repeat(2, max-content 1fr); gap: .4mm 2mm; margin: 1mm 0;
  border: .5pt solid #000; padding: 1mm 1.6mm; }
dt { color: #333; } dt::after { content: "："; } dd { margin: 0; overflow-wrap: anywhere; }
dd:last-child:nth-child(4n + 2) { grid-column: 2 / -1; }
table { width: 100%; border-collapse: collapse; margin: 0 0 1mm; }
th, td { border: .5pt solid #000; padding: .5mm 1mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; font-size: 8.5pt; line-height: 1.3; white-space: pre-line; }
th { background: #eee; font-weight: bold; }
table.many th, table.many td { font-size: 7.5pt; padding: .4mm .6mm; }
.note { font-size: 8.5pt; color: #222; } .sign { margin-top: 4mm; }
@page { size: A4 portrait; margin: 12mm 12mm 14mm; @bottom-right {
  content: counter(page) " / " counter(pages); font-size: 8pt; } }
@media print { body { padding: 0; max-width: none; } section { margin: 0; break-after: page; }
  section:last-child { break-after: auto; } thead { display: table-header-group; } tr, .end, dl {
  break-inside: avoid; } h2 { break-after: avoid; } }
@media screen and (max-width: 700px) { table { display: block; overflow-x: auto; }
  dl { grid-template-columns: max-content 1fr; } }
"""
_MANY = 9  # columns from which the letters are smaller
_WIDTHS = {
    (words.DEPARTMENT, words.TABLE): (17, 13, 12, 58),
    (words.CODE, words.DOUBT): (7, 31, 13, 13, 15, 21),
}


def economy_pages(title: str, issuer: str, reports: Iterable[HouseholdEconomy]) -> Iterator[str]:
    """The page in pieces: its head, each household, its end."""
    yield (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body><main>\n"
    )
    for report in reports:
        yield "".join(_household(report, issuer))
    yield "</main></body></html>\n"


def _text(value: str) -> str:
    return escape(value, quote=False)


def _household(report: HouseholdEconomy, issuer: str) -> Iterator[str]:
    yield f"<section><h1>{words.TITLE}</h1>"
    yield f'<p class="sub"><span>{_text(issuer)}</span><span>{_text(report.number)}</span></p><dl>'
    yield "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in report.facts)
    yield f"</dl><h2>{words.PART_DECLARED}</h2>{_grid(report.declared)}"
    yield _line(report.declared_household)
    yield f"<h2>{words.PART_FOUND}</h2>{_grid(report.found)}"
    yield _line(report.nothing_found, "note") + _line(report.not_delivered, "note")
    yield _grid(report.after) + _line(words.AFTER + report.after_household)
    yield f"<h2>{words.PART_DIFFERENT}</h2>"
    yield _grid(report.differences) if report.differences.rows else _line(words.NO_DIFFERENCE)
    yield _line(report.more_differences, "note")
    yield f'<div class="end">{_line(words.DOUBT_IS_NO_BREACH, "note")}'
    yield f'<p class="sign">{words.SIGNATURE}</p></div></section>\n'


def _line(text: str, style: str = "") -> str:
    mark = f' class="{style}"' if style else ""
    return f"<p{mark}>{_text(text)}</p>" if text else ""


def _grid(grid: Grid) -> str:
    if not grid.rows:
        return ""
    widths = next((found for first, found in _WIDTHS.items() if grid.headings[:2] == first), ())
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in grid.headings)
    rows = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in grid.rows)
    style = ' class="many"' if len(grid.headings) >= _MANY else ""
    group = f"<colgroup>{columns}</colgroup>" if columns else ""
    return f"<table{style}>{group}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
