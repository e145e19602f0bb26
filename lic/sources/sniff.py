"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    """Kinds of content."""

    EMPTY = "empty"
    ARCHIVE = "zip"
    COMPOUND = "ole"
    PAGE = "html"
    OTHER = "other"
    TEXT = "text"


_OTHER = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"PAR1",
)
_PAGE = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<?xml")


def sniff(data: bytes) -> Kind:
    """The kind of a file's content."""
    if not data.strip():
        return Kind.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ARCHIVE
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.COMPOUND
    if data.startswith(_OTHER):
        return Kind.OTHER
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return Kind.PAGE if head.startswith(_PAGE) else Kind.TEXT
