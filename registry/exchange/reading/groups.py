"""Headings of groups inside a table (一、理事长（1人）; 北京大学（3人）): what they say of the rows below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.texts import text_of

NUMBERED = 2
"""The level of headings with Arabic numbers."""

_LONGEST = 30
_LEVELS = (
    re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、.．:：]|部分)\s*"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）][、.．:：]?\s*"),
    re.compile(r"\d{1,2}[、.．]\s*(?=\D)"),
)
_COUNT = re.compile(
    r"\s*(?:[（(【\[]\s*(?:共|计)?\s*\d+\s*[人名位]?\s*[)）】\]]|[:：]?\s*共?\s*\d+\s*[人名位])\s*[:：]?$"
)
_SENTENCE = re.compile(r"[。；！？]|[，：:].{6}")
_SENSES = (
    ("branch", re.compile(r"(?:分会|委员会|专委会|专业组|学组|代表处|办事处|工作站)$")),
    ("category", re.compile(r"会员$|会士$")),
    ("", re.compile(r"(?:长|理事|监事|代表|委员|主任|秘书|书记|顾问|主席)$")),
    (
        "employer",
        re.compile(
            r"(?:大学|学院|学校|院|所|公司|集团|医院|中心|局|厅|部|委|中学|小学|学会|协会|馆|厂|社|站|队|处)$"
        ),
    ),
)


@dataclass(frozen=True)
class Heading:
    """What a group is called, and how deep its heading stands."""

    level: int
    name: str


def heading(text: str, *, merged: bool) -> Heading | None:
    """The one text of a row that is numbered, counts its people, or is merged across the table."""
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return None
    for level, numbered in enumerate(_LEVELS):
        if match := numbered.match(text):
            return _named(level, text[match.end() :])
    return _named(len(_LEVELS), text) if merged or _COUNT.search(text) else None


def _named(level: int, text: str) -> Heading | None:
    name = _COUNT.sub("", text).strip().rstrip(":：")
    return Heading(level, name) if name and not name.isdecimal() else None


def sense(names: Sequence[str]) -> str:
    """The target that most of the values suggest; '' where none does, or where they are posts."""
    for target, sign in _SENSES:
        if names and sum(bool(sign.search(name)) for name in names) * 2 > len(names):
            return target
    return ""


def merged_across(sheet: Sheet) -> frozenset[int]:
    """The rows with a cell that reaches over three columns or more, or over all there are."""
    enough = min(3, max(sheet.width, 2))
    return frozenset(top for (top, left), (_bottom, right) in sheet.merged if right - left + 1 >= enough)


def filled_down(sheet: Sheet, first: int) -> dict[int, list[str]]:
    """The columns with merged-down cells below the header, and what these say."""
    found: dict[int, list[str]] = {}
    for (top, left), (bottom, _right) in sheet.merged:
        if top >= first and bottom > top and left < len(sheet.rows[top]):
            found.setdefault(left, []).append(text_of(sheet.rows[top][left]).strip())
    return found
