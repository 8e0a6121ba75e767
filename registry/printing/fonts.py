"""The fonts of print: which of them this machine has, and which characters none of them has.

宋体 and 黑体 come from the system (Debian: fonts-noto-cjk), rare characters from fonts-hanazono;
what is Latin, Greek or Cyrillic is set in a font that Typst brings with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from unicodedata import category

from fontTools.ttLib import TTFont
from typst import FontInfo, Fonts

LATIN = "Libertinus Serif"
LATIN_COVERS = (
    range(0x20, 0x2E5),
    range(0x300, 0x370),
    range(0x384, 0x3E2),
    range(0x400, 0x478),
    range(0x48C, 0x4C5),
    range(0x1E00, 0x2000),
    range(0x2010, 0x2028),
)
"""What Typst's own copy can set; it lies in no file that could be asked. A test sets every letter of it."""
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "NSimSun")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "SimHei", "Microsoft YaHei")
RARE = ("HanaMinA", "HanaMinB", "BabelStone Han", "SimSun-ExtB")
PACKAGES = {"usual": "fonts-noto-cjk", "rare": "fonts-hanazono"}


def stacks() -> dict[str, list[str]]:
    """Families by use, `serif` and `sans`, each in the order in which a character is looked for."""
    there = _there()
    serif, sans, rare = ([name for name in names if name in there] for names in (SERIF, SANS, RARE))
    return {"serif": [LATIN, *serif, *rare], "sans": [LATIN, *sans, *serif, *rare]}


def lacking() -> list[str]:
    """The Debian packages without which lists cannot be printed, or not with every name."""
    there = _there()
    usual = any(name in there for name in SERIF) and any(name in there for name in SANS)
    rare = any(name in there for name in RARE)
    return [PACKAGES[key] for key, found in (("usual", usual), ("rare", rare)) if not found]


def missing(text: str) -> str:
    """The characters of a text that no font has, each once."""
    return "".join(dict.fromkeys(char for char in text if not _can_be_set(char)))


def missing_in(texts: Iterable[str]) -> dict[str, str]:
    """Of the texts those that cannot be set in full, with what is missing."""
    return {text: lost for text in texts if (lost := missing(text))}


@cache
def _can_be_set(char: str) -> bool:
    code = ord(char)
    if category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or any(code in span for span in LATIN_COVERS):
        return True
    return any(code in _characters(name) for name in stacks()["serif"][1:])


@cache
def _there() -> dict[str, FontInfo]:
    """Every family of the system by its name, with one of its fonts."""
    found = Fonts(include_embedded_fonts=False).fonts()
    return {font.family: font for font in sorted(found, key=lambda font: font.weight, reverse=True)}


@cache
def _characters(family: str) -> frozenset[int]:
    font = _there()[family]
    if font.path is None:
        return frozenset()
    with TTFont(font.path, fontNumber=font.index, lazy=True) as read:
        return frozenset(read.getBestCmap())
