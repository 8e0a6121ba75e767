"""Names of invented persons in their scripts, for every region and people."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from registry.core import text
from registry.core.regions import Region
from registry.demo.stock import Weighted, one_in, stock

Names = dict[str, str]
"""By column: name, name_traditional, name_pinyin, name_latin."""

HAN = "01"
_IN_FULL = 20
_KOREAN_OR_HUI_STYLE = 2


def invent(rng: Random, region: str, sex: str, born: int, ethnic: str | None, country: str) -> Names:
    """The names of one person; `born` is the year, `country` counts for foreigners."""
    if region == Region.FOREIGN:
        return _foreign(rng, sex, country)
    if region != Region.MAINLAND:
        return _regional(rng, region, sex)
    return _mainland(rng, sex, born, ethnic or HAN)


def _names(name: str, traditional: str = "", latin: str = "") -> Names:
    return {
        "name": name,
        "name_traditional": traditional,
        "name_pinyin": text.pinyin_of(name),
        "name_latin": latin,
    }


def _mainland(rng: Random, sex: str, born: int, ethnic: str) -> Names:
    peoples = stock("names")["peoples"]
    if ethnic in peoples["own"]:
        return _names(_of_own_form(rng, peoples["own"][ethnic], sex, ethnic))
    surnames = peoples["surnames"].get(ethnic)
    while True:
        surname = rng.choice(surnames) if surnames else _surnames().draw(rng)
        name = surname + _given(rng, sex, born)
        if name not in _known_to_all():
            return _names(name)


def _of_own_form(rng: Random, own: dict[str, list[str]], sex: str, ethnic: str) -> str:
    """Uygurs and Kazakhs carry their father's name after a dot; Mongols and Tibetans have one name."""
    given: str = rng.choice(own[sex])
    return f"{given}·{rng.choice(own['M'])}" if ethnic in {"05", "17"} else given


def _given(rng: Random, sex: str, born: int) -> str:
    cohort = next(group for group in stock("names")["given"][sex] if born < group["until"])
    if rng.random() * 100 < cohort["single"]:
        return str(rng.choice(cohort["alone"]))
    while True:
        first, second = rng.choice(cohort["first"]), rng.choice(cohort["second"])
        if first != second:
            return f"{first}{second}"


def _regional(rng: Random, region: str, sex: str) -> Names:
    """Traditional script with the local romanisation; some societies keep the simplified form as the name."""
    local = stock("regional_names")[region]
    surname = _regional_surnames(region).draw(rng)
    first, second = rng.sample(list(local[sex]), 2)
    given = [first] if one_in(rng, 15) else [first, second]
    traditional = surname + "".join(given)
    joint = "-" if region == Region.TAIWAN else " "
    spoken = joint.join(local[sex][character] for character in given)
    latin = f"{local['surnames'][surname][0].upper()}, {_lower_second(spoken, joint)}"
    return _names(traditional if one_in(rng, 2) else text.simplify(traditional), traditional, latin)


def _lower_second(spoken: str, joint: str) -> str:
    """Chih-ming in Taiwan, Chi Ming in Hong Kong and Macao."""
    first, *rest = spoken.split(joint)
    return joint.join((first, *(word.lower() if joint == "-" else word for word in rest)))


def _foreign(rng: Random, sex: str, country: str) -> Names:
    """As a passport has it; the name is the Latin one."""
    pool: dict[str, Any] = stock("foreign_names")[country]
    middle = f" {rng.choice('ABCEGHJLMPRSTW')}." if country in {"US", "CA"} and one_in(rng, 3) else ""
    latin = f"{rng.choice(pool[sex])}{middle} {rng.choice(pool['family'])}"
    return _names(latin, "", latin)


@cache
def _surnames() -> Weighted[str]:
    return Weighted(stock("names")["surnames"])


@cache
def _regional_surnames(region: str) -> Weighted[str]:
    surnames = stock("regional_names")[region]["surnames"]
    return Weighted({surname: weight for surname, (_latin, weight) in surnames.items()})


@cache
def _known_to_all() -> frozenset[str]:
    return frozenset(stock("names")["known_to_all"])
