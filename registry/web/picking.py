"""Lists of choices that a picker filters by what is heard: options carry their pinyin and its initials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice

from registry.core.text import reading, tokens

PICKER: Mapping[str, Any] = {"data-picker": True, "data-nothing": _("没有这一项")}
"""On a select: with script one types into it; see `static/js/picker.js`."""


@lru_cache(maxsize=1 << 13)
def syllables(label: str) -> tuple[str, ...]:
    """人工智能 → ren gong zhi neng; Latin words stand as they are."""
    return tuple(reading(word).rstrip("12345") if not word.isascii() else word for word in tokens(label))


def heard(label: str) -> str:
    """人工智能 → "rengongzhineng rgzn"."""
    sounds = syllables(label)
    return f"{''.join(sounds)} {''.join(sound[0] for sound in sounds)}" if sounds else ""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Values and labels as options that can be found by pinyin."""
    return [SelectChoice(value, label, _pinyin(str(label))) for value, label in pairs]


def _pinyin(label: str) -> dict[str, str]:
    return {"data-pinyin": heard(label)}
