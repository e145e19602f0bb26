"""Tables as departments send them: known headings, odd cells, titles, totals, and several kinds of file."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
import xlwt
from hypothesis import strategies as st

from lic.model.table import ColumnType
from lic.sources.spec import ColumnSpec, SourceSpec
from lic.values.idnumber import check_digit
from tests.unit.sources.shipped import shipped_sources

Row = list[Any]


@dataclass(frozen=True)
class Sent:
    """A file as it was made. ``plain``: how many of its rows hold a number that nobody can dispute."""

    name: str
    data: bytes
    table: str
    plain: int


def number(day: int, serial: int) -> str:
    born = date(1940, 1, 1) + timedelta(days=day)
    first = f"610999{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


numbers = st.builds(number, st.integers(0, 25_000), st.integers(1, 999))
odd_numbers = st.one_of(
    numbers.map(str.lower),
    numbers.map(lambda text: f"'{text}"),
    numbers.map(lambda text: f" {text[:6]} {text[6:]}\u200b"),
    numbers.map(lambda text: "".join(chr(ord(char) + 0xFEE0) for char in text)),
    numbers.map(lambda text: text[:17]),
    numbers.map(lambda text: text[:6] + text[8:17]),
    numbers.map(lambda text: float(text[:17]) * 10),
    st.sampled_from(["0", "无", "", "111111111111111111", "610999194013011234", "="]),
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
amounts = st.one_of(
    st.integers(-5, 10**9),
    st.floats(-100, 1e7, allow_nan=False).map(lambda value: round(value, 2)),
    st.sampled_from(["1,200.50", "￥300", "约500", "-", "1.2万", "300 500", "(12)", "", "1e5", "九百"]),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)
days = st.one_of(
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.sampled_from(["2024.1.5", "2024年1月", "20240105", "2024-02-30", "24.1.5", "长期", "", "至今"]),
    st.integers(-1, 3_000_000),
)
anything = st.one_of(texts, st.integers(), st.booleans(), st.none(), amounts, days)


def cells(column: ColumnSpec) -> st.SearchStrategy[Any]:
    """Mostly what belongs into the column, sometimes anything."""
    if column.type is ColumnType.ID:
        usual: st.SearchStrategy[Any] = st.one_of(numbers, numbers, numbers, odd_numbers)
    elif column.type in (ColumnType.MONEY, ColumnType.INTEGER, ColumnType.DECIMAL):
        usual = amounts
    elif column.type in (ColumnType.DATE, ColumnType.MONTH, ColumnType.SCHOOL_YEAR):
        usual = days
    elif column.vocabulary is not None:
        usual = st.sampled_from(sorted(column.vocabulary.exact)[:20] or [""])
    else:
        usual = st.one_of(texts, st.sampled_from(["张三", "买买提·艾力", "1", "示例镇示例村"]))
    return st.one_of(usual, usual, usual, usual, usual, usual, anything)


@st.composite
def headed_rows(draw: st.DrawFn, source: SourceSpec) -> tuple[list[Row], int]:
    """A title, the heading, rows, a foot; and how many rows hold a plain number."""
    kept = [column for column in source.columns if column.needed or draw(st.integers(0, 2))]
    if draw(st.booleans()):
        kept = draw(st.permutations(kept))
    heading: Row = [_spelled(draw, draw(st.sampled_from(column.headings))) for column in kept]
    extra = draw(st.integers(0, 1))
    body = [
        [*(draw(cells(column)) for column in kept), *(draw(anything) for _ in range(extra))]
        for _ in range(draw(st.integers(0, 6)))
    ]
    heading += ["备用列"] * extra
    at = next((index for index, column in enumerate(kept) if column.name == source.number), None)
    plain = 0 if at is None else sum(_is_plain(row[at]) for row in body)
    if draw(st.booleans()):
        body.insert(draw(st.integers(0, len(body))), [""] * len(heading))
    top: list[Row] = draw(st.sampled_from([[], [], [["2026年10月发放明细"]], [["单位：万元"], []]]))
    foot: list[Row] = draw(st.sampled_from([[], [["合计", *[5] * (len(heading) - 1)]], [["填表人：张三"]]]))
    return [*top, heading, *body, *foot], plain


def _spelled(draw: st.DrawFn, heading: str) -> str:
    return draw(st.sampled_from([heading, heading, heading, f" {heading}\u200b", f"{heading}\n"]))


def _is_plain(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) == 18 and cell.isascii() and cell.startswith("610999")


@st.composite
def files(draw: st.DrawFn) -> Sent:
    """A file of one table."""
    source = draw(st.sampled_from(shipped_sources().sources))
    rows, plain = draw(headed_rows(source))
    suffix, write = draw(st.sampled_from(WRITERS))
    return Sent(f"{source.name}{suffix}", write(rows), source.name, plain)


def xlsx(rows: Sequence[Row]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(at, column, cell)
            elif isinstance(cell, bool):
                sheet.write_boolean(at, column, cell)
            elif cell is not None:
                sheet.write_number(at, column, cell)
    book.close()
    return target.getvalue()


def xls(rows: Sequence[Row]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, str(cell) if isinstance(cell, int) and abs(cell) > 1 << 52 else cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def page(rows: Sequence[Row]) -> bytes:
    lines = ("".join(f"<td>{html.escape(_text(cell))}</td>" for cell in row) for row in rows)
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


def text(mark: str, encoding: str, end: str = "\r\n") -> Callable[[Sequence[Row]], bytes]:
    def write(rows: Sequence[Row]) -> bytes:
        lines = (mark.join(_quoted(_text(cell), mark) for cell in row) for row in rows)
        return end.join(lines).encode(encoding, "replace")

    return write


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _quoted(cell: str, mark: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if {mark, '"', "\n", "\r"} & set(cell) else cell


WRITERS: list[tuple[str, Callable[[Sequence[Row]], bytes]]] = [
    (".xlsx", xlsx),
    (".xlsx", xlsx),
    (".xls", xls),
    (".xls", page),
    (".csv", text(",", "utf-8-sig")),
    (".csv", text(",", "gb18030")),
    (".txt", text("\t", "utf-16")),
    (".csv", text(";", "utf-8", "\r")),
]
