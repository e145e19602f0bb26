"""What is wrong with a page for somebody who does not see it, has no network, or prints in grey."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "input", "hr"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,6}\b")


class _Page(HTMLParser):
    """Collects faults while it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: Counter[str] = Counter()
        self.wanted: set[str] = set()
        self.headings: list[int] = []
        self.tables: list[dict[str, int]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if name := about.get("id"):
            self.ids[name] += 1
        for key in ("aria-labelledby", "aria-describedby"):
            self.wanted.update((about.get(key) or "").split())
        self._check(tag, about)
        if tag not in _VOID:
            self.open.append((tag, about))

    def _check(self, tag: str, about: dict[str, str | None]) -> None:
        if tag == "html" and not about.get("lang"):
            self.faults.append("html without lang")
        if tag in ("script", "iframe", "object"):
            self.faults.append(f"{tag}: does not work offline or without JavaScript")
        for key in ("src", "href"):
            if not (about.get(key) or "#").startswith(("#", "data:")):
                self.faults.append(f"{tag} {key}: something outside the page")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and not about.get("alt"):
            self.faults.append("img without alt")
        if tag == "svg" and (about.get("role") != "img" or not about.get("aria-labelledby")):
            self.faults.append("svg without role and label")
        if tag == "table":
            self.tables.append(Counter())
        if self.tables:
            self.tables[-1][tag] = self.tables[-1].get(tag, 0) + 1
        if tag == "th" and about.get("scope") not in ("col", "row"):
            self.faults.append("th without scope")
        if "tabindex" in about and not (about.get("role") and about.get("aria-label")):
            self.faults.append(f"{tag} takes the focus without a role and a name")

    def handle_endtag(self, tag: str) -> None:
        found, _ = self.open.pop()
        if found != tag:
            self.faults.append(f"{found} closed by {tag}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] != "style" and data.strip():
            self.texts.append(data.strip())


def page_faults(html: str) -> list[str]:
    """Every fault; an empty list is a page for everybody."""
    page = _read(html)
    faults = [*page.faults]
    if page.open:
        faults.append(f"never closed: {[tag for tag, _ in page.open]}")
    if page.headings.count(1) != 1 or page.headings[0] != 1:
        faults.append("there must be one h1, and first")
    steps = zip(page.headings, page.headings[1:], strict=False)
    faults += [f"h{one} followed by h{two}" for one, two in steps if two > one + 1]
    faults += [f"id {name} twice" for name, times in page.ids.items() if times > 1]
    faults += [f"no element {name}" for name in sorted(page.wanted - set(page.ids))]
    for table in page.tables:
        if not table.get("caption") or not table.get("thead") or not table.get("th"):
            faults.append("table without caption or headings")
    if html.count("<svg") != html.count("<desc"):
        faults.append("svg without description")
    return [*faults, *_contrast_faults(html)]


def page_text(html: str) -> str:
    """What stands on a page, a line for each piece."""
    return "\n".join(_read(html).texts) + "\n"


def rows_of(html: str, section: str) -> list[list[str]]:
    """The cells of a section's table."""
    part = html[html.index(f'<h2 id="{section}"') :]
    body = part[part.index("<tbody>") : part.index("</tbody>")]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body)
    ]


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2 between two colours."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast_faults(html: str) -> Iterator[str]:
    """Text on what lies behind it: 4.5 to 1; bars, marks and frames on white: 3 to 1."""
    style = html[html.index("<style>") : html.index("</style>")]
    palette = dict(re.findall(r"(--\w+):\s*(#\w+)", style))
    papers = [palette[name] for name in palette if name in ("--tint", "--markbg", "--goodbg")] + ["#ffffff"]
    for name in ("--ink", "--soft", "--mark", "--good", "--blue"):
        for paper in papers:
            if contrast(palette[name], paper) < 4.5:
                yield f"{name} on {paper}"
    for selector, colour in re.findall(r"svg (\.\w+) \{ (?:fill|stroke): (#\w+)", style):
        if contrast(colour, "#ffffff") < 3:
            yield f"{selector} on white"
    for shade, fill in re.findall(r"svg \.t(\d) rect \{ fill: (#\w+)", style):
        light = re.search(rf"svg \.t{shade} text[^{{]*\{{ fill: (#\w+)", style)
        if contrast(light[1] if light else "#16202c", fill) < 4.5:
            yield f"text on shade {shade}"
    if not _COLOUR.search(style):
        yield "no colours found"
