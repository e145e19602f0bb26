"""The rule pack as one self-contained page: reads on a screen, prints on A4, has a place to sign.

Knows HTML and page breaks. What the rules say comes worded in a
:class:`lic.model.rulebook.Rulebook`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lic.model.rulebook import ColumnCard, Item, ItemKind, Line, RowCard, Rulebook, ValueCard
from lic.reports import labels_rules as labels

_STYLE = """
:root { --ink: #1c2430; --soft: #5b6675; --rule: #c9d1db; --tint: #f2f5f9; --mark: #8a1c1c; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.55 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: var(--ink);
  max-width: 190mm; margin: 8mm auto; padding: 0 4mm; }
h1, h2, h3, th, nav {
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimHei, sans-serif; }
h1 { font-size: 20pt; text-align: center; margin: 10mm 0 3mm; }
h2 { font-size: 14pt; border-bottom: 1.5pt solid var(--ink); padding-bottom: 1mm; margin: 9mm 0 3mm; }
h3 { font-size: 11pt; margin: 5mm 0 1.5mm; }
p { margin: 1.5mm 0; overflow-wrap: anywhere; }
.sub { text-align: center; color: var(--soft); } .soft { color: var(--soft); }
.warn { color: var(--mark); font-weight: bold; }
nav ol { columns: 2; column-gap: 10mm; padding-left: 7mm; } nav a { color: inherit; text-decoration: none; }
table { width: 100%; border-collapse: collapse; margin: 1.5mm 0 4mm; table-layout: fixed; }
th, td { border: .5pt solid var(--rule); padding: 1mm 1.6mm; vertical-align: top; text-align: left;
  overflow-wrap: anywhere; font-size: 9pt; }
th { background: var(--tint); font-size: 8.5pt; } td.mid, th.mid { text-align: center; }
tr.old td { color: var(--soft); } tr.why td { border-top: none; color: var(--soft); padding-top: 0; }
td p { margin: 0 0 .6mm; } td b { font-weight: normal; color: var(--soft); margin-right: 1.2mm; }
.sign td { height: 16mm; }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages);
  font-size: 8pt; color: #5b6675; } @bottom-left { content: "DIGEST"; font-size: 8pt; color: #5b6675; } }
@media print { body { margin: 0; padding: 0; max-width: none; } h2 { break-after: avoid; }
  h3 { break-after: avoid; } thead { display: table-header-group; } tr, .sign { break-inside: avoid; }
  .page { break-before: page; } a { color: inherit; } }
