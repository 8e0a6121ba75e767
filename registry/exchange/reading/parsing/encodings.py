"""Bytes → text: by the mark at the beginning, else UTF-8 where it fits, else what reads most naturally."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from registry.exchange.reading.sheets import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TOLD = {"gb18030": "GB18030（简体）", "big5hkscs": "Big5（繁体）"}
_SAVE_AS = "请在 Excel 中另存为“CSV UTF-8”或“Excel 工作簿（*.xlsx）”再上传"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
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
    fits = []
    for encoding in _TOLD:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (chaos := _chaos(text, encoding)) is not None:
            fits.append((chaos, encoding, text))
    if not fits:
        raise Unreadable(_why(content, not_utf8))
    (least, encoding, text), *others = sorted(fits)
    doubtful = any(chaos - least < _CLOSE for chaos, _encoding, _text in others)
    return text, [f"文字按 {_TOLD[encoding]}读出" + "，并无把握，请先核对有没有乱码" * doubtful]


def _chaos(text: str, encoding: str) -> float | None:
    """How little the text looks like a language, None for not at all; unseen characters say nothing."""
    seen = _UNSEEN.sub("", text[:_LOOKED_AT]).encode(encoding)
    found = from_bytes(seen, cp_isolation=[encoding]).best()
    return found.chaos if found else None


def _why(content: bytes, not_utf8: UnicodeDecodeError) -> str:
    line = content[: not_utf8.start].count(b"\n") + 1
    mixed = "，也许是几种编码拼在一起" if line > 1 else ""
    return f"文字的编码看不出来：从第 {line} 行起不是 UTF-8，也不像 GB18030 或 Big5{mixed}。{_SAVE_AS}"
