"""Columns that hold two facts in one: 工作单位及职务, 学历/学位, 国籍（地区）."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from registry.core.codetables import TABLES, title_level_of
from registry.core.regions import Region

Read = Callable[[str, str], Any]
"""One fact from text by its key; `ValueError` in words."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LONGEST_POST = 12
_POST = re.compile(
    "(?:[长授员师理记席监任人裁管工导士家]|教练|院士|干部|主编|顾问|秘书|代表|负责人|研究员|主持|董事|研究生|博士生|硕士生|退休|CEO|CTO)$"
)


def _employer_position(facts: dict[str, Any], text: str, read: Read) -> None:
    """清华大学 教授 → both; what cannot be told apart stays whole."""
    parts = re.split(r"([\s,，、;；/]+)", text)
    cut = len(parts)
    while cut > 1 and len(parts[cut - 1]) <= _LONGEST_POST and _POST.search(parts[cut - 1]):
        cut -= 2
    cut = max(cut, 1)
    facts["employer"] = read("employer", "".join(parts[:cut]))
    if cut < len(parts):
        facts["position"] = read("position", "".join(parts[cut + 1 :]))


def _education_degree(facts: dict[str, Any], text: str, _read: Read) -> None:
    """研究生/博士 → both; one word says what it is known as."""
    parts = [part for part in re.split(r"[/、,，;；\s]+", text) if part]
    found: dict[str, str] = {}
    for place, part in enumerate(parts):
        keys = ("degree", "education") if place else ("education", "degree")
        known = {key: code for key in keys if (code := _lookup(key, part))}
        for key in known if len(parts) == 1 else list(known)[:1]:
            found.setdefault(key, known[key])
        if not known:
            raise ValueError(f"“{part}”不是学历，也不是学位")
    facts.update(found)


def _position_title(facts: dict[str, Any], text: str, read: Read) -> None:
    """副校长、教授 → both: a title is what the table of titles knows."""
    parts = [part for part in re.split(r"[/、,，;；\s]+", text) if part]
    titles = [part for part in parts if title_level_of(part)]
    posts = [part for part in parts if part not in titles]
    for key, words in (("title", titles), ("position", posts)):
        if words:
            facts[key] = read(key, "、".join(words))


def _phone_email(facts: dict[str, Any], text: str, read: Read) -> None:
    """13800138000 a@b.cn → both."""
    emails = _EMAIL.findall(text)
    phone = _EMAIL.sub(" ", text).strip(" /、,，;；:：")
    for key, word in (("email", emails[0] if emails else ""), ("phone", phone)):
        if word:
            facts[key] = read(key, word)


def _region_nationality(facts: dict[str, Any], text: str, read: Read) -> None:
    """中国香港 → region, 美国 → 外籍 with its country."""
    region = _lookup("region", text)
    if region:
        facts["region"] = region
    else:
        facts["nationality"] = read("nationality", text)


def _region(facts: dict[str, Any], text: str, read: Read) -> None:
    if _lookup("region", text) is None and _lookup("country", text):
        _region_nationality(facts, text, read)
    else:
        facts["region"] = read("region", text)


def _nationality(facts: dict[str, Any], text: str, read: Read) -> None:
    """香港 in the column of nationality is a region, however it came there."""
    region = _lookup("region", text)
    if region in {Region.HONGKONG, Region.MACAO, Region.TAIWAN}:
        facts.setdefault("region", region)
        facts["nationality"] = "CN"
    else:
        facts["nationality"] = read("nationality", text)


@lru_cache(maxsize=1 << 12)
def _lookup(table: str, text: str) -> str | None:
    """Remembered, because cells repeat."""
    return TABLES[table].lookup(text)


@lru_cache(maxsize=1 << 12)
def level_of(title: str | None) -> str | None:
    """The level that a free-text title names (教授级高工 → 正高)."""
    return title_level_of(title) if title else None


COMPOUND = {
    "employer_position": _employer_position,
    "education_degree": _education_degree,
    "phone_email": _phone_email,
    "position_title": _position_title,
    "region_nationality": _region_nationality,
    "region": _region,
    "nationality": _nationality,
}

TWO_IN_ONE = {
    "employer_position": ("employer", "position"),
    "education_degree": ("education", "degree"),
    "phone_email": ("phone", "email"),
    "position_title": ("position", "title"),
    "region_nationality": ("region", "nationality"),
}
"""The facts that such a column holds."""
