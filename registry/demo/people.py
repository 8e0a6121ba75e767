"""One invented person as plain column values; the same for the demonstration and for bulk data."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

from registry.core.dates import PartialDate
from registry.core.regions import Region
from registry.demo import names, papers, work
from registry.demo.papers import Paper
from registry.demo.stock import DAY, Weighted, day_between, one_in, stock

_ELDEST, _USUAL, _YOUNGEST = 1936, 1981, 2001


@dataclass(frozen=True)
class Invented:
    """Facts by column of `Person`, and what the table does not hold: the true birth and the documents."""

    facts: dict[str, Any]
    born: date
    papers: tuple[Paper, ...]


def invent(
    rng: Random, trade: work.Trade, region: str, *, student: bool = False, shows_papers: bool = True
) -> Invented:
    """Somebody of a region who works in the trade, or studies it."""
    sex = "M" if rng.random() < 0.66 else "F"
    born = _birthday(rng, student=student)
    country = _countries().draw(rng) if region == Region.FOREIGN else "CN"
    ethnic = _peoples().draw(rng) if region == Region.MAINLAND else None
    home = stock("work")["home_provinces"].get(ethnic) or _provinces().draw(rng)
    facts = {
        **names.invent(rng, region, sex, born.year, ethnic, country),
        "former_names": "",
        "sex": sex,
        "birth": _as_known(rng, born),
        "region": region,
        "nationality": country,
        "ethnic": None if one_in(rng, 25) else ethnic,
        "political": _politics(rng, region, born.year, student=student),
        **_work(rng, trade, born, region, country, student=student),
        "disciplines": _disciplines(rng, trade),
        "phone": papers.phone(rng, region, country),
        "remark": "",
    }
    _rename(rng, facts)
    facts["email"] = _email(rng, facts)
    documents = papers.invent(rng, region, sex, born, home, country) if shows_papers else []
    return Invented(facts, born, tuple(documents))


def _birthday(rng: Random, *, student: bool) -> date:
    year = rng.randint(1998, 2007) if student else int(rng.triangular(_ELDEST, _YOUNGEST, _USUAL))
    return day_between(rng, date(year, 1, 1), date(year, 12, 31))


def _as_known(rng: Random, born: date) -> PartialDate | None:
    """Most to the day; old rosters have the month or the year alone, or nothing."""
    drawn = rng.random()
    if drawn < 0.88:
        return PartialDate.on(born)
    if drawn < 0.96:
        return PartialDate(born.year, born.month)
    return PartialDate(born.year) if drawn < 0.99 else None


def _politics(rng: Random, region: str, born: int, *, student: bool) -> str | None:
    """Asked of mainland people alone; the League ends at 28."""
    if region != Region.MAINLAND or one_in(rng, 12):
        return None
    if student:
        return rng.choice(("01", "02", "03", "03", "13"))
    found = _parties().draw(rng)
    return "13" if found == "03" and born < DAY.year - 28 else found


def _work(
    rng: Random, trade: work.Trade, born: date, region: str, country: str, *, student: bool
) -> dict[str, Any]:
    employer = _employer(rng, trade, region, country, student=student)
    career = work.career(rng, employer, DAY.year - born.year)
    return {
        **career,
        **(_studies(rng) if student else {}),
        "employer": employer.name,
        "employer_kind": employer.kind,
        "address": _address(rng, employer.place),
        "postcode": _postcode(rng, employer.place),
    }


def _employer(rng: Random, trade: work.Trade, region: str, country: str, *, student: bool) -> work.Employer:
    """Who is not of the mainland works at home, or at a university of the mainland."""
    if region == Region.MAINLAND and not student:
        return trade.employer(rng)
    if region == Region.MAINLAND or one_in(rng, 4):
        return trade.of_kind(rng, "university")
    homes = stock("foreign_names")[country] if region == Region.FOREIGN else stock("regional_names")[region]
    name = rng.choice(homes["places"])
    company = name.endswith(("公司", "Inc.", "Ltd", "GmbH", "Co.", "Works", "Mécanique"))
    return work.Employer(name, "enterprise" if company else "university", "")


def _studies(rng: Random) -> dict[str, Any]:
    """Of a student: what is already taken, and what is being read."""
    doctoral = one_in(rng, 2)
    return {
        "position": "博士研究生" if doctoral else "硕士研究生",
        "title": "",
        "title_level": None,
        "grassroots": None,
        "grassroots_ground": "",
        "education": "14" if doctoral else "20",
        "degree": "3" if doctoral else "4",
    }


def _address(rng: Random, place: str) -> str:
    if not place or one_in(rng, 4):
        return ""
    return f"{place}市{rng.choice(stock('work')['streets'])}{rng.randint(1, 299)}号"


def _postcode(rng: Random, place: str) -> str:
    return f"100{rng.randint(0, 199):03d}" if place == "北京" and not one_in(rng, 3) else ""


def _disciplines(rng: Random, trade: work.Trade) -> tuple[str, ...]:
    """One or two; seldom none."""
    wanted = rng.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 2))
    return tuple(dict.fromkeys(trade.disciplines.draw(rng) for _ in range(wanted)))


def _rename(rng: Random, facts: dict[str, Any]) -> None:
    """Few were called otherwise before."""
    if facts["ethnic"] == names.HAN and one_in(rng, 45):
        before = names.invent(rng, Region.MAINLAND, facts["sex"], 1950, names.HAN, "CN")["name"]
        facts["former_names"] = facts["name"][0] + before[-1]


def _email(rng: Random, facts: dict[str, Any]) -> str:
    """At domains that are kept for examples (RFC 2606)."""
    if one_in(rng, 6):
        return ""
    spoken = facts["name_latin"] if facts["region"] != Region.MAINLAND else facts["name_pinyin"]
    letters = unicodedata.normalize("NFKD", spoken.lower().replace(" ", "."))
    plain = "".join(letter for letter in letters if letter.isascii() and (letter.isalpha() or letter == "."))
    return f"{plain.strip('.') or 'member'}{rng.randint(1, 999)}@{rng.choice(stock('work')['mail'])}"


@cache
def _countries() -> Weighted[str]:
    pools = stock("foreign_names")
    return Weighted({country: pools[country]["weight"] for country in pools if country != "source"})


@cache
def _peoples() -> Weighted[str]:
    return Weighted(stock("names")["peoples"]["shares"])


@cache
def _provinces() -> Weighted[str]:
    return Weighted(stock("work")["provinces"])


@cache
def _parties() -> Weighted[str]:
    return Weighted(stock("work")["political"])
