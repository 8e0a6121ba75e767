"""What a file is, by its content and never by its name; what is no table is refused by its own name."""

from __future__ import annotations

import re
from collections.abc import Callable

from registry.exchange.reading.parsing import (
    binary,
    letters,
    opendocument,
    packages,
    separated,
    webpages,
    xlsx,
)
from registry.exchange.reading.parsing.books import Book
from registry.exchange.reading.parsing.packages import Package
from registry.exchange.reading.sheets import Unreadable

SAVE_AS = "请在 Excel 中另存为“Excel 工作簿（*.xlsx）”再上传"
PASTE = "请把里面的表格复制下来，粘贴到“粘贴文字”一栏"

_SIGNS = (
    (b"%PDF", f"这是 PDF，不是表格。{PASTE}"),
    (b"{\\rtf", f"这是 RTF 文档，不是表格。{PASTE}"),
    (b"\x89PNG", "这是图片，不是表格，看不出里面的字"),
    (b"\xff\xd8\xff", "这是图片，不是表格，看不出里面的字"),
    (b"GIF8", "这是图片，不是表格，看不出里面的字"),
    (b"Rar!", "这是压缩包。请解压后上传里面的表格"),
    (b"7z\xbc\xaf", "这是压缩包。请解压后上传里面的表格"),
    (b"\x1f\x8b", "这是压缩包。请解压后上传里面的表格"),
    (b"MZ", "这是程序，不是表格"),
    (b"\x7fELF", "这是程序，不是表格"),
    (b"MIME-Version:", f"这是网页存档，不是表格。{SAVE_AS}"),
)
_CELL = re.compile(r"<t[dr]\b", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml", re.IGNORECASE)
_INSIDE: tuple[tuple[str, str | Callable[[Package], Book]], ...] = (
    (r"xl/workbook\.xml", xlsx.read),
    (r"xl/workbook\.bin", f"这是二进制工作簿（.xlsb）。{SAVE_AS}"),
    (r"word/document\.xml", letters.read),
    (r"ppt/presentation\.xml", "这是演示文稿，不是表格"),
    (r"content\.xml", opendocument.read),
    (r"index/.*\.iwa|index\.zip", f"这是 Numbers 表格。{SAVE_AS}"),
    (r".*\.(?:xlsx|xls|csv|ods|et)", "这是压缩包。请解压后上传里面的表格"),
    (r"", "这是一个压缩包，不是 Excel 工作簿。请上传 .xlsx、.xls、.ods 或 .csv"),
)


def read(content: bytes) -> Book:
    """Whatever the file is."""
    if content.startswith(b"PK\x03\x04"):
        return _unzipped(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return binary.read(content)
    for sign, sentence in _SIGNS:
        if content.startswith(sign):
            raise Unreadable(sentence)
    text, remarks = _text(content)
    if webpages.looks_like(text):
        return webpages.read(text, remarks)
    if _XML.match(text):
        raise Unreadable(f"这是 XML，不是表格。{SAVE_AS}")
    return separated.read(text, remarks)


def _text(content: bytes) -> tuple[str, list[str]]:
    from registry.exchange.reading.parsing.encodings import decoded  # noqa: PLC0415, workbooks need not wait

    return decoded(content)


def read_pasted(content: bytes) -> Book:
    """What came from the clipboard."""
    text = content.decode()
    return webpages.read(text) if _CELL.search(text) else separated.read_pasted(text)


def _unzipped(content: bytes) -> Book:
    with packages.opened(content) as package:
        for pattern, what in _INSIDE:
            if any(re.fullmatch(pattern, name, re.IGNORECASE) or not pattern for name in package.names):
                if isinstance(what, str):
                    raise Unreadable(what)
                return what(package)
    raise Unreadable("这是一个空的压缩包")
