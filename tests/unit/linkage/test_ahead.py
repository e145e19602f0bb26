"""Tables gathered ahead are those that would be gathered when asked for, and few wait in memory."""

from __future__ import annotations

import threading
from contextlib import closing

import pyarrow as pa
import pytest

from lic.linkage.ahead import Ahead, GatheredOne
from lic.linkage.gather import Gathered
from lic.model.table import TableSchema

NAMES = ("甲表", "乙表", "丙表", "丁表")
ROWS = 10


class Folder:
    """Gathers made-up tables and remembers which, and in which thread."""

    def __init__(self, broken: str | None = None) -> None:
        self.asked: list[tuple[str, int]] = []
        self.broken = broken
        self.begun = threading.Event()

    def gather_one(self, name: str) -> GatheredOne:
        self.asked.append((name, threading.get_ident()))
        self.begun.set()
        if name == self.broken:
            raise OSError(name)
        rows = pa.table({"sheet": pa.array([NAMES.index(name)] * ROWS, pa.int32())})
        schema = TableSchema(name, "X", "某局", False, {}, False)
        return Gathered(schema, (), rows, True, frozenset(), {}), []


def taken(folder: Folder, *, most_rows: int) -> list[tuple[str, int, int]]:
    with closing(Ahead(folder.gather_one, NAMES, most_rows=most_rows)) as ahead:
        found = [ahead.take(name)[0] for name in reversed(NAMES)]
    return [(table.schema.name, table.rows.num_rows, table.rows["sheet"][0].as_py()) for table in found]


@pytest.mark.parametrize("most_rows", [0, 1, ROWS, 1_000])
def test_every_table_is_gathered_once_whoever_does_it(most_rows: int) -> None:
    folder = Folder()
    assert taken(folder, most_rows=most_rows) == [(name, ROWS, NAMES.index(name)) for name in reversed(NAMES)]
    assert sorted(name for name, _ in folder.asked) == sorted(NAMES)
    if most_rows == 0:
        assert {thread for _, thread in folder.asked} == {threading.get_ident()}


def test_no_table_is_begun_while_too_many_rows_wait() -> None:
    folder = Folder()
    with closing(Ahead(folder.gather_one, NAMES, most_rows=ROWS)) as ahead:
        for name in NAMES:
            ahead._asked[name].result()
        assert [name for name, _ in folder.asked] == [NAMES[0]]
        assert [ahead.take(name)[0].schema.name for name in NAMES] == list(NAMES)


def test_an_error_reaches_whoever_asks() -> None:
    folder = Folder(broken="甲表")
    with pytest.raises(OSError, match="甲表"), closing(Ahead(folder.gather_one, NAMES)) as ahead:
        assert folder.begun.wait(10)
        ahead.take("甲表")


def test_what_nobody_took_is_not_gathered() -> None:
    folder, closed = Folder(), threading.Event()

    def slowly(name: str) -> GatheredOne:
        gathered = folder.gather_one(name)
        assert closed.wait(10)
        return gathered

    ahead = Ahead(slowly, NAMES)
    assert folder.begun.wait(10)
    timer = threading.Timer(0.2, closed.set)  # when close() has long cancelled the rest
    timer.start()
    ahead.close()
    assert [name for name, _ in folder.asked] == [NAMES[0]]
