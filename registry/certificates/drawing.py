"""A certificate as data for the press: words, dates, and two codes to check it by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import segno
from flask_babel import gettext as _

from registry.certificates.facts import LABELS, ONGOING
from registry.core.text import pinyin_of, spaced
from registry.web.filters import day_zh
from registry.web.languages import said, speaking, speaks

_APART = {"society", "name", "body", "post", "from", "to"}
"""Told in the sentence, not in the list below it."""


def data(
    kind: str, told: Mapping[str, str], issued_on: date, address: str, witness: str, *, draft: bool
) -> dict[str, Any]:
    """For the sheet `certificate`; `address` is where it is checked, `witness` the signed text."""
    return {
        "title": str(_("会员证明") if kind == "membership" else _("任职证明")),
        "english": "Certificate of Membership" if kind == "membership" else "Certificate of Office",
        "society": told["society"],
        "day": _day(issued_on),
        "sentences": [_sentence(kind, told)],
        "name": _name(told),
        "facts": [
            [str(_(LABELS[key])), _worded(key, value)] for key, value in told.items() if key not in _APART
        ],
        "address": address,
        "online": _qr(address),
        "offline": _qr(witness),
        "witness": witness,
        "words": [str(_("联网核验")), str(_("离线核验"))],
        "draft": str(_("样张")) if draft else "",
    }


def both(*given: Any, **more: Any) -> dict[str, Any]:
    """The same in Chinese and English, side by side."""
    with speaking("zh_Hans"):
        chinese = data(*given, **more)
    with speaking("en"):
        english = data(*given, **more)
    rows = [zip(*pair, strict=True) for pair in zip(chinese["facts"], english["facts"], strict=True)]
    return chinese | {
        "day": f"{chinese['day']}　{english['day']}",
        "sentences": [*chinese["sentences"], *english["sentences"]],
        "name": _once(chinese["name"], english["name"].removesuffix(f" {given[1]['name']}")),
        "facts": [[_once(*cell) for cell in row] for row in rows],
        "words": [_once(*pair) for pair in zip(chinese["words"], english["words"], strict=True)],
    }


def _once(chinese: str, english: str) -> str:
    return chinese if chinese == english else f"{chinese} {english}"


def _name(told: Mapping[str, str]) -> str:
    """In print as the language has it: 王　富, and for who reads no Chinese Wang Fu before it."""
    name = told["name"]
    latin = told.get("name_latin") or pinyin_of(name).title()
    return spaced(name) if speaks() != "en" or latin in {"", name} else f"{latin} {name}"


def _sentence(kind: str, told: Mapping[str, str]) -> str:
    if kind == "membership":
        return str(_("兹证明，以上人员是%(society)s会员。", society=told["society"]))
    since = _day(date.fromisoformat(told["from"]))
    until = _("至今") if told["to"] == ONGOING else _("至 %(day)s", day=_day(date.fromisoformat(told["to"])))
    words = _(
        "兹证明，以上人员自 %(since)s %(until)s担任%(society)s%(body)s%(post)s。",
        since=since,
        until=until,
        society=told["society"],
        body=said(told["body"]),
        post=told["post"],
    )
    return str(words)


def _worded(key: str, value: str) -> str:
    if key == "since":
        return _day(date.fromisoformat(value))
    if key in {"category", "title"}:
        return str(said(value))
    return str(_("%(year)s 年", year=value)) if key == "birth_year" else value


def _day(day: date) -> str:
    """In the words of the reader's language."""
    return str(said(day_zh(day)))


def _qr(text: str) -> str:
    return str(segno.make(text, error="m", micro=False).svg_inline(border=0, dark="#1d2025", omitsize=True))
