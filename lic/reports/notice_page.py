"""A notice as one self-contained page: a sheet of A4 for each village, for the board and for a website.

Knows HTML. Sees a :class:`lic.reports.notice.Notice` and nothing of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lic.reports import labels_notice as words
from lic.reports.notice import Notice, NoticeList

_STYLE = """
* { box-sizing: border-box; }
body { font: 14pt/1.6 FangSong, FangSong_GB2312, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
  color: #000; background: #fff; margin: 0 auto; max-width: 180mm; padding: 6mm 4mm; }
section { margin-bottom: 14mm; }
h1 { font: bold 20pt/1.35 FZXiaoBiaoSong-B05S, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
  text-align: center; margin: 0 0 2mm; overflow-wrap: anywhere; }
h2 { font-size: 14pt; font-weight: normal; text-align: center; margin: 0 0 4mm; overflow-wrap: anywhere; }
p { margin: 0 0 1mm; text-indent: 2em; overflow-wrap: anywhere; }
table { width: calc(100% - 2px); border-collapse: collapse; margin: 3mm 0; font-size: 12pt;
  line-height: 1.35; }
th { white-space: nowrap; }
th, td { border: .6pt solid #000; padding: 1.4mm 1.6mm; text-align: center; overflow-wrap: anywhere; }
td.place { text-align: left; } .note { font-size: 10.5pt; text-indent: 0; }
.phone { text-indent: 0; margin-top: 3mm; } .signed { text-align: right; text-indent: 0; margin-top: 6mm; }
.dated { text-align: right; text-indent: 0; }
@page { size: A4 portrait; margin: 22mm 18mm 18mm 20mm; @bottom-center {
  content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print { body { padding: 0; max-width: none; } section { margin: 0; break-after: page; }
  section:last-child { break-after: auto; } thead { display: table-header-group; }
  tr, .signed, .dated, .phone { break-inside: avoid; } .phone { break-after: avoid; } }
@media screen and (max-width: 600px) { body { font-size: 12pt; } table { font-size: 10.5pt; }
  th, td { padding: 1mm; } }
"""
_COLUMNS = ((words.NUMBER, 8), (words.HEAD, 17), (words.PLACE, 27), (words.MEMBERS, 12), (words.COVERED, 12),
            (words.CATEGORY, 24))  # fmt: skip


def notice_page(notice: Notice) -> str:
    """The whole page."""
    lists = notice.lists or (NoticeList("", (), ()),)
    sections = "".join(_section(notice, item) for item in lists)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(notice.title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{sections}</main></body></html>\n"
    )


def _text(value: str) -> str:
    return escape(value, quote=False)


def _section(notice: Notice, item: NoticeList) -> str:
    return "".join(_parts(notice, item))


def _parts(notice: Notice, item: NoticeList) -> Iterator[str]:
    yield f"<section><h1>{_text(notice.title)}</h1>"
    if item.village:
        yield f"<h2>{_text(words.LIST_TITLE.format(village=item.village))}</h2>"
    yield "".join(f"<p>{_text(text)}</p>" for text in notice.lead)
    if item.rows:
        yield _table(item)
    if item.notes:
        yield f'<p class="note">{_text(words.NOTES.format(notes="".join(item.notes)))}</p>'
    yield f'<p class="phone">{_text(notice.phone)}</p><p class="signed">{_text(notice.signed)}</p>'
    yield f'<p class="dated">{_text(notice.dated)}</p></section>'


def _table(item: NoticeList) -> str:
    columns = "".join(f'<col style="width:{width}%">' for _, width in _COLUMNS)
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name, _ in _COLUMNS)
    rows = "".join(
        f'<tr><td>{number}</td><td>{_text(row.head)}</td><td class="place">{_text(row.place)}</td>'
        f"<td>{row.members}</td><td>{row.covered}</td><td>{_text(row.category)}</td></tr>\n"
        for number, row in enumerate(item.rows, start=1)
    )
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>"
    )
