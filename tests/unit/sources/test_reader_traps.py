"""What the reading libraries really do: an upgrade that changes one of these must be noticed.

Each is why lic reads as it does; nothing here is lic's own behaviour.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineError, CalamineWorkbook

from tests.errors.bad_input.files import far, part, sheet, strict, without
from tests.errors.inputs import GOOD, PENSION, rezipped


def cells(data: bytes, *, skip: bool = False) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=skip)


def row_2(xml: str) -> bytes:
    """The good workbook with another row 2."""
    row = f'<row r="2">{xml}</row></sheetData>'.encode()
    return sheet(lambda data: re.sub(rb'<row r="2".*</sheetData>', row, data, flags=re.DOTALL))


def test_calamine_aborts_on_cells_far_apart(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(sheet(far(1048576, "XFD")))
    code = "import sys; from python_calamine import CalamineWorkbook as W; "
    code += "W.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30)); "
    if sys.platform != "linux":
        pytest.skip("needs a memory limit")
    ended = subprocess.run([sys.executable, "-c", limit + code, str(file)], capture_output=True, check=False)
    assert ended.returncode < 0


def test_calamine_drops_the_empty_area_unless_told_not_to() -> None:
    data = sheet(lambda data: re.sub(rb'<row r="1".*?</row>', b"", data, flags=re.DOTALL))
    assert len(cells(data)) == len(cells(data, skip=True)) + 1


def test_calamine_reads_an_error_as_blank() -> None:
    assert cells(row_2('<c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c>'))[1][:2] == ["", 1.0]


def test_calamine_trims_and_accepts_cells_outside_the_grid() -> None:
    text = '<c r="A2" t="inlineStr"><is><t> 张三 </t></is></c>'
    assert cells(row_2(text))[1][0] == "张三"
    assert len(cells(sheet(far(1, "XFE")))[0]) == 16385


def test_a_declared_dimension_misleads_openpyxl_only() -> None:
    data = sheet(lambda data: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', data))
    assert len(cells(data)[0]) == len(PENSION)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    assert [len(row) for row in book.worksheets[0].iter_rows()] == [1]


def test_strict_workbooks_and_empty_fills_are_read_by_calamine_only() -> None:
    data = rezipped(lambda _, data: strict(data))
    assert cells(data)[0] == PENSION
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets == []
    data = part("styles.xml", lambda data: re.sub(rb"<fill>.*?</fill>", b"<fill/>", data, count=1))
    assert cells(data)[0] == PENSION
    with pytest.raises(TypeError):
        openpyxl.load_workbook(io.BytesIO(data))


def test_missing_strings_are_an_error() -> None:
    with pytest.raises(CalamineError):
        cells(without("sharedStrings.xml"))


def test_a_number_as_text_is_a_plausible_wrong_number() -> None:
    data = row_2('<c r="A2"><v>6.1099919350203E17</v></c>')
    assert cells(data)[1][0] == 6.1099919350203e17
    for engine in ("calamine", "openpyxl"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = pd.read_excel(io.BytesIO(data), dtype=str, engine=engine)  # noqa: TID251
        assert table.iloc[0, 0] == "610999193502029952"


def test_pandas_shifts_columns_and_loses_names() -> None:
    table = pd.read_csv(io.StringIO(f"姓名,身份证号\n张三,{GOOD},\n"), dtype=str)  # noqa: TID251
    assert table["姓名"].tolist() == [GOOD]
    assert pd.read_csv(io.StringIO("姓名\nNA\nnull\n"), dtype=str)["姓名"].isna().all()  # noqa: TID251


def test_encodings_and_unicode() -> None:
    assert "姓名".encode().decode("gb18030") == "濮撳悕"
    assert next(csv.reader(["\ufeff姓名"])) == ["\ufeff姓名"]
    assert unicodedata.normalize("NFKC", "\uff16\uff11\uff10\uff38\uff1d\uff0e\u3000") == "610X=. "
    assert unicodedata.normalize("NFKC", "\u200b•") == "\u200b•"
