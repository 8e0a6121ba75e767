"""What the headings of rosters mean: columns.json, compared as a person would compare."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from registry.core.text import simple

Meaning = Callable[[str], str | None]
"""The fact that a heading names; '' for one that is known and left out, None for an unknown one."""


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


@lru_cache(maxsize=1 << 10)
def learnable(label: str) -> str:
    """A heading as it is remembered: with its brackets, which may be what tells (国籍（地区）)."""
    return "".join(map(simple, re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", label).casefold())))


def target_of(label: str) -> str | None:
    """What a heading means to every society."""
    words = _words()
    for word in (learnable(label), key(label)):
        bare = re.sub(_file()["filler"], "", word)
        for candidate in (word, bare):
            if candidate in words:
                return words[candidate]
    return None


def meaning(learned: Mapping[str, str]) -> Meaning:
    """What headings mean to a society whose clerks corrected some: `learnable` heading → target."""
    known = {word: target for word, target in learned.items() if not target or target in _file()["targets"]}
    return lambda label: known.get(learnable(label)) if learnable(label) in known else target_of(label)


def corrections(labels: Sequence[str], proposed: Sequence[str], chosen: Sequence[str]) -> dict[str, str]:
    """What a clerk's choice of columns teaches; nothing where one heading was chosen to mean two things."""
    choices: dict[str, set[str]] = {}
    for label, target in zip(labels, chosen, strict=True):
        choices.setdefault(learnable(label), set()).add(target)
    return {
        learnable(label): target
        for label, before, target in zip(labels, proposed, chosen, strict=True)
        if before != target and learnable(label) and len(choices[learnable(label)]) == 1
    }


def targets() -> list[str]:
    """Every fact that a column may hold."""
    return list(_file()["targets"])
