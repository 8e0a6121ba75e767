"""The old binary workbooks (BIFF in an OLE container), and what else comes in such a container."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile  # type: ignore[import-untyped]

from registry.exchange.reading.parsing import formats, formulas
from registry.exchange.reading.parsing.books import Book, Grid
from registry.exchange.reading.parsing.packages import LOCKED, MACROS
from registry.exchange.reading.parsing.xlsx import by_calamine
from registry.exchange.reading.sheets import BROKEN, MOST_COLUMNS, Unreadable

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "这是旧式 Word 文档（.doc）。请另存为 .docx 再上传，或把里面的表格复制下来，粘贴到“粘贴文字”一栏"
_BEGIN, _SHEET, _ROW, _COLUMNS, _PASSWORD = 0x809, 0x85, 0x208, 0x7D, 0x2F
_FORMULA, _ERROR, _NUMBER, _RK, _RKS, _STYLE, _FORMAT = 0x06, 0x205, 0x203, 0x27E, 0xBD, 0xE0, 0x41E
_KNOWN = frozenset((_ROW, _COLUMNS, _FORMULA, _ERROR, _NUMBER, _RK, _RKS))


@dataclass
class Seen:
    """What the records of one sheet tell besides values; `styled` is each number's style."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[tuple[int, int]] = field(default_factory=list)
    styled: dict[tuple[int, int], int] = field(default_factory=dict)


def read(content: bytes) -> Book:
    """The sheets of an `.xls`."""
    if _ENCRYPTED in content:
        raise Unreadable(LOCKED)
    stream = _stream(content)
    records = list(_records(stream))
    if any(kind == _PASSWORD for kind, _start, _size in records):
        raise Unreadable(LOCKED)
    book = by_calamine(content)
    try:
        _tell(book, stream, records)
    except (struct.error, IndexError) as error:
        raise Unreadable(BROKEN) from error
    return book


def _stream(content: bytes) -> bytes:
    try:
        with olefile.OleFileIO(BytesIO(content)) as container:
            if container.exists("WordDocument"):
                raise Unreadable(_WORD)
            if container.exists("_VBA_PROJECT_CUR"):
                raise Unreadable(MACROS)
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    return bytes(container.openstream(name).read())
    except (OSError, ValueError, IndexError, TypeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(BROKEN) from error
    raise Unreadable(BROKEN)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of each record."""
    place, end = 0, len(stream) - 4
    while place <= end:
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, size
        place += 4 + size


def _tell(book: Book, stream: bytes, records: list[tuple[int, int, int]]) -> None:
    starts = [
        struct.unpack_from("<I", stream, start)[0]
        for kind, start, _size in records
        if kind == _SHEET and stream[start + 5] == 0
    ]
    seen = _seen(stream, records)
    shown = _shown(stream, records)
    for grid, begin in zip(book.grids, starts, strict=False):
        _apply(grid, seen[begin], shown)


def _seen(stream: bytes, records: list[tuple[int, int, int]]) -> dict[int, Seen]:
    """By the place of the record that begins the sheet."""
    found: dict[int, Seen] = defaultdict(Seen)
    sheet = found[0]
    for kind, start, size in records:
        if kind == _BEGIN:
            sheet = found[start - 4]
        elif kind in _KNOWN:
            _note(sheet, stream, kind, start, size)
    return found


def _note(sheet: Seen, stream: bytes, kind: int, start: int, size: int) -> None:
    row, column = struct.unpack_from("<HH", stream, start)
    if kind == _ROW and stream[start + 12] & 0x20:
        sheet.hidden_rows.add(row)
    elif kind == _COLUMNS and stream[start + 8] & 1:
        sheet.hidden_columns.update(range(row, min(column + 1, MOST_COLUMNS)))
    elif (kind == _ERROR and stream[start + 7]) or (kind == _FORMULA and _is_error(stream, start + 6)):
        sheet.errors.append((row, column))
    elif kind in {_NUMBER, _RK, _RKS}:
        for offset in range((size - 6) // 6 if kind == _RKS else 1):
            style = struct.unpack_from("<H", stream, start + 4 + offset * 6)[0]
            sheet.styled[row, column + offset] = style


def _is_error(stream: bytes, result: int) -> bool:
    return stream[result] == 2 and stream[result + 6 : result + 8] == b"\xff\xff"  # noqa: PLR2004


def _shown(stream: bytes, records: list[tuple[int, int, int]]) -> dict[int, str]:
    """The number of each style that shows a date without its day → what it shows."""
    codes, styles = dict(formats.BUILT_IN), []
    for kind, start, size in records:
        if kind == _FORMAT and size > 5:  # noqa: PLR2004
            number, length, wide = struct.unpack_from("<HHB", stream, start)
            text = stream[start + 5 : start + 5 + length * (2 if wide & 1 else 1)]
            codes[number] = formats.shows(text.decode("utf-16-le" if wide & 1 else "latin-1", "replace"))
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", stream, start + 2)[0])
    return {place: codes[number] for place, number in enumerate(styles) if codes.get(number)}


def _apply(grid: Grid, seen: Seen, shown: dict[int, str]) -> None:
    grid.hidden_rows, grid.hidden_columns = seen.hidden_rows, seen.hidden_columns
    for row, column in seen.errors:
        grid.put(row, column, formulas.ERROR)
    for (row, column), style in seen.styled.items() if shown else ():
        if style in shown:
            value = grid.at(row, column)
            told = formats.coarse(value, shown[style])
            if told is not value:
                grid.put(row, column, told)
