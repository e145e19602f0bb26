"""Searching a sheet's XML as bytes finds what walking it element by element finds."""

from __future__ import annotations

import io
import zipfile
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic.sources import sheet_part
from lic.sources.exact import scan_exactly
from lic.sources.scan import SheetScan, column_number
from lic.sources.sheet_part import SheetPart
from lic.sources.unsafe import Limits, Unsafe

Cell: TypeAlias = tuple[str, tuple[str, str]]  # column letters; attributes and content
Row: TypeAlias = tuple[int, str, bool, list[Cell]]  # steps on; attributes; number first; cells

_LIMITS = Limits(seconds=60, memory_mb=1024, unpacked_mb=100, ratio=10_000, cells=10_000_000)
_COLUMNS = st.sampled_from(["A", "B", "K", "Z", "AA", "AZ", "BC", "ZZ", "XFD"])
_CELL = st.tuples(
    _COLUMNS,
    st.sampled_from(
        [
            ("", "<v>1</v>"),
            (' s="3"', "<v>20261031</v>"),
            (' s="1" t="s"', "<v>7</v>"),
            ("", "<v></v>"),
            ("", ""),
            (' t="e"', "<v>#N/A</v>"),
            (' s="2" t="e"', "<f>B1+1</f><v>#REF!</v>"),
            ("", "<f>A1+1</f><v>3</v>"),
            (' t="str"', "<f>A1&amp;B1</f><v></v>"),
            ("", "<f>A1+1</f>"),
            ("", '<f t="shared" si="0"/>'),
            (' t="inlineStr"', "<is><t>石桥镇</t></is>"),
            ("", "<!-- seen --><v>2</v>"),
        ]
    ),
)
_ROW = st.tuples(
    st.integers(1, 3),
    st.sampled_from(["", ' spans="1:20"', ' hidden="1"', ' hidden="true" ht="15"']),
    st.booleans(),  # whether its number comes first
    st.lists(_CELL, max_size=5),
)
_MERGES = st.lists(st.sampled_from(["A1:B2", "C3:C9", "AA1:AB1"]), unique=True, max_size=3)
_FAR_ROWS = st.sampled_from([0, 0, 0, 995, 1_000_000])
_HIDDEN_COLUMNS = st.sampled_from(["", '<cols><col min="2" max="3" hidden="1" width="9"/></cols>'])


def _sheet(first: int, rows: list[Row]) -> str:
    number, lines = first, []
    for step, more, leading, cells in rows:
        number += step
        tag = f' r="{number}"{more}' if leading else f'{more} r="{number}"'
        inner = "".join(
            f'<c r="{column}{number}"{attributes}>{content}</c>' for column, (attributes, content) in cells
        )
        lines.append(f"<row{tag}>{inner}</row>")
    return "".join(lines)


def _xml(first: int, rows: list[Row], cols: str, merges: list[str]) -> bytes:
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{cols}<sheetData>{_sheet(first, rows)}</sheetData>{merged}</worksheet>"
    ).encode()


def _search(xml: bytes) -> SheetScan:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", xml)
    with zipfile.ZipFile(buffer) as archive:
        return SheetPart(archive, archive.infolist()[0], _LIMITS, 0, 0).scan()


@given(_FAR_ROWS, st.lists(_ROW, max_size=30), _HIDDEN_COLUMNS, _MERGES, st.sampled_from([90, 200, 1 << 20]))
def test_a_search_in_pieces_finds_what_a_walk_finds(
    first: int,
    rows: list[Row],
    cols: str,
    merges: list[str],
    size: int,
) -> None:
    xml = _xml(first, rows, cols, merges)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_part, "_CHUNK", max(size, xml.find(b"<sheetData") + 20))
        found = _search(xml)
    exact = scan_exactly([xml])
    assert found.errors == exact.errors
    assert sorted(found.hidden_rows) == sorted(exact.hidden_rows)
    assert found.hidden_columns == exact.hidden_columns
    assert found.merged == exact.merged
    assert exact.rows <= found.rows <= first + sum(row[0] for row in rows)  # empty rows count as well
    assert found.columns == max([26, *(column_number(cell[0]) for row in rows for cell in row[3])])


@pytest.mark.parametrize(
    "cells",
    [
        "<c><v>1</v></c>",
        "<c t='n'><v>1</v></c>",
        "<c r='A2'><v>1</v></c>",
        '<c\n r="A2"><v>1</v></c>',
    ],
)
def test_cells_written_unusually_are_walked(cells: str) -> None:
    xml = _xml(0, [(1, "", True, [("A", ("", "<v>1</v>"))])], "", [])
    xml = xml.replace(b"</sheetData>", f'<row r="2">{cells}</row></sheetData>'.encode())
    assert _search(xml).filled == 2
    assert _search(xml).rows == 2
    assert _search(xml).columns == 1  # only a walk knows so exactly


def test_a_definition_of_entities_is_refused_wherever_it_stands() -> None:
    xml = _xml(0, [(1, "", True, [("A", ("", "<v>1</v>"))])] * 400, "", [])
    for at in (xml.find(b"<worksheet"), xml.find(b"</sheetData>")):
        with pytest.raises(Unsafe, match="S107"):
            _search(xml[:at] + b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml[at:])
