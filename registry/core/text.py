"""Text made comparable: width, spaces, scripts, pinyin, and the words that a search knows."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from opencc import OpenCC  # type: ignore[import-untyped]

# Names are read character by character; the phrases would cost 45 MB and a sixth of a second at each start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin import Style, pinyin

Term = tuple[str, ...] | str
"""A phrase of CJK characters in order, or a word that the searched word begins with."""

HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3041-\u30fa\u30fc-\u30ff"
DANGEROUS = frozenset("=+-@\t\r")
"""First characters for which a spreadsheet may execute a cell."""
_CJK = re.compile(f"[{HAN}{_KANA}]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_TWO = re.compile(r"[^\x00-\x7f]{2}")
_GAP_IN_NAME = re.compile(rf"(?<=[{HAN}·])\s+(?=[{HAN}·])")
_LONE_PAIR = re.compile(rf"(?<![{HAN}])([{HAN}])\s+([{HAN}])(?![{HAN}])")
_CHINESE_NAME = re.compile(f"[{HAN}]+(?:·[{HAN}]+)*")
_HAN_ALONE = re.compile("[\u4e00-\u9fff]+")
_TOKEN = re.compile(rf"[{HAN}{_KANA}]|[^\W_{HAN}{_KANA}]+")
_RUN = re.compile(rf"[{HAN}{_KANA}]+|[^\W_{HAN}{_KANA}]+")
_DOTS = str.maketrans("•・‧∙⋅", "·····")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_VARIANTS = str.maketrans("衞眞敎靑内戶錄峯羣龢麐", "卫真教青内户录峰群和麟")
_APOSTROPHES = re.compile("['’‘ʼ`]")
_SHORT_NAME, _COMPOUND, _MANY = 4, 2, 8


def fold(text: str) -> str:
    """Half width, lower case, single spaces and nothing invisible: equal where people see the same."""
    if text.isascii():
        return " ".join(text.split()).lower()
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(plain.split()).casefold()


@lru_cache(maxsize=1 << 12)
def squeeze_name(text: str) -> str:
    """A name as it is kept: 王　富 → 王富, one space between Latin words, one kind of dot."""
    if _HAN_ALONE.fullmatch(text):
        return text
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_DOTS))).translate(_DOTS)
    return _GAP_IN_NAME.sub("", " ".join(plain.split()))


def spaced(name: str) -> str:
    """A two-character name with a full space between, as rosters print it (王　富)."""
    return "\u3000".join(name) if _TWO.fullmatch(name) else name


def simplify(text: str) -> str:
    """Traditional → simplified, by words."""
    return text if text.isascii() else str(_converter("t2s").convert(text))


def traditional(text: str) -> str:
    """Simplified → traditional; surnames such as 范 and 于 stay as they are."""
    converted = str(_converter("s2tw").convert(text))
    return text[0] + converted[1:] if text and text[0] in _readings("same_in_traditional") else converted


def is_chinese_name(text: str) -> bool:
    """Two to four characters, or any number joined by dots (阿卜杜拉·买买提)."""
    return bool(_CHINESE_NAME.fullmatch(text)) and (1 < len(text) <= _SHORT_NAME or "·" in text)


def pinyin_of(name: str) -> str:
    """王小明 → wang xiaoming, 吕布 → lü bu; empty for a name that is not Chinese."""
    clean = squeeze_name(name)
    if not _CHINESE_NAME.fullmatch(clean):
        return ""
    if "·" in clean:
        return " ".join(_spell(_syllables(part, born=False)) for part in clean.split("·"))
    syllables = _syllables(clean)
    size = surname_size(clean)
    return f"{_spell(syllables[:size])} {_spell(syllables[size:])}".rstrip()


def initials_of(name: str) -> str:
    """王小明 → wxm, Mary Ann → ma."""
    clean = squeeze_name(name)
    if _CHINESE_NAME.fullmatch(clean):
        return "".join(syllable[0] for syllable in _syllables(clean.replace("·", "")))
    return "".join(word[0] for word in tokens(clean))


def sort_key(name: str) -> str:
    """Plain string order of keys = by syllable, tone and character, Latin names between by letter."""
    clean = squeeze_name(name)
    if _CHINESE_NAME.fullmatch(clean):
        parts = zip(_syllables(clean.replace("·", "")), clean.replace("·", ""), strict=True)
        return "".join(_sortable(syllable) + character for syllable, character in parts)
    return "".join(_sortable(reading(word)) + word if _is_cjk(word) else f"{word}0" for word in tokens(clean))


def search_tokens(*texts: str) -> str:
    """Lower-case words for a full-text index: CJK characters one by one, and names also in pinyin."""
    return " ".join(
        word for words in dict.fromkeys(_index_words(text) for text in texts if text) for word in words
    )


def query_terms(query: str) -> list[Term]:
    """What a typed search asks for, all of it together; 王 富 is one name, 王富 北京 are two phrases."""
    joined = _LONE_PAIR.sub(r"\1\2", _plain(query))
    return [_term(run) for run in _RUN.findall(joined)][:_MANY]


def tokens(text: str) -> list[str]:
    """Words without accents, and CJK characters one by one, simplified; nothing in between."""
    return [simple(word) if _is_cjk(word) else word for word in _TOKEN.findall(_plain(text))]


@lru_cache(maxsize=1 << 16)
def simple(character: str) -> str:
    """One character simplified by itself, so that 乾 is found whatever stands beside it."""
    return str(_converter("t2s").convert(character.translate(_VARIANTS)))[:1]


@lru_cache(maxsize=1 << 16)
def reading(character: str) -> str:
    """The usual syllable with its tone, as in zhang1; v for ü; the character itself where nobody knows."""
    known = _readings("given").get(simple(character))
    return known or str(pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0])


def _term(run: str) -> Term:
    return tuple(map(simple, run)) if _is_cjk(run[0]) else run


def _plain(text: str) -> str:
    """Folded, without accents and apostrophes: O’Brien → obrien, Müller → muller."""
    folded = _APOSTROPHES.sub("", fold(text))
    if folded.isascii() or _HAN_ALONE.fullmatch(folded):
        return folded
    apart = unicodedata.normalize("NFD", folded.translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if unicodedata.category(mark) != "Mn"))


def _is_cjk(text: str) -> bool:
    return bool(_CJK.match(text))


@lru_cache(maxsize=1 << 14)
def _index_words(text: str) -> tuple[str, ...]:
    """Remembered, because employers repeat."""
    words = tokens(text)
    return tuple(words) if text.isascii() else (*words, *dict.fromkeys(_name_words(text)))


def _name_words(text: str) -> Iterator[str]:
    """Wangxiaoming xiaoming ming wxm, for every way to read the name; nothing for other texts."""
    name = squeeze_name(text)
    if is_chinese_name(name):
        for syllables in _ways_to_read(name.replace("·", "")):
            yield from ("".join(syllables[start:]) for start in range(len(syllables)))
            yield "".join(syllable[0] for syllable in syllables)


def _ways_to_read(name: str) -> Iterable[tuple[str, ...]]:
    """Syllables without tones, the right ones first; ü as v, u and yu, as keyboards and passports have it."""
    right = [_spellings(syllable.rstrip("12345")) for syllable in _syllables(name)]
    either = _readings("either")
    choices = [
        dict.fromkeys((*ways, *either.get(simple(c), ()))) for ways, c in zip(right, name, strict=True)
    ]
    return islice(product(*choices), _MANY)


def _spellings(syllable: str) -> tuple[str, ...]:
    return (
        (syllable, syllable.replace("v", "u"), syllable.replace("v", "yu"))
        if "v" in syllable
        else (syllable,)
    )


def _spell(syllables: Iterable[str]) -> str:
    return "".join(syllable.rstrip("12345").replace("v", "ü") for syllable in syllables)


def _sortable(syllable: str) -> str:
    """ü stands right after u (lu, lü, luan), and what has no reading after all letters."""
    return syllable.replace("v", "u:") if syllable.isascii() else "~"


@lru_cache(maxsize=1 << 12)
def surname_size(name: str) -> int:
    """2 for a compound surname with a given name after it, otherwise 1."""
    return 2 if len(name) > _COMPOUND and _simple_start(name) in _readings("surnames") else 1


@lru_cache(maxsize=1 << 12)
def _syllables(name: str, *, born: bool = True) -> tuple[str, ...]:
    """One for each character, with tones; first the surname, where it is `born` with one."""
    size = surname_size(name) if born else 0
    surname = _readings("surnames").get(_simple_start(name)[:size], "").split() if size else []
    return (*surname, *(reading(character) for character in name[len(surname) :]))


def _simple_start(name: str) -> str:
    return "".join(map(simple, name[:_COMPOUND]))


@cache
def _converter(direction: str) -> Any:
    return OpenCC(direction)


@cache
def _readings(part: str) -> Any:
    """One part of codes/readings.json."""
    path = Path(__file__).with_name("codes") / "readings.json"
    return json.loads(path.read_text(encoding="utf-8"))[part]
