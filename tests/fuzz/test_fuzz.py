"""A bounded share of what ``python3 dev.py fuzz`` tries for longer."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from lic.sources import cache
from lic.sources.file import FileReader, Job
from tests.fuzz.invariants import PERIOD, account, broken
from tests.fuzz.reading import LIMITS, damages, setup, try_files
from tests.fuzz.tables import Sent, files

_DAMAGED = 150
READER = FileReader(setup().sources, setup().context)


def look_at(sent: Sent) -> None:
    """Read one table twice; nothing may be lost."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / sent.name
        path.write_bytes(sent.data)
        targets = [Path(name) / str(time) for time in range(2)]
        for target in targets:
            target.mkdir()
            READER.stage(Job(path, sent.name, target, PERIOD, limits=LIMITS))
        assert broken(targets[0]) == []
        assert account(targets[0]) == account(targets[1])
        content = cache.read_meta(targets[0])
        assert content is not None
        taken = [item for item in content["staged"] + content["refused"] if item["source"] == sent.table]
        for item in taken:
            if item["header_row"]:
                assert item["accepted"] + item["rejected"] >= sent.plain


@given(files())
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_table_is_read_or_refused_whole(sent: Sent) -> None:
    look_at(sent)


def test_damaged_files_are_findings() -> None:
    tally = try_files(list(islice(damages(0), _DAMAGED)), workers=2)
    assert [(file, text) for text, file, _ in tally.broken] == []
    assert tally.files == _DAMAGED
    assert len(tally.said) > 10  # it reaches more than the first check of a file
