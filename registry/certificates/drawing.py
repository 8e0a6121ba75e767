"""A certificate as data for the press: words, dates, and two codes to check it by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import segno
from flask_babel import gettext as _

from registry.certificates.facts import LABELS, ONGOING
from registry.core.text import spaced
from registry.web.filters import day_zh
from registry.web.languages import said

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
        "sentence": _sentence(kind, told),
        "name": spaced(told["name"]),
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
