"""Archives: telling a workbook from a plain archive, and the members of a plain one.

Members are read into memory and never written to disk, so that a name in an archive can lead
nowhere. Names without the UTF-8 flag are UTF-8 or GB18030, as their bytes say.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lic.sources import keys
from lic.sources.unsafe import Limits, Unsafe

MAX_ENTRIES = 2000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
    struct.error,
    KeyError,
    IndexError,
)
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_AES = 99
_SMALL = 10 << 20  # a ratio says nothing about little files
_CHUNK = 1 << 20
_OTHER_OFFICE = (
    ("word/", keys.WORD),
    ("ppt/", keys.SLIDES),
    ("visio/", keys.DRAWING),
    ("Index/Document.iwa", "Numbers"),
    ("Index.zip", "Numbers"),
    ("OFD.xml", "OFD"),
    ("META-INF/container.xml", "EPUB"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: the name as people see it, and its content or why it was not read."""

    name: str
    data: bytes
    problem: Unsafe | None = None


def is_workbook(data: bytes) -> bool:
    """Whether a zip archive is a workbook. Raises :class:`Unsafe` when it is another document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
            kind = archive.open("mimetype").read(200) if "mimetype" in names else b""
    except BROKEN as error:
        raise Unsafe("S103") from error
    lower = [name.lower() for name in names]
    if any(name.startswith("xl/") for name in lower) or kind.startswith(_SPREADSHEET):
        return True
    if kind.startswith(_OPEN_DOCUMENT):
        raise Unsafe("S102", what=keys.WORD)
    for mark, what in _OTHER_OFFICE:
        if any(name.startswith(mark.lower()) for name in lower):
            raise Unsafe("S102", what=what)
    return "[content_types].xml" in lower


def members(data: bytes, limits: Limits, passwords: Sequence[str]) -> Iterator[Member]:
    """The files in a plain archive, one by one. Raises :class:`Unsafe` when it is no safe archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise Unsafe("S103") from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_ENTRIES:
            raise Unsafe("S106", reason=f"{len(entries)} > {MAX_ENTRIES}")
        check_size(sum(entry.file_size for entry in entries), len(data), limits)
        total = 0
        for entry in sorted(entries, key=shown_name):
            member = _read(archive, entry, limits, passwords, total)
            total += len(member.data)
            check_size(total, len(data), limits)
            yield member


def shown_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as its maker meant it."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            stored = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = stored.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, passwords: Sequence[str], before: int
) -> Member:
    name = shown_name(entry)
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        return Member(parts[-1], b"", Unsafe("S147"))
    if not entry.flag_bits & _ENCRYPTED_FLAG:
        return _inflate(archive, entry, name, limits, before, None)
    if entry.compress_type == _AES or not passwords:
        return Member(name, b"", Unsafe("S104"))
    for password in passwords:
        member = _inflate(archive, entry, name, limits, before, password.encode("utf-8"))
        if member.problem is None:
            return member
    return Member(name, b"", Unsafe("S116"))


def _inflate(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    name: str,
    limits: Limits,
    before: int,
    password: bytes | None,
) -> Member:
    pieces, size = [], 0
    try:
        with archive.open(entry, pwd=password) as file:
            while piece := file.read(_CHUNK):
                size += len(piece)
                check_size(before + size, 0, limits)
                pieces.append(piece)
    except BROKEN:
        return Member(name, b"", Unsafe("S103"))
    return Member(name, b"".join(pieces))


def check_size(size: int, packed: int, limits: Limits) -> None:
    """Raise when something unpacks to too much; ``packed`` 0: the ratio is not known."""
    if size > limits.unpacked_mb << 20:
        raise Unsafe("S106", reason=f"{size >> 20} MB > {limits.unpacked_mb} MB")
    if packed and size > _SMALL and size > packed * limits.ratio:
        raise Unsafe("S106", reason=f"{size // packed}:1 > {limits.ratio}:1")
