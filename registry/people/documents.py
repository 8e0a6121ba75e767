"""Identity documents (证件): what they prove against what is known, and how rosters write them."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.iso7064 import mod_11_2

from registry.core.codetables import TABLES
from registry.core.dates import PartialDate
from registry.core.regions import LABELS as REGION_LABELS
from registry.core.regions import Region
from registry.core.text import fold, simplify
from registry.people.document_numbers import (
    CHINA,
    LABELS,
    SHORT,
    DocumentError,
    DocumentKind,
    Proof,
    check,
    check_credit_code,
    normalise,
)

__all__ = [
    "LABELS",
    "SHORT",
    "DocumentError",
    "DocumentKind",
    "Proof",
    "check",
    "check_credit_code",
    "contradictions",
    "guess_kind",
    "lost_digits",
    "masked",
    "normalise",
]

_BY_LABEL = (
    (DocumentKind.FOREIGN_PR, re.compile("永居|永久居留|外国人.*身份证")),
    (DocumentKind.RESIDENCE_PERMIT, re.compile("居住证")),
    (DocumentKind.TAIWAN_PERMIT, re.compile("台胞|台.*通行证|^(中国)?台湾")),
    (DocumentKind.HKMO_PERMIT, re.compile("回乡|港澳|香港|澳门")),
    (DocumentKind.PASSPORT, re.compile("护照|passport")),
    (DocumentKind.RESIDENT_ID, re.compile("身份证")),
)
"""Words in the column 证件类型, simplified and in lower case; the first that fits counts."""

_BY_FORM = (
    (DocumentKind.RESIDENCE_PERMIT, re.compile(r"8[123]0000[0-9]{11}[0-9X]")),
    (DocumentKind.FOREIGN_PR, re.compile(r"9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}")),
    (DocumentKind.RESIDENT_ID, re.compile(r"[0-9]{14,18}[0-9X]")),
    (DocumentKind.HKMO_PERMIT, re.compile(r"[HM][0-9]{8}([0-9]{2})?")),
    (DocumentKind.TAIWAN_PERMIT, re.compile(r"[0-9]{8}|[0-9]{10}(\([A-Z]\)|[A-Z])?")),
    (DocumentKind.PASSPORT, re.compile(r"[A-Z]{1,2}[0-9]{6,8}")),
)
"""A length that is off by some digits still looks like a 身份证, so that its own words are said."""

_DISTINCT = {DocumentKind.RESIDENCE_PERMIT, DocumentKind.FOREIGN_PR, DocumentKind.HKMO_PERMIT}
_EXACT_BELOW = 1e15
_WHOLE = re.compile("[0-9]{15}000")
_LOST = re.compile(r"'?([0-9]{15}0{3}(\.0+)?|[0-9](\.[0-9]+)?e\+?[0-9]{2})")

Patterns = tuple[tuple[DocumentKind, re.Pattern[str]], ...]


def contradictions(
    proof: Proof, *, region: str | None, birth: PartialDate | None, sex: str | None
) -> list[tuple[str, str]]:
    """Fields that cannot be what the document proves, each with its sentence; unknown contradicts nothing."""
    word = SHORT[proof.kind]
    found = [("region", _region_conflict(proof, region, word))]
    if birth and proof.birth and not birth.agrees(proof.birth):
        found.append(("birth", f"出生日期 {birth} 与{word}上的 {proof.birth} 不符"))
    if sex and proof.sex and sex != proof.sex:
        shown = TABLES["sex"].name
        found.append(("sex", f"性别“{shown(sex)}”与{word}号（{shown(proof.sex)}）不符"))
    return [(field, sentence) for field, sentence in found if sentence]


def _region_conflict(proof: Proof, region: str | None, word: str) -> str:
    """A foreign passport excludes 内地, a Chinese one 外籍; every other document names its region."""
    if not region:
        return ""
    if proof.region:
        shown = f"“{REGION_LABELS[proof.region]}”"
        return (
            ""
            if region == proof.region
            else f"地区“{TABLES['region'].name(region)}”与{word}所证明的{shown}不符"
        )
    foreign = proof.nationality not in (None, CHINA)
    if (foreign and region == Region.MAINLAND) or (proof.nationality == CHINA and region == Region.FOREIGN):
        country = TABLES["country"].name(proof.nationality)
        return f"地区“{TABLES['region'].name(region)}”与护照的国籍“{country}”不符"
    return ""


def guess_kind(text: str, label: str | None = None) -> DocumentKind | None:
    """The kind by the roster's label and the number's form; what is called 身份证 may be another card."""
    by_form = _first(_BY_FORM, normalise("", text))
    by_label = _labelled(label or "")
    if by_label is DocumentKind.RESIDENT_ID and by_form in _DISTINCT:
        return by_form
    return by_label or by_form


@lru_cache(maxsize=256)
def _labelled(label: str) -> DocumentKind | None:
    """Remembered, because a column says the same again and again."""
    return _first_within(_BY_LABEL, simplify(fold(label)).replace(" ", ""))


def _first(patterns: Patterns, text: str) -> DocumentKind | None:
    return next((kind for kind, pattern in patterns if pattern.fullmatch(text)), None)


def _first_within(patterns: Patterns, text: str) -> DocumentKind | None:
    return next((kind for kind, pattern in patterns if pattern.search(text)), None)


def lost_digits(value: object) -> bool:
    """True for a number that went through a spreadsheet's 15 significant digits: it must be typed anew.

    A text that ends in 000 is believed where its check character holds: one real number in a thousand does.
    """
    if isinstance(value, float):
        return abs(value) >= _EXACT_BELOW
    if not isinstance(value, int | str):
        return False
    plain = fold(str(value)).replace(" ", "")
    genuine = isinstance(value, str) and bool(_WHOLE.fullmatch(plain)) and mod_11_2.is_valid(plain)
    return bool(_LOST.fullmatch(plain)) and not genuine


def masked(last4: str) -> str:
    """How a number is shown: ••••••1234."""
    return f"••••••{last4}"