@media screen and (max-width: 700px) { nav ol { columns: 1; } }
"""


_PAGED = dict.fromkeys(
    ("decisions", "conditions", "fields", "parameters", "checks", "tables", "signatures"), ' class="page"'
)


def rules_page(book: Rulebook) -> str:
    """The whole page."""
    parts = [
        ("roster", labels.ROSTER, _roster(book)),
        ("decisions", labels.DECISIONS, _decisions(book)),
        ("conditions", labels.CONDITIONS, _said(book, ItemKind.CONDITION)),
        ("derived", labels.DERIVED, _said(book, ItemKind.DERIVED)),
        ("lists", labels.LISTS, _said(book, ItemKind.LIST)),
        ("fields", labels.FIELDS, _fields(book)),
        ("parameters", labels.PARAMETERS, _parameters(book)),
        ("overrides", labels.OVERRIDES, _overrides(book)),
        ("checks", labels.CHECKS, _checks(book)),
        ("disabled", labels.DISABLED, _disabled(book)),
        ("tables", labels.TABLES, _tables(book)),
        ("signatures", labels.SIGNATURES, _signatures(book)),
    ]
    shown = [(name, title, body) for name, title, body in parts if body]
    contents = "".join(f'<li><a href="#{name}">{_text(title)}</a></li>' for name, title, _ in shown)
    sections = "".join(
        f'<section id="{name}"{_PAGED.get(name, "")}><h2>{number} {_text(title)}</h2>{body}</section>'
        for number, (name, title, body) in enumerate(shown, start=1)
    )
    title = f"{book.county}{labels.TITLE}"
    style = _STYLE.replace("DIGEST", book.digest[:16])
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{style}</style></head><body><main>"
        f"<h1>{_text(title)}</h1>{_front(book)}"
        f"<nav><h2>{labels.CONTENTS}</h2><ol>{contents}</ol></nav>{sections}</main></body></html>\n"
    )


def _text(value: str) -> str:
    return escape(value, quote=False)


def _front(book: Rulebook) -> str:
    subtitle = labels.SUBTITLE.format(pack=book.pack, digest=book.digest[:16], as_of=book.as_of)
    delivery = labels.DELIVERY.format(run=book.delivery) if book.delivery else labels.NO_DELIVERY
    unset = labels.UNSET.format(names=labels.LIST.join(book.unset)) if book.unset else ""
    categories = labels.CATEGORIES.format(names=labels.LIST.join(book.categories))
    return (
        f'<p class="sub">{_text(subtitle)}</p><p>{labels.ABOUT}</p><p>{_text(categories)}</p>'
        f'<p class="soft">{_text(delivery)}</p>' + (f'<p class="warn">{_text(unset)}</p>' if unset else "")
    )


def _grid(titles: Sequence[str], widths: Sequence[str], rows: Iterable[str], *, name: str = "") -> str:
    body = "".join(rows)
    if not body:
        return ""
    columns = "".join(f'<col style="width:{width}">' for width in widths)
    heads = "".join(f'<th scope="col">{_text(title)}</th>' if title else "<td></td>" for title in titles)
    mark = f' class="{name}"' if name else ""
    lead = f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
    return f"<table{mark}>{lead}<tbody>{body}</tbody></table>"


def _cells(*cells: str, style: str = "") -> str:
    mark = f' class="{style}"' if style else ""
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _lines(lines: Iterable[Line], *, bare: str = "") -> str:
    """Lines in one cell, each with its label but the one called ``bare``."""
    return "".join(
        f"<p>{'' if line.label == bare else f'<b>{_text(line.label)}</b>'}{_text(line.text)}</p>"
        for line in lines
    )


def _notes(item: Item) -> str:
    return "".join(f"<p>{_text(item.line(label))}</p>" for label in labels.NOTES if item.line(label))


def _name(item: Item) -> str:
    return f'<span id="{_text(item.kind.value)}-{_text(item.name)}">{_text(item.name)}</span>'


def _roster(book: Rulebook) -> str:
    rows = (_cells(_name(item), _lines(item.lines)) for item in book.of(ItemKind.ROSTER))
    return f"<p>{labels.ROSTER_NOTE}</p>" + _grid(labels.HEAD_ITEM[::2], ("18%", "82%"), rows)


def _decisions(book: Rulebook) -> str:
    tables = "".join(f"<h3>{_name(item)}</h3>{_decision(item)}" for item in book.of(ItemKind.DECISION))
    return f"<p>{labels.DECISIONS_NOTE}</p>{tables}"


def _decision(item: Item) -> str:
    text = "".join(
        _block(item, title, [row for row in item.rows if row.part == part])
        for part, title in labels.ROW_PARTS.items()
    )
    return _notes(item) + text


def _block(item: Item, title: str, rows: Sequence[RowCard]) -> str:
    if not rows:
        return ""
    celled = bool(item.columns) and any(row.cells for row in rows)
    columns = item.columns if celled else (labels.CONDITION,)
    category = any(row.category for row in rows)
    titles = (labels.ROW_NUMBER, *((labels.CATEGORY,) if category else ()), *columns)
    lead = ("6%", *(("20%",) if category else ()))
    rest = 100 - 6 - (20 if category else 0)
    widths = (*lead, *(f"{rest / len(columns):.2f}%" for _ in columns))
    body = "".join(_decision_row(row, celled=celled, category=category, width=len(titles)) for row in rows)
    head = f'<p class="soft">{_text(title)}</p>' if title else ""
    return head + _grid(titles, widths, [body])


def _decision_row(row: RowCard, *, celled: bool, category: bool, width: int) -> str:
    basis = labels.BASIS.format(basis=row.basis) if row.basis else ""
    lead = [str(row.number), *([_text(row.category + basis)] if category else [])]
    cells = [_text(cell) for cell in row.cells] if celled else [_text(row.condition) or "－"]
    text = _cells(*lead, *cells)
    if row.reason:
        said = f"<b>{labels.REASON}</b>{_text(row.reason)}"
        text += f'<tr class="why"><td></td><td colspan="{width - 1}">{said}</td></tr>'
    return text


def _said(book: Rulebook, kind: ItemKind) -> str:
    rows = (
        _cells(
            _name(item),
            _text(item.level),
            _lines((line for line in item.lines if line.label not in labels.NOTES), bare=_bare(item)),
            _notes(item),
        )
        for item in book.of(kind)
    )
    return _grid(labels.HEAD_ITEM, ("20%", "7%", "48%", "25%"), rows)


def _bare(item: Item) -> str:
    """The label that needs no saying: the first, unless there are several of its kind."""
    return item.lines[0].label if item.lines and item.kind is not ItemKind.LIST else ""


def _fields(book: Rulebook) -> str:
    side = (labels.FROM_TABLE, labels.NO_DELIVERY_LABEL)
    rows = (
        _cells(
            _name(item),
            _text(item.level),
            _text(item.line(labels.FROM_TABLE)),
            _lines(line for line in item.lines if line.label not in side),
            _text(item.line(labels.NO_DELIVERY_LABEL)),
        )
        for item in book.of(ItemKind.FIELD)
    )
    return _grid(labels.HEAD_FIELD, ("15%", "6%", "22%", "44%", "13%"), rows)


def _parameters(book: Rulebook) -> str:
    rows = (_parameter(book, item) for item in book.of(ItemKind.PARAMETER))
    return _grid(labels.HEAD_PARAMETER, ("30%", "13%", "22%", "27%", "8%"), rows)


def _parameter(book: Rulebook, item: Item) -> str:
    unit = item.line(labels.UNIT_LABEL)
    notes = _lines(line for line in item.lines if line.label not in (labels.UNIT_LABEL, labels.FROM_TABLE))
    head = f"{_name(item)}{f'（{_text(unit)}）' if unit else ''}{notes}"
    if not item.values:
        return _cells(head, "", f'<span class="warn">{labels.NO_VALUE}</span>', "", "")
    text, span = "", len(item.values)
    for number, value in enumerate(item.values):
        lead = f'<td rowspan="{span}">{head}</td>' if number == 0 else ""
        mark = labels.CURRENT if value.current else ""
        shown = f"{value.key}　{value.text}" if value.key else value.text
        cells = "".join(f"<td>{_text(cell)}</td>" for cell in (value.since, shown, _grounds(value), mark))
        style = "" if value.current else ' class="old"'
        text += f"<tr{style}>{lead}{cells}</tr>"
    if item.name in book.unset:
        text += f'<tr><td colspan="5" class="warn">{_text(item.name)}：{labels.NO_VALUE}</td></tr>'
    return text


def _grounds(value: ValueCard) -> str:
    return labels.REPLACED.format(old=value.reference, layer=value.layer) if value.layer else value.reference


def _overrides(book: Rulebook) -> str:
    rows = (
        _cells(
            _text(item.layer),
            _text(" ".join(filter(None, (item.kind, item.name, item.what)))),
            _text(labels.REPLACED.format(old=item.old, layer=item.replaced) if item.replaced else ""),
            _text(item.text) + (f"<p>{labels.SINCE.format(day=item.since)}</p>" if item.since else ""),
            _text(item.reference),
        )
        for item in book.overrides
    )
    return _grid(labels.HEAD_OVERRIDE, ("15%", "21%", "21%", "21%", "22%"), rows)


def _checks(book: Rulebook) -> str:
    rows = (
        _cells(
            _text(item.code),
            _name(item),
            f"<p>{_text(item.line(labels.SEVERITY))}</p><p>{_text(item.line(labels.DIRECTION))}</p>",
            _lines(line for line in item.lines if line.label not in labels.CHECK_HIDDEN),
            "".join(f"<p>{_text(item.line(label))}</p>" for label in labels.CHECK_SIDE if item.line(label)),
        )
        for item in book.of(ItemKind.CHECK)
        if not item.off
    )
    return f"<p>{labels.CHECKS_NOTE}</p>" + _grid(labels.HEAD_CHECK, ("8%", "16%", "11%", "43%", "22%"), rows)


def _disabled(book: Rulebook) -> str:
    rows = (
        _cells(_text(item.code), _name(item), _text(item.off)) for item in book.of(ItemKind.CHECK) if item.off
    )
    return _grid(labels.HEAD_DISABLED, ("8%", "32%", "60%"), rows)


def _tables(book: Rulebook) -> str:
    shared = "".join(f"<h3>{_name(item)}</h3>{_lines(item.lines)}" for item in book.of(ItemKind.READING))
    return "".join(_table(item) for item in book.of(ItemKind.TABLE)) + shared


def _table(item: Item) -> str:
    title = labels.TABLE_HEAD.format(
        name=item.name,
        code=item.code,
        department=item.line(labels.DEPARTMENT),
        required=labels.REQUIRED[item.line(labels.REQUIRED_LABEL)],
    )
    rows = (_column(cell) for cell in item.cells)
    return f"<h3>{_text(title)}</h3>" + _grid(labels.HEAD_TABLE, ("18%", "14%", "38%", "30%"), rows)


def _column(cell: ColumnCard) -> str:
    known = {line.label: line.text for line in cell.lines}
    kind = " ".join(known[label] for label in (labels.TYPE_LABEL, labels.UNIT_LABEL) if label in known)
    rest = (line for line in cell.lines if line.label not in (labels.TYPE_LABEL, labels.UNIT_LABEL))
    return _cells(_text(cell.name), _text(kind), _text(labels.LIST.join(cell.headings)), _lines(rest))


def _signatures(book: Rulebook) -> str:
    heads = (*labels.SIGNED_BY, labels.SIGN_DATE)
    note = labels.SIGNED_NOTE.format(digest=book.digest)
    blank = _cells(*("" for _ in heads))
    return f"<p>{_text(note)}</p>" + _grid(heads, ["25%"] * len(heads), [blank], name="sign")
