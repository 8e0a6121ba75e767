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
def heard(label: str) -> str:
    """人工智能 → "rengongzhineng rgzn"; Latin words stand as they are."""
    syllables = [reading(word).rstrip("12345") if not word.isascii() else word for word in tokens(label)]
    return f"{''.join(syllables)} {''.join(syllable[0] for syllable in syllables)}" if syllables else ""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Values and labels as options that can be found by pinyin."""
    return [SelectChoice(value, label, _pinyin(str(label))) for value, label in pairs]


def _pinyin(label: str) -> dict[str, str]:
    return {"data-pinyin": heard(label)}
