"""What people see: results on stdout, progress and messages on stderr, nothing unmasked.

Colour only on a terminal; what the console's encoding cannot show is replaced.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import rich.console
from rich.text import Text

from lic.errors import LicError, Problem, RulesError
from lic.messages import CATALOGUE, remedy, say
from lic.messages.base import mask
from lic.messages.run import NEAR_MISS

PATIENCE = 1.0  # seconds before progress is shown
PIPED_WIDTH = 120


def prepare_streams() -> None:
    """A console that cannot show a character shows a question mark instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


class Console:
    """The two streams of one command."""

    def __init__(self, *, quiet: bool = False, show_ids: bool = False) -> None:
        """Bind the streams as they are now; ``show_ids``: what is a result shows whole numbers."""
        self.quiet = quiet
        self.show_ids = show_ids
        self.keep: frozenset[str] = frozenset()  # digits of household numbers, which a result may show
        wide = None if sys.stdout.isatty() else PIPED_WIDTH
        self.out = rich.console.Console(
            file=sys.stdout, width=wide, highlight=False, emoji=False, markup=False
        )
        self.err = rich.console.Console(file=sys.stderr, highlight=False, emoji=False, markup=False)

    def json(self, value: object) -> None:
        """One JSON object on stdout."""
        sys.stdout.write(self.safe(json.dumps(value, ensure_ascii=False, indent=1)) + "\n")

    def safe(self, text: str) -> str:
        """Text of a result with its ID numbers masked, unless they were asked for."""
        return text if self.show_ids else mask(text, self.keep)

    def line(self, text: str, style: str = "") -> None:
        """One line of a result."""
        self.out.print(Text(self.safe(text), style=style), soft_wrap=True)

    def show(self, value: object, screen: Callable[[], None], *, as_json: bool) -> None:
        """A result: as JSON for programs, else as ``screen`` prints it for people."""
        if as_json:
            self.json(value)
        else:
            screen()

    def note(self, text: str) -> None:
        """One line to the person at the terminal, who is about to be asked something."""
        self._line(text)

    def error(self, error: LicError) -> None:
        """Say what went wrong, where and what to do."""
        for note in getattr(error, "__notes__", ()):
            self._line(note)
        if isinstance(error, RulesError):
            for item in error.problems:
                self._line(problem_line(item))
                self._line(f"    处理  {remedy(item.code, dict(item.params))}")
        self._line(f"错误 {error.code}  {say(error.code, error.params)}", style="bold red")
        self._line(f"  处理  {remedy(error.code, error.params)}")
        self._line(f"  详情  lic help {error.code}")

    def bug(self, error: BaseException, file: Path) -> None:
        """One masked line about a bug of ours."""
        params = {"error": type(error).__name__, "file": file}
        self._line(f"错误 W070  {say('W070', params)}", style="bold red")
        self._line(f"  处理  {remedy('W070', params)}")

    def interrupted(self) -> None:
        """The user pressed Ctrl-C."""
        self._line("已中断；没有留下未完成的结果。")

    def _line(self, text: str, style: str = "") -> None:
        self.err.print(Text(mask(text), style=style), soft_wrap=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress callable for a workflow; silent for the first second and with ``-q``."""
        progress = Progress(self.err, silent=self.quiet)
        try:
            yield progress
        finally:
            progress.stop()


def problem_line(item: Problem) -> str:
    """``file:line:col code message — near miss``."""
    place = f"{item.file}:{item.line}:{item.column}"
    params = dict(item.params)
    text = say(item.code, params) if item.code in CATALOGUE else item.code
    hint = "" if item.suggestion is None else " — " + NEAR_MISS.format(suggestion=item.suggestion)
    return f"{place} {item.code} {text}{hint}"


def problem_json(item: Problem) -> dict[str, object]:
    """The same for programs."""
    params = dict(item.params)
    return {
        "file": item.file,
        "line": item.line,
        "column": item.column,
        "code": item.code,
        "message": say(item.code, params),
        "suggestion": item.suggestion,
        "remedy": remedy(item.code, params),
    }


class Progress:
    """Shows what is being done once it takes longer than a second."""

    def __init__(self, console: rich.console.Console, *, silent: bool) -> None:
        """Start waiting."""
        self._console = console
        self._silent = silent
        self._said = 0.0
        self._text = ""
        self._status = console.status("") if console.is_terminal and not silent else None
        self._shown = False
        self._timer = Timer(PATIENCE, self._show)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, text: str) -> None:
        """Say what happens now."""
        self._text = mask(text)
        if self._shown:
            self._update()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing moves on the terminal while a person types."""
        moving = self._status if self._shown else None
        self._timer.cancel()
        if moving is not None:
            moving.stop()
        try:
            yield
        finally:
            self._show()

    def stop(self) -> None:
        """No more progress."""
        self._timer.cancel()
        if self._status is not None and self._shown:
            self._status.stop()

    def _show(self) -> None:
        self._shown = True
        if self._status is not None:
            self._status.start()
        self._update()

    def _update(self) -> None:
        if self._silent or not self._text:
            return
        if self._status is not None:
            self._status.update(self._text)
        elif time.monotonic() - self._said >= PATIENCE:
            self._said = time.monotonic()
            self._console.print(Text(f"{self._text} …"), soft_wrap=True)
