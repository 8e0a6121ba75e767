"""Bytes → text: by the mark at the beginning, else UTF-8 where it fits, else what reads most naturally."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from registry.exchange.reading.sheets import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TOLD = {"gb18030": "GB18030（简体）", "big5hkscs": "Big5（繁体）"}
_SAVE_AS = "请在 Excel 中另存为“CSV UTF-8”或“Excel 工作簿（*.xlsx）”再上传"
_LOOKED_AT = 1 << 16
_CLOSE = 0.02


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and what must be said of a reading that is not certain; `Unreadable` in words."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), []
    if encoding := _unmarked_utf16(content[:_LOOKED_AT]):
        return _strictly(content, encoding), []
    try:
        return content.decode(), []
    except UnicodeDecodeError as error:
        return _guessed(content, error)


def _unmarked_utf16(content: bytes) -> str:
    """Separators and digits in UTF-16 have every second byte empty."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if max(even, odd) * 20 < len(content) or min(even, odd) * 4 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"文件开头说是 {encoding[:6].upper()}，里面的文字却不是。{_SAVE_AS}") from error


def _guessed(content: bytes, not_utf8: UnicodeDecodeError) -> tuple[str, list[str]]:
    """Of the Chinese encodings the one whose text looks least like an accident."""
    cut = content.rfind(b"\n", 0, _LOOKED_AT) + 1 or _LOOKED_AT
    found = list(from_bytes(content[:cut], cp_isolation=list(_TOLD)))
    for match in found:
        try:
            text = content.decode(match.encoding)
        except UnicodeDecodeError:
            continue
        doubtful = len(found) > 1 and found[1].chaos - found[0].chaos < _CLOSE
        return text, [f"文字按 {_TOLD[match.encoding]}读出" + "，并无把握，请先核对有没有乱码" * doubtful]
    line = content[: not_utf8.start].count(b"\n") + 1
    mixed = "，也许是几种编码拼在一起" if not_utf8.start > len(content) // 10 and line > 1 else ""
    raise Unreadable(
        f"文字的编码看不出来：从第 {line} 行起不是 UTF-8，也不像 GB18030 或 Big5{mixed}。{_SAVE_AS}"
    )
