"""A comparison as files: changes, causes and ledger as Parquet, everything as JSON.

Same comparison, same bytes. Numbers are whole in the files, as in the result; whoever shows
them masks them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from lic.errors import RunFolderError, UsageError
from lic.model.adjustment import (
    Adjustment,
    Cause,
    Change,
    Column,
    Detail,
    LedgerRow,
    PersonState,
    Side,
    State,
)
from lic.runs.canonical import write_table
from lic.runs.folder import Draft, commit_at, draft_in
from lic.runs.manifest import canonical_json

JSON = "diff.json"
CHANGES, CAUSES, LEDGER = "changes.parquet", "causes.parquet", "ledger.parquet"

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_STATE = (
    "household_no",
    "id_number",
    "name",
    "town",
    "village",
    "category",
    "status",
    "registered",
    "action",
)
CHANGE_SCHEMA = pa.schema(
    [
        ("number", pa.int32()), ("kind", _TEXT), ("whose", _TEXT),
        *((f"{side}_{name}", _TEXT) for name in _STATE for side in ("old", "new")),
        ("old_tags", _TEXTS), ("new_tags", _TEXTS), ("text", _TEXT), ("cause", _TEXTS),
        ("proposed", pa.bool_()), ("apart", pa.bool_()), ("since", _TEXT), ("related", _TEXTS),
        ("effective", _TEXT), ("until", _TEXT),
    ]
)  # fmt: skip
CAUSE_SCHEMA = pa.schema(
    [
        ("change", pa.int32()), ("cause", _TEXT), ("source", _TEXT), ("department", _TEXT),
        ("alone", pa.bool_()), ("what", _TEXT), ("whom", _TEXT), ("old", _TEXT), ("new", _TEXT),
        ("place", _TEXT), ("reference", _TEXT),
    ]
)  # fmt: skip
LEDGER_SCHEMA = pa.schema(
    [
        ("whose", _TEXT), ("town", _TEXT), ("group", _TEXT), ("before", pa.int64()),
        *((f"{column.value}{sign}", pa.int64()) for column in Column for sign in "－＋"),
        ("after", pa.int64()), ("difference", pa.int64()),
    ]
)  # fmt: skip


def check_out(out: Path) -> None:
    """An explicit folder is new, empty, or holds an earlier comparison. Raises UsageError."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError("W109", folder=out)
    if out.exists() and any(out.iterdir()) and not (out / JSON).is_file():
        raise UsageError("W109", folder=out)


def write_diff(
    adjustment: Adjustment, out: Path, *, books: Callable[[Draft], None], progress: Callable[[str], None]
) -> tuple[str, ...]:
    """Write everything beside its place and rename; an earlier comparison there is replaced whole."""
    try:
        with draft_in(out.resolve().parent) as draft:
            progress("diff: files")
            write_table(change_table(adjustment), draft.path / CHANGES)
            write_table(cause_table(adjustment), draft.path / CAUSES)
            write_table(ledger_table(adjustment), draft.path / LEDGER)
            text = canonical_json(to_json(adjustment))
            (draft.path / JSON).write_text(text, encoding="utf-8", newline="\n")
            books(draft)
            names = sorted(path.name for path in draft.path.iterdir() if path.is_file())
            commit_at(draft, out.resolve())
    except OSError as error:
        raise RunFolderError("W003", folder=out, reason=error.strerror or type(error).__name__) from error
    return tuple(names)


def change_table(adjustment: Adjustment) -> pa.Table:
    """One row a change, in the order of the lists."""
    rows = [_change_row(number, item) for number, item in enumerate(adjustment.changes, start=1)]
    return pa.Table.from_pylist(rows, CHANGE_SCHEMA)


