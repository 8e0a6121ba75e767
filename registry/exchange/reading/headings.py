"""What the headings of rosters mean: columns.json, compared as a person would compare."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from registry.core.text import simple


def key(label: str) -> str:
    """What is compared of a heading: no blanks, punctuation or remarks in brackets; simplified."""
    plain = unicodedata.normalize("NFKC", label).casefold()
    bare = _letters(re.sub(r"[(\[【].*?[)\]】]", "", plain)) or _letters(plain)
    return "".join(map(simple, bare)) if not bare.isascii() else bare


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@cache
def _file() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(__file__).with_name("columns.json").read_text(encoding="utf-8"))
    return content


@cache
def _words() -> dict[str, str]:
    words = {key(word): target for target, names in _file()["targets"].items() for word in names}
    return words | {key(word): "" for word in _file()["left_out"]}


@cache
def _whole(label: str) -> str:
    """The heading with its brackets, which may be what tells: 国籍（地区）."""
    return "".join(map(simple, re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", label).casefold())))


def target_of(label: str) -> str | None:
    """The fact that a heading names; '' for one that is known and left out, None for an unknown one."""
    words = _words()
    for word in (_whole(label), key(label)):
        bare = re.sub(_file()["filler"], "", word)
        for candidate in (word, bare):
            if candidate in words:
                return words[candidate]
    return None


def targets() -> list[str]:
    """Every fact that a column may hold."""
    return list(_file()["targets"])
