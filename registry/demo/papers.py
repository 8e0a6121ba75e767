"""Identity documents of invented persons: right in form and checksum, and in ranges that nobody was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from stdnum.iso7064 import mod_11_2

from registry.core.regions import Region
from registry.demo.stock import Weighted, fill, one_in, stock
from registry.people.document_numbers import DocumentKind

_PERMIT_START = {Region.HONGKONG: "810000", Region.MACAO: "820000", Region.TAIWAN: "830000"}
_PERMIT_LETTER = {Region.HONGKONG: "H", Region.MACAO: "M"}


@dataclass(frozen=True)
class Paper:
    """A document before it is checked and sealed."""

    kind: DocumentKind
    number: str
    country: str | None = None


def invent(rng: Random, region: str, sex: str, born: date, home: str, country: str) -> list[Paper]:
    """The documents that one person shows, seldom none; `home` is a province, `country` a foreigner's."""
    if one_in(rng, 14):
        return []
    if region == Region.MAINLAND:
        return _mainland(rng, sex, born, home)
    if region == Region.FOREIGN:
        return _foreign(rng, sex, born, country)
    return _regional(rng, Region(region), sex, born)


def _mainland(rng: Random, sex: str, born: date, home: str) -> list[Paper]:
    """The county part 0100 stands for a whole city, so no real card has it."""
    papers = [Paper(DocumentKind.RESIDENT_ID, _eighteen(rng, f"{home}0100", sex, born))]
    if one_in(rng, 60):
        papers.append(Paper(DocumentKind.PASSPORT, fill(rng, "E0#######"), "CN"))
    return papers


def _regional(rng: Random, region: Region, sex: str, born: date) -> list[Paper]:
    permit = Paper(DocumentKind.RESIDENCE_PERMIT, _eighteen(rng, _PERMIT_START[region], sex, born))
    if region is Region.TAIWAN:
        card = Paper(DocumentKind.TAIWAN_PERMIT, fill(rng, "9#######"))
    else:
        card = Paper(DocumentKind.HKMO_PERMIT, fill(rng, f"{_PERMIT_LETTER[region]}9#######"))
    return [permit] if one_in(rng, 3) else [card] if one_in(rng, 2) else [card, permit]


def _foreign(rng: Random, sex: str, born: date, country: str) -> list[Paper]:
    pool = stock("foreign_names")[country]
    passport = Paper(DocumentKind.PASSPORT, fill(rng, pool["passport"]), country)
    if not one_in(rng, 4):
        return [passport]
    if one_in(rng, 3):
        old = f"{pool['letters']}1100{born:%y%m%d}{fill(rng, '##')}"
        return [Paper(DocumentKind.FOREIGN_PR, old)]
    return [passport, Paper(DocumentKind.FOREIGN_PR, _eighteen(rng, f"911{pool['number']}", sex, born))]


def _eighteen(rng: Random, start: str, sex: str, born: date) -> str:
    """GB 11643-1999: six digits, birth, a sequence that is odd for men, and the check character."""
    sequence = rng.randrange(0, 998, 2) + (sex == "M")
    body = f"{start}{born:%Y%m%d}{sequence:03d}"
    return body + str(mod_11_2.calc_check_digit(body))


def phone(rng: Random, region: str, country: str) -> str:
    """In ranges that no operator was given: 160, 161, 163 and 164 in the mainland."""
    if region == Region.FOREIGN:
        return fill(rng, stock("foreign_names")[country]["phone"])
    if region == Region.MAINLAND:
        return fill(rng, _mainland_phones().draw(rng))
    return fill(rng, {"HK": "+852 1### ####", "MO": "+853 1### ####", "TW": "+886 900 0## ###"}[region])


@cache
def _mainland_phones() -> Weighted[str]:
    patterns = {f"{start}########": 22 for start in (160, 161, 163, 164)}
    return Weighted(patterns | {"010-9#######": 5, "010-9#######转8##": 2, "": 5})
