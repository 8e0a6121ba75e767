"""The colours in numbers: what is written can be read in light and in dark."""

from __future__ import annotations

import re

import pytest

from registry.config import ROOT

TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
GROUNDS = ("paper", "sheet", "desk", "float", "hover")
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "indigo", "cinnabar") for ground in GROUNDS),
    *(("ink-3", ground) for ground in ("paper", "sheet", "float")),
    *((word, f"{word}-wash") for word in ("indigo", "pine", "cinnabar", "ochre")),
    *(("ink", f"{word}-wash") for word in ("indigo", "pine", "cinnabar", "ochre")),
    ("on-indigo", "indigo"),
    ("on-indigo", "indigo-deep"),
    ("slip-ink", "slip"),
]


def _colours(selector: str) -> dict[str, str]:
    block = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


LIGHT = _colours("\n:root")
DARK = LIGHT | _colours(':root[data-theme="dark"]')


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_what_is_written_can_be_read(scheme, ink, ground):
    darker, lighter = sorted((_luminance(scheme[ink]), _luminance(scheme[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_dark_is_the_same_asked_for_or_preferred():
    assert _colours(':root[data-theme="dark"]') == _colours(':root:not([data-theme="light"])')
