"""The code tables of national standards: offered as choices, and read from what people write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from registry.core.text import fold, reading, simplify, sort_key

_CODES = Path(__file__).with_name("codes")
_SEPARATORS = re.compile(r"[、，,/;；|+（）()\[\]【】\s]+")
_DOUBT = re.compile("在读|肄业|结业|拟|非|未|曾|待|原")
_LEVELS = {"1": "senior", "2": "associate", "3": "intermediate", "4": "junior", "5": "junior", "6": "junior"}


class CodeTable:
    """One table: codes with their names in order, and the other words by which each is known."""

    def __init__(
        self,
        title: str,
        entries: Mapping[str, Iterable[str]],
        *,
        source: str = "",
        strip: str = "",
        refused: Mapping[str, str] | None = None,
    ) -> None:
        """Of each entry's words the first is the name; `refused` words are answered with their sentence."""
        self.title = title
        self.source = source
        self._entries = {code: tuple(words) for code, words in entries.items()}
        self._strip = re.compile(strip) if strip else None
        self._refused = {_key(word): reason for word, reason in (refused or {}).items()}

    def choices(self) -> list[tuple[str, str]]:
        """Codes and names in the table's order."""
        return [(code, words[0]) for code, words in self._entries.items()]

    def name(self, code: str | None) -> str:
        """The name; empty for None, and a code that the table lost stands for itself."""
        return self._entries.get(code, (code,))[0] if code else ""

    def read(self, text: str) -> str:
        """The code of a name, another word or the code itself; `ValueError` with what it may have been."""
        key = _key(text)
        if not key:
            raise ValueError(f"{self.title}为空")
        if key in self._refused:
            raise ValueError(self._refused[key])
        code = self.lookup(text) or self._read_parts(text)
        if code is None:
            raise ValueError(f"{self.title}里没有“{text.strip()}”{self._suggestion(key)}")
        return code

    def lookup(self, text: str) -> str | None:
        """The code of one whole word, or None."""
        key = _key(text)
        return self._words.get(key) or self._words.get(self._stripped(key))

    def codes_in(self, text: str) -> list[str]:
        """Every code named in a text of several words (教授、博导), passing over unknown ones."""
        parts = (self._stripped(_key(part)) for part in _SEPARATORS.split(text))
        return list(dict.fromkeys(self._words[part] for part in parts if part in self._words))

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    @cached_property
    def _words(self) -> dict[str, str]:
        """Every word by which a code is known; the earlier entry wins."""
        words: dict[str, str] = {}
        for rank in (0, 1):
            for code, names in self._entries.items():
                for word in (code, names[0]) if rank == 0 else names[1:]:
                    words.setdefault(_key(word), code)
        return words

    def _stripped(self, key: str) -> str:
        return self._strip.sub("", key) if self._strip else key

    def _read_parts(self, text: str) -> str | None:
        """One code among several words; two different ones are nobody's to choose from."""
        found = [] if _DOUBT.search(text) else self.codes_in(text)
        if len(found) > 1:
            names = "、".join(self.name(code) for code in found)
            raise ValueError(f"“{text.strip()}”里有几个{self.title}：{names}，请只写一个")
        return found[0] if found else None

    def _suggestion(self, key: str) -> str:
        """The names that sound the same, contain it or look like it, as a question."""
        alike = [word for word in self._words if _sound(word) == _sound(key)]
        within = [word for word in self._words if len(word) > 1 and (key in word or word in key)]
        near = get_close_matches(key, self._words, n=3, cutoff=0.6)
        names = dict.fromkeys(self.name(self._words[word]) for word in (*alike, *within, *near))
        return "，是不是" + "、".join(f"“{name}”" for name in list(names)[:3]) + "？" if names else ""


def title_level_of(title: str) -> str | None:
    """The code of 正高, 副高, 中级 or 初级 that a title belongs to, the highest of several; None if unknown.

    GB/T 8561 says the level with the last digit of its code. Some write the level itself for a title.
    """
    if level := TABLES["title_level"].lookup(title):
        return level
    digits = [code[-1] for code in TABLES["title"].codes_in(title)]
    whole = TABLES["title"].lookup(title)
    return _LEVELS.get(min([whole[-1]] if whole else digits, default=""))


def country_of(code: str) -> str | None:
    """The country (ISO 3166 two letters) of a three-letter or three-digit code, as documents print them."""
    known: list[str] = get_global("territory_aliases").get(code.upper(), [])
    return known[0] if len(known) == 1 and known[0] in TABLES["country"] else None


def _key(text: str) -> str:
    """What is compared: no spaces, no punctuation, simplified, lower case."""
    return re.sub(r"[\W_]+", "", simplify(fold(text)))


def _sound(key: str) -> str:
    return "".join(reading(character).rstrip("12345") for character in key)


def _file(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_CODES / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _load(name: str) -> CodeTable:
    content = _file(name)
    return CodeTable(
        content["title"], content["entries"], source=content["source"], strip=content.get("strip", "")
    )


def _countries() -> CodeTable:
    """Countries under their official Chinese names, by pinyin; a region of China is never one of them."""
    content = _file("country")
    names = _territories("zh_Hans", content["excluded"]) | content["renamed"]
    english = _territories("en", content["excluded"])
    alpha3 = {
        code: key for key, (code, *more) in get_global("territory_aliases").items() if _alpha3(key, more)
    }
    entries = {
        code: (name, *content["entries"].get(code, ()), english[code], alpha3.get(code, code))
        for code, name in sorted(names.items(), key=lambda pair: sort_key(pair[1]))
    }
    return CodeTable(content["title"], entries, source=content["source"], refused=_regions_of_china(content))


def _alpha3(key: str, more: list[str]) -> bool:
    return len(key) == 3 and key.isalpha() and not more  # noqa: PLR2004


def _territories(locale: str, excluded: Iterable[str]) -> dict[str, str]:
    """Two-letter codes with names in one language, but those that are no countries."""
    every = Locale.parse(locale).territories
    return {code: name for code, name in every.items() if len(code) == 2 and code not in excluded}  # noqa: PLR2004


def _regions_of_china(content: Mapping[str, Any]) -> dict[str, str]:
    """What to answer to 香港, 澳门 and 台湾 in the column of nationality."""
    region = _load("region")
    return {
        word: f"{region.name(code)}不是国籍，请在“地区”一栏选“{region.name(code)}”"
        for code, words in content["regions"].items()
        for word in (code, *words)
    }


_FROM_FILES = (
    "ethnic",
    "political",
    "education",
    "degree",
    "title",
    "title_level",
    "discipline",
    "province",
    "employer_kind",
    "grassroots",
    "sex",
    "region",
)

TABLES: dict[str, CodeTable] = {name: _load(name) for name in _FROM_FILES} | {"country": _countries()}
"""Every table by its name."""
