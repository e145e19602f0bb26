"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import re
from enum import Enum

from lic.sources import keys


class Kind(Enum):
    """Kinds of content."""

    EMPTY = "empty"
    ARCHIVE = "zip"
    COMPOUND = "ole"
    PAGE = "html"
    XML = "xml"
    MAIL = "mhtml"
    PACKED = "packed"  # an archive that is not opened here
    OTHER = "other"
    TEXT = "text"


_HEAD = 8192
_PACKED = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"MSCF", "CAB"),
)
_NAMED = (
    (b"%PDF", keys.PDF),
    (b"\x89PNG", keys.PICTURE),
    (b"\xff\xd8\xff", keys.PICTURE),
    (b"GIF8", keys.PICTURE),
    (b"II*\x00", keys.PICTURE),
    (b"MM\x00*", keys.PICTURE),
    (b"{\\rtf", keys.WORD),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3", keys.DATABASE),
    (b"\x00\x01\x00\x00Standard ", "Access"),
    (b"MZ", keys.PROGRAM),
    (b"\x7fELF", keys.PROGRAM),
    (b"OFD", "OFD"),
    (b"ID;P", "SYLK"),
)
_PAGE = re.compile(r"<(?:html|table|head|body|meta|style|div|script|center|font|p|tr|br)[\s>/]")
_COMMENT = re.compile(r"^(?:\s*<!--.*?-->|\s*<!doctype[^>]*>)*\s*", re.DOTALL)
_DBASE = (0x03, 0x30, 0x31, 0x83, 0xF5)


def sniff(data: bytes) -> Kind:
    """The kind of a file's content."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return Kind.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ARCHIVE
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.COMPOUND
    if packed_as(data) is not None:
        return Kind.PACKED
    if other_name(data) is not None:
        return Kind.OTHER
    return _sniff_text(head_text(data))


def _sniff_text(head: str) -> Kind:
    start = head.lstrip("\ufeff \t\r\n\x00").lower()
    if start.startswith("mime-version:") or "content-type: multipart/related" in start[:2000]:
        return Kind.MAIL
    if not start.startswith("<"):
        return Kind.TEXT
    if start.startswith("<?xml") and "<html" not in start:
        return Kind.XML
    body = start[found.end() :] if (found := _COMMENT.match(start)) else start
    return Kind.PAGE if _PAGE.match(body) or start.startswith(("<!doctype html", "<?xml")) else Kind.TEXT


def packed_as(data: bytes) -> str | None:
    """The name of an archive format that is not opened here."""
    return next((name for mark, name in _PACKED if data.startswith(mark)), None)


def other_name(data: bytes) -> str | None:
    """What a file is that cannot hold a table for us, in words; None when it may."""
    for mark, name in _NAMED:
        if data.startswith(mark):
            return name
    if data[:2] == b"BM" and len(data) > 14 and int.from_bytes(data[2:6], "little") == len(data):
        return keys.PICTURE
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return keys.PICTURE
    if data[0] in _DBASE and _is_dbase(data):
        return "dBase"
    return None


def _is_dbase(data: bytes) -> bool:
    """A dBase header says its own length, which is 33 and a multiple of 32, and ends in 0x0D."""
    length = int.from_bytes(data[8:10], "little")
    return length > 32 and length % 32 in (1, 8) and data[length - 1 : length] == b"\r"


def head_text(data: bytes) -> str:
    """The beginning of a file as text, good enough to look for tags."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.decode("utf-8", "ignore")
