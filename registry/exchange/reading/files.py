"""A file as it was sent → sheets of typed cells; what cannot be read is refused in words."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable
from io import StringIO

from registry.exchange.reading import workbooks
from registry.exchange.reading.sheets import LONGEST_CELL, Cell, Sheet, Unreadable, check_size, clean

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_QUOTED = re.compile(r'"[^"]*"')
_DELIMITERS = ",\t;"
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table|head|meta)", re.IGNORECASE)
_SAVE_AS = "请在 Excel 中另存为“Excel 工作簿（*.xlsx）”再上传"


def read_file(content: bytes, filename: str) -> list[Sheet]:
    """Every sheet of a workbook, or a CSV as one sheet; `Unreadable` in words."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("文件是空的")
    if content.startswith(_ZIP):
        sheets = workbooks.read_xlsx(content, filename)
    elif content.startswith(_OLE):
        sheets = workbooks.read_xls(content)
    else:
        sheets = [read_csv(content, filename)]
    if not any(any(cell != "" for cell in row) for sheet in sheets for row in sheet.rows):
        raise Unreadable("文件里没有内容")
    return sheets


def read_csv(content: bytes, filename: str) -> Sheet:
    """Text with separators; encoding and separator are found."""
    text = _decode(content)
    if _MARKUP.match(text):
        raise Unreadable(f"这是网页或 XML，不是表格。{_SAVE_AS}")
    if "\x00" in text:
        raise Unreadable(f"看不出这是什么文件：不是 Excel，也不是 CSV。{_SAVE_AS}")
    rows = _records(text, _delimiter(text))
    check_size(len(rows), max(map(len, rows), default=0))
    return Sheet(filename, rows)


def _decode(content: bytes) -> str:
    """By the mark at the beginning; else UTF-8 where it fits, else GB18030."""
    marked = [encoding for mark, encoding in _BOMS if content.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"文字的编码看不出来（应为 UTF-8 或 GB18030）。{_SAVE_AS}")


def _delimiter(text: str) -> str:
    """The separator that most lines of the beginning agree on; what stands in quotes separates nothing."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named[1]
    lines = [_QUOTED.sub("", line) for line in text.splitlines()[:50]]

    def agreement(delimiter: str) -> int:
        widths = Counter(line.count(delimiter) for line in lines if delimiter in line)
        return max((width * times for width, times in widths.items()), default=0)

    return max(_DELIMITERS, key=agreement)


def _records(text: str, delimiter: str) -> list[list[Cell]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        rows = list(_bounded(csv.reader(StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise Unreadable("CSV 的引号不成对，或者有一格太长，请用 Excel 打开检查后另存") from error
    if rows and rows[0] and str(rows[0][0]).startswith("sep="):
        rows[0] = []
    return rows


def _bounded(rows: Iterable[list[str]]) -> Iterable[list[Cell]]:
    for number, row in enumerate(rows, 1):
        check_size(number, len(row))
        yield [clean(cell, number) for cell in row]
