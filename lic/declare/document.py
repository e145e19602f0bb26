"""YAML files as trees of :mod:`lic.declare.nodes`.

Knows encodings, YAML syntax and what of it is refused: anchors, merge keys, duplicate and odd
keys. Every problem goes into a :class:`lic.errors.ProblemLog`, so that all files are read
before anything stops.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

import yaml

from lic.declare.nodes import Map, Node, Scalar, Seq, Source, wrong_kind
from lic.errors import ProblemLog
from lic.messages import words

MAX_BYTES = 4_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAYBE_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[&*][^\s*&]", re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_document(path: Path, log: ProblemLog, *, name: str | None = None) -> Map | None:
    """The top mapping of a YAML file, or None when it cannot be read (the problem is logged).

    ``name`` is how messages call the file (default: its name).
    """
    source = Source(name or path.name, log)
    text = _decode(path, source)
    if text is None:
        return None
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        _syntax(error, text, source)
        return None
    if _MAYBE_ANCHOR.search(text):
        _refuse_anchors(text, source)
    top = _Builder(source, text.splitlines()).build(root) if root is not None else Map(source, 1, 1)
    if not isinstance(top, Map):
        wrong_kind(top, words.EXPECTED_MAP)
        return None
    return top


def any_encoding(data: bytes) -> str:
    """The text of a file in whatever encoding it was saved: to see which words it holds."""
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _decode(path: Path, source: Source) -> str | None:
    place = Node(source, 1, 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        place.fail("R001", reason=error.strerror or type(error).__name__)
        return None
    if len(data) > MAX_BYTES:
        place.fail("R001", reason=f"> {MAX_BYTES} bytes")
        return None
    if data.startswith(codecs.BOM_UTF8):
        place.note("R218")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        place.fail("R006", found=_encoding(data))
        return None


def _encoding(data: bytes) -> str:
    if data.startswith(_UTF16):
        return words.ENCODING_UTF16
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return words.ENCODING_UNCLEAR
    return words.ENCODING_GBK


def _refuse_anchors(text: str, source: Source) -> None:
    """Every anchor, whether something refers to it or not: once for each name."""
    seen: set[str] = set()
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken) and token.value not in seen:
            seen.add(token.value)
            mark = token.start_mark
            Node(source, mark.line + 1, mark.column + 1).fail("R009", name=token.value)


def _syntax(error: yaml.YAMLError, text: str, source: Source) -> None:
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    said, about = (str(getattr(error, name, "") or "") for name in ("problem", "context"))
    never_closed = "flow" in about or "quoted scalar" in about
    if mark is not None and opened is not None and never_closed and mark.line > opened.line:
        mark = opened
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    place = Node(source, line, column)
    lines = text.splitlines()
    context = "\n".join(lines[max(0, line - 2) : line])
    last = context.rpartition("\n")[2]
    if re.search("alias|anchor", said + about):
        place.fail("R009", name=re.split(r"[&*]", last[column - 1 :] + " ")[-1].split(" ")[0])
    elif "\t" in context:
        place.fail("R007")
    elif re.search(r"^\s*-?\s*[^\s:\uff1a{}\[\]]+\uff1a", context, re.MULTILINE):
        place.fail("R008")
    elif re.search(r"[{\[][^}\]]*\uff0c", last):
        place.fail("R091")
    elif re.search(r"^\s*-?\s*[^\s:{}\[\]\"'#]+:[^\s/\\]", last):
        place.fail("R093")
    else:
        place.fail("R002", reason=_reason(said, about))


def _reason(said: str, about: str) -> str:
    """What PyYAML or libyaml says, for people."""
    both = f"{about} {said}"
    return next((text for word, text in words.SYNTAX.items() if word in both), words.SYNTAX_OTHER)


class _Builder:
    """Turns PyYAML nodes into ours; duplicate and odd keys are refused, aliases left empty."""

    def __init__(self, source: Source, lines: list[str]) -> None:
        self.source = source
        self.lines = lines
        self.seen: set[int] = set()

    def build(self, node: yaml.Node) -> Node:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            value = unicodedata.normalize("NFC", node.value)
            rows = _rows(node, value, self.lines) if node.end_mark.line > node.start_mark.line else ()
            return Scalar(self.source, line, column, value, bool(node.style), rows)
        if id(node) in self.seen:
            return Map(self.source, line, column)  # an alias, reported with its anchor
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Seq(self.source, line, column, [self.build(item) for item in node.value])
        built = Map(self.source, line, column)
        for key_node, value_node in node.value:
            key = self.build(key_node)
            if not isinstance(key, Scalar):
                wrong_kind(key, words.EXPECTED_KEY)
            elif key.value in built.entries:
                key.fail("R010", key=key.value, before=built.keys[key.value].line)
                _widen(built.entries[key.value], self.build(value_node))
            else:
                built.keys[key.value] = key
                built.entries[key.value] = self.build(value_node)
        return built


def _rows(node: yaml.ScalarNode, value: str, lines: list[str]) -> tuple[tuple[int, int, int], ...]:
    """Where the lines of a folded text begin; nothing where they do not make up the text as it is."""
    block = node.style in ("|", ">")
    first, last = node.start_mark.line, min(node.end_mark.line, len(lines) - 1)
    found: list[tuple[int, int, int]] = []
    at = 0
    for number in range(first + 1 if block else first, last + 1):
        line = lines[number]
        begin = 0 if number > first else node.start_mark.column + (1 if node.style else 0)
        end = node.end_mark.column if number == node.end_mark.line else len(line)
        part = line[begin:end].strip()
        if not part:
            continue
        column = line.index(part, begin)
        if node.style in ("'", '"') and number == node.end_mark.line:
            part = part.rstrip(node.style)
        if not value.startswith(part, at):
            return ()
        found.append((at, number + 1, column + 1))
        at += len(part) + 1
    return tuple(found)


def _widen(first: Node, second: Node) -> None:
    """Keep what only the second writing of a key says, so that its names are not missed as well."""
    if isinstance(first, Map) and isinstance(second, Map):
        for name, node in second.entries.items():
            if name in first.entries:
                _widen(first.entries[name], node)
            else:
                first.keys[name], first.entries[name] = second.keys[name], node
