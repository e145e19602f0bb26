"""Collects what a file's reader has to say, and turns it into findings that survive a pipe.

Knows severities and folding: equal problems of one column are one finding with a count and
the first and last row. Refuses to know sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lic.model.finding import Finding, Place, Scope, Severity, spans_of

_WARNINGS = frozenset(
    """S114 S115 S122 S127 S128 S130 S131 S133 S134 S135 S136 S138 S139 S140 S141 S142 S144 S146
    S148 S150 S152 S154 S207 S210 S213 S217 S218 S225 S242 S245 S246""".split()  # noqa: SIM905
)
_NOTES = frozenset("S132 S208 S209 S214 S226".split())  # noqa: SIM905
SEPARATOR = "\u3001"
_SHOWN_ROWS = 5
_COMMANDS = frozenset("S113 S120 S122 S123".split())  # noqa: SIM905 - their remedy is a command about the file


def severity(code: str) -> Severity:
    """How grave a code is: an error means that something is not used."""
    if code in _WARNINGS:
        return Severity.WARNING
    return Severity.NOTE if code in _NOTES else Severity.ERROR


def letters(column: int) -> str:
    """The letters of a column, counted from 0: 0 is A."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(slots=True)
class Report:
    """The findings about one file; ``sheet`` and ``source`` may be narrowed with :meth:`within`.

    ``file`` is how it is shown; ``opened`` the file on disk, which for a member of an archive is
    the archive.
    """

    file: str
    opened: str
    sheet: str | None = None
    source: str | None = None
    addressed: bool = True  # cells have addresses as in Excel; not so in CSV
    findings: list[Finding] = field(default_factory=list)

    def within(self, sheet: str, source: str | None = None, *, addressed: bool = True) -> Report:
        """The same report, about one sheet."""
        return Report(self.file, self.opened, sheet, source, addressed, self.findings)

    def add(self, code: str, *, row: int | None = None, column: str | None = None, **params: object) -> None:
        """One finding about the file, the sheet or a row."""
        self.said(code, params, row=row, column=column)

    def said(
        self, code: str, params: Mapping[str, object], *, row: int | None = None, column: str | None = None
    ) -> None:
        """As :meth:`add`, with the parameters in one mapping."""
        scope = Scope.FILE if self.sheet is None else Scope.SHEET if row is None else Scope.ROW
        place = Place(file=self.file, sheet=self.sheet, row=row, column=column, source=self.source)
        said = _texts(params)
        if code in _COMMANDS:
            said["opened"] = f'"{self.opened}"'
        self.findings.append(Finding(code, severity(code), scope, place, said))

    def rows(self, code: str, rows: Sequence[int], **params: object) -> None:
        """Equal problems of several rows, folded."""
        if not rows:
            return
        place = Place(file=self.file, sheet=self.sheet, row=rows[0], source=self.source)
        said = _texts(params) | {"rows": _row_list(rows), "count": len(rows)}
        last = rows[-1] if len(rows) > 1 else None
        self.findings.append(
            Finding(
                code,
                severity(code),
                Scope.ROW,
                place,
                said,
                count=len(rows),
                last_row=last,
                spans=spans_of(rows),
            )
        )

    def cells(
        self,
        code: str,
        rows: Sequence[int],
        *,
        heading: str,
        index: int | None,
        example: str | None,
        **params: object,
    ) -> None:
        """Equal problems of several cells of one column, folded. ``example`` is what the first holds."""
        cell = f"{letters(index)}{rows[0]}" if self.addressed and index is not None else None
        place = Place(self.file, self.sheet, rows[0], heading, cell, self.source)
        said = _texts(params) | {
            "column": heading,
            "rows": _row_list(rows),
            "count": len(rows),
            "value": example or "",
        }
        self.findings.append(
            Finding(
                code,
                severity(code),
                Scope.CELL,
                place,
                said,
                count=len(rows),
                last_row=rows[-1] if len(rows) > 1 else None,
                actual=example,
                spans=spans_of(rows),
            )
        )


def _texts(params: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, int) else str(value) for key, value in params.items()}


def _row_list(rows: Sequence[int]) -> str:
    """Rows as ranges, the first few of them."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row - ranges[-1][1] in (0, 1):
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
            if len(ranges) > _SHOWN_ROWS:
                break
    shown = [str(first) if first == last else f"{first}\u2013{last}" for first, last in ranges[:_SHOWN_ROWS]]
    return SEPARATOR.join(shown) + ("\u2026" if len(ranges) > _SHOWN_ROWS else "")
