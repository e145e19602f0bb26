"""Child processes that read files, one thread here for each.

A child that dies or takes too long costs one file: it is replaced and the others go on.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from lic.sources.child import DONE, FAILED, FULL, Setup
from lic.sources.file import Job

_PACKAGE = Path(__file__).resolve().parents[2]
_SECONDS_PER_MB = 8.0
# What Windows says when a process has had all its memory.
_OUT_OF_MEMORY = (0xC0000017, 0xC000012D)
# What the readers say before they abort because they got no more memory.
_SAID_FULL = (b"memory allocation of", b"MemoryError", b"bad_alloc", b"out of memory")
_LAST_WORDS = 8192


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file was not read, as a code and its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class _Child:
    """One running child."""

    def __init__(self, setup: bytes) -> None:
        path = os.pathsep.join(text for text in (str(_PACKAGE), os.environ.get("PYTHONPATH")) if text)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lic.sources.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._setup: bytes | None = setup

    def _send(self, message: bytes) -> None:
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.write(message)
        self.process.stdin.flush()

    def ask(self, job: Job, seconds: float) -> Failure | None:
        """None when the file was read, else why not."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            if self._setup is not None:
                self._send(self._setup)
                self._setup = None
            self._send(pickle.dumps(job))
            assert self.process.stdout is not None  # noqa: S101
            answer = self.process.stdout.readline()
        except OSError:
            answer = b""
        timer.cancel()
        if answer == DONE:
            return None
        self.process.kill()
        code = self.process.wait()
        full = answer == FULL or (not answer and self._was_full(code))
        return _failure(answer, code, job, seconds, late=late.is_set(), full=full)

    def _was_full(self, code: int) -> bool:
        """Whether a child that ended without an answer had no more memory."""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - _LAST_WORDS))
        words = self._errors.read()
        return code & 0xFFFFFFFF in _OUT_OF_MEMORY or any(text in words for text in _SAID_FULL)

    def close(self) -> None:
        """Let the child end by itself."""
        if self.process.stdin is not None:
            try:
                self.process.stdin.close()
            except OSError:
                self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self._errors.close()


def _failure(answer: bytes, code: int, job: Job, seconds: float, *, late: bool, full: bool) -> Failure:
    if late:
        return Failure("S117", {"seconds": round(seconds)})
    if full:
        return Failure("S145", {"limit": job.limits.memory_mb})
    reason = answer.removeprefix(FAILED).decode("ascii", "replace").strip() or str(code)
    return Failure("S108", {"reason": reason})


def read_files(setup: Setup, jobs: Sequence[Job], workers: int) -> Iterator[tuple[Job, Failure | None]]:
    """Every job as it is finished, with the reason why it could not be."""
    waiting: SimpleQueue[Job] = SimpleQueue()
    finished: SimpleQueue[tuple[Job, Failure | None] | BaseException] = SimpleQueue()
    sizes: dict[Job, int] = {job: _size(job.path) for job in jobs}
    for job in sorted(jobs, key=lambda item: (-sizes[item], item.shown)):
        waiting.put(job)
    message = pickle.dumps(setup)
    arguments: tuple[Any, ...] = (message, waiting, finished, sizes)
    threads = [
        threading.Thread(target=_work, args=arguments, daemon=True) for _ in range(min(workers, len(jobs)))
    ]
    for thread in threads:
        thread.start()
    for _ in jobs:
        item = finished.get()
        if isinstance(item, BaseException):
            raise item
        yield item
    for thread in threads:
        thread.join()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _work(
    setup: bytes,
    waiting: SimpleQueue[Job],
    finished: SimpleQueue[tuple[Job, Failure | None] | BaseException],
    sizes: dict[Job, int],
) -> None:
    child: _Child | None = None
    try:
        while True:
            try:
                job = waiting.get_nowait()
            except Empty:
                return
            child = child or _Child(setup)
            failure = child.ask(job, job.limits.seconds + _SECONDS_PER_MB * sizes[job] / (1 << 20))
            if failure is not None:
                child.close()
                child = None
            finished.put((job, failure))
    except OSError as error:
        finished.put(error)
    finally:
        if child is not None:
            child.close()
