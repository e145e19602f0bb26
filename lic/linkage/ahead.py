"""Tables gathered while the roster is built, which keeps one processor busy and leaves the others idle.

Knows how many rows may wait in memory. Refuses to know what a table is for: whether it waits here or
is gathered when it is asked for, the answer is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from lic.linkage.gather import Gathered
from lic.model.finding import Finding

GatheredOne: TypeAlias = tuple[Gathered, list[Finding]]
_WAITING_ROWS = 2_000_000  # more than a county of 200,000 persons sends; a run is largest later, writing


class Ahead:
    """Gathers ``names`` in their order in a thread of its own, until it is closed."""

    def __init__(
        self,
        gather_one: Callable[[str], GatheredOne],
        names: Sequence[str],
        *,
        most_rows: int = _WAITING_ROWS,
    ) -> None:
        """Begin at once; no table is begun while ``most_rows`` rows wait to be taken."""
        self._gather_one = gather_one
        self._most_rows = most_rows
        self._waiting_rows = 0
        self._counting = threading.Lock()
        self._pool = ThreadPoolExecutor(1)
        self._asked: dict[str, Future[GatheredOne | None]] = {
            name: self._pool.submit(self._one, name) for name in names
        }

    def close(self) -> None:
        """Stop after the table at hand: what nobody took is not gathered."""
        self._pool.shutdown(cancel_futures=True)

    def take(self, name: str) -> GatheredOne:
        """The rows of one table and what is to be said of them; asked for once."""
        asked = self._asked.pop(name)
        ready = None if asked.cancel() else asked.result()
        if ready is None:
            return self._gather_one(name)
        self._count(-ready[0].rows.num_rows)
        return ready

    def _one(self, name: str) -> GatheredOne | None:
        if self._waiting_rows >= self._most_rows:
            return None
        gathered = self._gather_one(name)
        self._count(gathered[0].rows.num_rows)
        return gathered

    def _count(self, rows: int) -> None:
        with self._counting:
            self._waiting_rows += rows
