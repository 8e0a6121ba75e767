"""Zip packages of workbooks, opened with caution."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from registry.exchange.reading.sheets import BROKEN, Unreadable

MOST_BYTES = 300 * 2**20
LOCKED = "文件设有密码，请在 Excel 中去掉密码再上传"
MACROS = "这个文件带有宏，不能上传。请另存为“Excel 工作簿（*.xlsx）”"
_MACROS = re.compile(r"(?:.*/)?vbaproject\.bin|basic/.+|scripts/.+", re.IGNORECASE)
_ENCRYPTED = 0x1
_TO_BE_READ = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)


@dataclass
class Package:
    """The members by their names, however these are cased."""

    content: bytes
    zipped: ZipFile
    names: dict[str, str]

    def read(self, name: str) -> bytes:
        """One member, no more of it than it claims to be; empty where there is none."""
        return self.zipped.read(self.names[name.lower()]) if name.lower() in self.names else b""

    def pieces(self, name: str) -> Iterator[bytes]:
        """The same, a megabyte at a time."""
        if name.lower() in self.names:
            with self.zipped.open(self.names[name.lower()]) as member:
                while piece := member.read(1 << 20):
                    yield piece

    def beginning(self, name: str) -> bytes:
        """The first of a member, where a document type would stand."""
        if name.lower() not in self.names:
            return b""
        with self.zipped.open(self.names[name.lower()]) as member:
            return member.read(1 << 16)


@contextmanager
def opened(content: bytes) -> Iterator[Package]:
    """A package that is no bomb by its own word, holds no macros, and needs no password."""
    try:
        with ZipFile(BytesIO(content)) as zipped:
            infos = zipped.infolist()
            names = {info.filename.lower(): info.filename for info in infos}
            _refuse_odd(zipped, names)
            yield Package(content, zipped, names)
    except Unreadable:
        raise
    except (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as error:
        raise Unreadable(BROKEN) from error


def _refuse_odd(zipped: ZipFile, names: dict[str, str]) -> None:
    infos = zipped.infolist()
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise Unreadable(LOCKED)
    if any(_MACROS.fullmatch(name) for name in names):
        raise Unreadable(MACROS)
    if sum(info.file_size for info in infos if _TO_BE_READ.fullmatch(info.filename)) > MOST_BYTES:
        raise Unreadable("文件展开后太大，不像名册。请只留下要导入的工作表")
    if len(names) != len(infos):
        raise Unreadable(BROKEN)


def walk(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Follow XML by the local names of its elements; document types can only do harm here."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    try:
        if content:
            parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable(BROKEN) from error


def _refuse(*_: object) -> None:
    raise Unreadable(BROKEN)
