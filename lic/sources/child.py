"""The child process that reads files: ``python -m lic.sources.child``.

Its first message (pickled, from its own parent) says by which sources to read; then each line
names a file. It answers each with one line. Nothing but these lines goes to its output, and no
password comes to it but through its input.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from dataclasses import dataclass
from typing import BinaryIO

from lic.sources.column import Context
from lic.sources.file import FileReader, Job
from lic.sources.spare import spare_pandas
from lic.sources.spec import SourceSet

DONE, FULL, FAILED = b"done\n", b"full\n", b"failed "
_PRIVATE = 0o077
_COLLECT_AFTER = 16 << 20  # bytes of files


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for every file."""

    sources: SourceSet
    context: Context


def limit_memory(megabytes: int) -> bool:
    """Let this process have no more memory; False where the system has no such limit (macOS)."""
    if sys.platform == "win32":
        from lic.sources.job_object import limit_process_memory

        return limit_process_memory(megabytes << 20)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, hard))
        return True
    return False


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    # The cells of a sheet are millions of objects without a cycle: looking for cycles among them
    # again and again is a tenth of the time. Reading leaves none; what an error leaves is little.
    gc.disable()
    setup: Setup = pickle.load(questions)
    reader = FileReader(setup.sources, setup.context)
    gc.freeze()
    waiting = 0
    while True:
        try:
            job: Job = pickle.load(questions)
        except EOFError:
            return
        answers.write(_answer(reader, job))
        answers.flush()
        waiting += _size(job)
        if waiting > _COLLECT_AFTER:
            gc.collect()
            waiting = 0


def _size(job: Job) -> int:
    try:
        return job.path.stat().st_size
    except OSError:
        return 0


def _answer(reader: FileReader, job: Job) -> bytes:
    limit_memory(job.limits.memory_mb)
    try:
        reader.stage(job)
    except MemoryError:
        return FULL
    except Exception as error:  # noqa: BLE001 - whatever a file does is about that file; the pool carries on
        return FAILED + type(error).__name__.encode("ascii", "replace") + b"\n"
    return DONE


def main() -> None:
    """Keep the answers' pipe to ourselves: what a library prints goes to the error output."""
    spare_pandas()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.umask(_PRIVATE)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
