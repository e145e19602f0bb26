"""A page in a real browser without a window: how wide it is, what sticks out, what it prints.

Chromium, Chrome or Edge, whichever is there; who has none skips what needs it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER = next((found for name in _NAMES if (found := shutil.which(name))), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium, Chrome or Edge on this machine")
_PAPER = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
# A window is never as narrow as a telephone, a frame is. The page itself has no script.
_MEASURE = """<!DOCTYPE html><title></title>
<iframe style="width: {width}px; height: 900px; border: 0" srcdoc="{page}"></iframe>
<script>
addEventListener("load", () => {{
  const view = document.querySelector("iframe").contentWindow, page = view.document, outside = [];
  for (const svg of page.querySelectorAll("svg")) {{
    const frame = svg.viewBox.baseVal;
    for (const text of svg.querySelectorAll("text")) {{
      const box = text.getBBox();
      const over = box.x + box.width > frame.x + frame.width + 1;
      if (over || box.x < frame.x - 1) outside.push(text.textContent);
    }}
  }}
  const width = page.documentElement.scrollWidth;
  document.title = JSON.stringify({{window: view.innerWidth, page: width, outside}});
}});
</script>"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser made of a page: widths in pixels, and texts that leave their picture."""

    window: int
    page: int
    outside: tuple[str, ...]


def seen(html: str, folder: Path, width: int) -> Seen:
    """The page in a frame so wide."""
    path = folder / f"seen-{width}.html"
    path.write_text(_MEASURE.format(width=width, page=escape(html)), encoding="utf-8")
    out = _run(folder, "--window-size=1600,1000", "--dump-dom", path.as_uri()).decode("utf-8")
    title = re.search(r"<title>(.*?)</title>", out, re.DOTALL)
    assert title is not None
    found = json.loads(unescape(title[1]))
    return Seen(found["window"], found["page"], tuple(found["outside"]))


def printed(html: str, folder: Path) -> list[tuple[float, float]]:
    """The sizes of the printed pages, in points."""
    page, paper = folder / "printed.html", folder / "printed.pdf"
    page.write_text(html, encoding="utf-8")
    _run(folder, f"--print-to-pdf={paper}", page.as_uri())
    return [(float(width), float(height)) for width, height in _PAPER.findall(paper.read_bytes())]


def _run(folder: Path, *arguments: str) -> bytes:
    assert BROWSER is not None
    fixed = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}")
    return subprocess.run([BROWSER, *fixed, *arguments], check=True, capture_output=True, timeout=120).stdout
