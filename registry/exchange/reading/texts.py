"""Cells as text, without the accidents of typing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from registry.exchange.reading.sheets import Cell, Flaw

NOTHING = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "无",
        "暂无",
        "不详",
        "未知",
        "n/a",
        "null",
        "none",
        "nan",
        "#n/a",
        "空",
    ]
)
"""What people write into a cell that has nothing to say."""

_SHORT = max(map(len, NOTHING))
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_WHOSE = re.compile(
    r"[(](?:办|宅|家|住宅|家庭|手机|办公室?|单位|本人)[)]"
    r"|(?:手机|电话|座机|办公|tel|mobile)[号码]*\s*[:.]\s*|^(?:手机|电话|座机|办公|tel|mobile)[号码]*\s*",
    re.IGNORECASE,
)
_FLOATED = re.compile(r"(?<=\d{5})\.0$")
_NUMBERED = re.compile(r"^\d{1,4}\s*[、.．]\s*(?=\D)")
_EXTENSION = re.compile(r"\s*(?:ext\.?|分机号?|分機)[:\s]*", re.IGNORECASE)
_WIDTH_FREE = frozenset({"phone", "phone_email", "email", "postcode", "number", "category", "branch"})


def text_of(cell: Cell) -> str:
    """A cell as it reads in the sheet."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004
        return str(int(cell))
    if isinstance(cell, Flaw):
        return ""
    text = str(cell)
    return text.removesuffix(" 00:00:00")


def tidy(target: str, cell: Cell) -> str:
    """A cell as text without the accidents of typing; empty where it says that there is nothing."""
    text = cell if isinstance(cell, str) else text_of(cell)
    text = " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())
    if len(text) <= _SHORT and text.casefold() in NOTHING and not (text == "无" and "degree" in target):
        return ""
    if target in _WIDTH_FREE:
        text = unicodedata.normalize("NFKC", text).lstrip("'’‘")
        text = _FLOATED.sub("", text)
    if target == "name":
        text = _NUMBERED.sub("", text)
    if target.startswith("phone"):
        text = _EXTENSION.sub("转", _WHOSE.sub(" ", text)).strip()
    return re.sub(r"\s+", "", text) if target in {"number", "postcode"} else text


@lru_cache(maxsize=1 << 12, typed=True)
def tidied(target: str, cell: Cell) -> str:
    """The same, remembered, of columns that say the same again and again."""
    return tidy(target, cell)