def _change_row(number: int, item: Change) -> dict[str, object]:
    row: dict[str, object] = {
        "number": number, "kind": item.kind.value, "whose": item.whose.value, "text": item.text,
        "cause": [cause.kind.value for cause in item.causes], "proposed": item.proposed, "apart": item.apart,
        "since": item.since, "related": list(item.related), "effective": item.effective, "until": item.until,
    }  # fmt: skip
    for side, state in (("old", item.old), ("new", item.new)):
        own = _state(state)
        row |= {f"{side}_{name}": own.get(name) for name in (*_STATE, "tags")}
    return row


def _state(state: State | None) -> dict[str, Any]:
    if state is None:
        return {}
    person = isinstance(state, PersonState)
    return {
        "household_no": state.household_no,
        "id_number": state.id_number if isinstance(state, PersonState) else state.head_id,
        "name": state.name if isinstance(state, PersonState) else state.head_name,
        **({"relation": state.relation, "counted": state.counted, "basis": state.basis} if person else {}),  # type: ignore[union-attr]
        "town": state.town,
        "village": state.village,
        "category": state.category,
        "status": state.status,
        "tags": list(state.tags),
        "registered": state.registered,
        "action": state.action,
        "reason": state.reason,
        **({} if person else {"members": state.members, "counted_members": state.counted_members}),  # type: ignore[union-attr]
    }


def cause_table(adjustment: Adjustment) -> pa.Table:
    """One row for each value behind a cause."""
    rows: list[dict[str, object]] = []
    for number, item in enumerate(adjustment.changes, start=1):
        for cause in item.causes:
            base: dict[str, object] = {
                "change": number, "cause": cause.kind.value, "source": cause.source,
                "department": cause.department, "alone": cause.alone,
            }  # fmt: skip
            rows += [{**base, **_detail(detail)} for detail in cause.details] or [base]
    return pa.Table.from_pylist(rows, CAUSE_SCHEMA)


def _detail(detail: Detail) -> dict[str, object]:
    return {name: getattr(detail, name) for name in ("what", "whom", "old", "new", "place", "reference")}


def ledger_table(adjustment: Adjustment) -> pa.Table:
    """The ledger, one row a cell; what did not move is 0."""
    rows = [_ledger_row(row) for row in adjustment.ledger]
    return pa.Table.from_pylist(rows, LEDGER_SCHEMA)


def _ledger_row(row: LedgerRow) -> dict[str, object]:
    moved: dict[str, object] = {f"{column.value}－": row.went.get(column, 0) for column in Column}
    moved |= {f"{column.value}＋": row.came.get(column, 0) for column in Column}
    ends = {name: getattr(row, name) for name in ("town", "group", "before", "after", "difference")}
    return {"whose": row.whose.value, **ends, **moved}


def to_json(adjustment: Adjustment) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "old": _side(adjustment.old),
        "new": _side(adjustment.new),
        "notes": list(adjustment.notes),
        "differs": adjustment.differs,
        "reconciles": not adjustment.unreconciled,
        "ledger": [_ledger(row) for row in adjustment.ledger],
        "changes": [_change(item) for item in adjustment.changes],
    }


def _side(side: Side) -> dict[str, str]:
    return {name: getattr(side, name) for name in ("name", "county", "period", "as_of", "lic", "question")}


def _ledger(row: LedgerRow) -> dict[str, Any]:
    return {
        "whose": row.whose.value,
        "town": row.town,
        "group": row.group,
        "before": row.before,
        "went": {column.value: count for column, count in sorted(row.went.items())},
        "came": {column.value: count for column, count in sorted(row.came.items())},
        "after": row.after,
        "difference": row.difference,
    }


def _change(item: Change) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "whose": item.whose.value,
        "text": item.text,
        "old": _state(item.old) or None,
        "new": _state(item.new) or None,
        "proposed": item.proposed,
        "apart": item.apart,
        "since": item.since,
        "related": list(item.related),
        "effective": item.effective,
        "until": item.until,
        "causes": [_cause(cause) for cause in item.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "cause": cause.kind.value,
        "source": cause.source,
        "department": cause.department,
        "alone": cause.alone,
        "details": [_detail(detail) for detail in cause.details],
    }
