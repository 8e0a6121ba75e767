"""Names in the order of their strokes (笔画), in the two ways that lists in China use.

Fewer strokes first; equal counts by the strokes as written: 横 (1, 提 too) < 竖 (2) < 撇 (3) < 点 (4, 捺 too)
< 折 (5), after GF 3003-1999 (GB 13000.1 字符集汉字字序规范). The sequences of 9,502 characters are those of
cnchar-order and cnchar-trad 3.2.6 (MIT); of others only the count is known (Unihan 15 kTotalStrokes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from registry.core.text import HAN, squeeze_name, surname_size, tokens

_CODES = Path(__file__).with_name("codes")
_HAN = re.compile(f"[{HAN}]")
_BLANK = " "
_UNKNOWN = "~"
_AFTER_HAN = "A"


@dataclass(frozen=True)
class StrokeKey:
    """`text` orders as plain strings do; `partial` names the characters whose strokes are only counted."""

    text: str
    partial: str = ""


def by_surname(name: str) -> StrokeKey:
    """按姓氏笔画为序: of one surname, a given name of one character stands first (王富 before 王大利)."""
    clean = squeeze_name(name)
    size = surname_size(clean) if "·" not in clean else 0
    given = clean[size:]
    return _key(clean[:size] + (_BLANK if size and len(given) == 1 else "") + given)


def by_name(name: str) -> StrokeKey:
    """按姓名笔画为序: character by character (王大利 before 王富)."""
    return _key(squeeze_name(name))


def strokes_of(character: str) -> str:
    """The strokes as digits 1 to 5 in writing order; empty where they are not known."""
    return _sequences().get(character, "")


def count_of(character: str) -> int | None:
    """How many strokes; None where nobody knows."""
    return len(strokes_of(character)) or _counts().get(character)


def explain(name: str) -> str:
    """The key in words: 王 4画（1121） 富 12画（…）."""
    return " ".join(_in_words(character) for character in squeeze_name(name) if _HAN.match(character))


def _key(name: str) -> StrokeKey:
    """Latin names stand after all others, by letter."""
    if not _HAN.search(name):
        return StrokeKey(_AFTER_HAN + " ".join(tokens(name)))
    texts, partial = zip(*(_part(character) for character in name if character != "·"), strict=True)
    return StrokeKey("".join(texts), "".join(partial))


@lru_cache(maxsize=1 << 13)
def _part(character: str) -> tuple[str, str]:
    """Count, strokes, and the character itself, so that the same ones stand together; and it, if partial."""
    if character == _BLANK:
        return _BLANK, ""
    partial = character if _HAN.match(character) and not strokes_of(character) else ""
    count = count_of(character)
    if count is None:
        return _UNKNOWN + character, partial
    return f"{count:02d}{strokes_of(character) or _UNKNOWN}{character}", partial


def _in_words(character: str) -> str:
    count = count_of(character)
    if count is None:
        return f"{character} 笔画不详"
    return f"{character} {count}画（{strokes_of(character) or '笔顺不详'}）"


@cache
def _sequences() -> dict[str, str]:
    return {character: strokes for strokes, characters in _lines("strokes") for character in characters}


@cache
def _counts() -> dict[str, int]:
    return {
        character: int(count) for count, characters in _lines("stroke_counts") for character in characters
    }


def _lines(name: str) -> list[tuple[str, str]]:
    """Each line is a value and the characters that have it."""
    text = (_CODES / f"{name}.txt").read_text(encoding="utf-8")
    return [(value, characters) for value, characters in (line.split(" ") for line in text.splitlines())]
