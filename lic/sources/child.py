"""The child process that reads files: ``python -m lic.sources.child``.

Its first message (pickled, from its own parent) says by which sources to read; then each line
names a file. It answers each with one line. Nothing but these lines goes to its output.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from dataclasses import dataclass
from typing import BinaryIO

from lic.sources.column import Context
from lic.sources.file import FileReader, Job
from lic.sources.spec import SourceSet

DONE = b"done\n"
_MEMORY_LIMIT = 6 << 30


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for every file."""

    sources: SourceSet
    context: Context


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    setup: Setup = pickle.load(questions)
    reader = FileReader(setup.sources, setup.context)
    while True:
        try:
            job: Job = pickle.load(questions)
        except EOFError:
            return
        reader.stage(job)
        answers.write(DONE)
        answers.flush()


def main() -> None:
    """Keep the answers' pipe to ourselves: what a library prints goes to the error output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
