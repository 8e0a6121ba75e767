"""A file as it was sent, or a table as it was pasted → sheets of typed cells; the entrance to reading.

The bytes are a stranger's, so a process of its own parses them: it sees no secret, may use so much time and
memory and no more, writes nothing but its answer, and when it dies nobody else is harmed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO

import registry
from registry.exchange.reading.answers import unpacked
from registry.exchange.reading.sheets import BROKEN, TOO_MUCH, Sheet, Unreadable

AT_ONCE, PATIENCE = 2, 45
"""So many files are parsed at a time in one server; so many seconds each may take, or wait for its turn."""

_ROOT = Path(registry.__file__).parents[1]
_COMMAND = (sys.executable, "-X", "utf8", "-m", "registry.exchange.reading.parsing")
_TURNS = BoundedSemaphore(AT_ONCE)
_BUSY = "现在正在读别的大文件，请过一会儿再试"


def read_file(content: bytes, filename: str) -> list[Sheet]:
    """Every sheet of a workbook, a CSV or a web page; what it is, its content says. `Unreadable` in words."""
    sheets = _parsed(content, "file")
    return [sheet if sheet.name else replace(sheet, name=filename) for sheet in sheets]


def read_text(text: str) -> list[Sheet]:
    """What was pasted from Word, a web page or a spreadsheet: an HTML table, or lines with separators."""
    sheets = _parsed(text.encode("utf-8", "replace"), "text")
    return [sheet if sheet.name else replace(sheet, name="粘贴的文字") for sheet in sheets]


def _parsed(content: bytes, kind: str) -> list[Sheet]:
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("文件是空的" if kind == "file" else "没有粘贴任何文字")
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Unreadable(_BUSY)
    try:
        with _in_memory() as answer:
            _parse(content, kind, answer)
            sheets = unpacked(answer)
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(BROKEN) from error
    finally:
        _TURNS.release()
    if not any(any(cell != "" for cell in row) for sheet in sheets for row in sheet.rows):
        raise Unreadable("文件里没有内容")
    return sheets


def _parse(content: bytes, kind: str, answer: IO[bytes]) -> None:
    """Let a process of its own parse; in memory only, for the file is personal."""
    with _in_memory() as sent:
        sent.write(content)
        sent.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603
                [*_COMMAND, kind],
                stdin=sent,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={},
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(TOO_MUCH) from error
    if ended.returncode:
        raise Unreadable(BROKEN if ended.returncode == 1 else TOO_MUCH)
    answer.seek(0)


def _in_memory() -> IO[bytes]:
    return os.fdopen(os.memfd_create("reading"), "w+b") if hasattr(os, "memfd_create") else TemporaryFile()
