"""Rule packs: files of rules with their source, each an entry that names a function of `rules`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("packs")


class Strength(StrEnum):
    """How binding a rule is, the strongest first."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "encouraged"


STRENGTHS = {Strength.MUST: "必须", Strength.SHOULD: "原则上", Strength.ENCOURAGED: "鼓励"}
SOCIETY = "society"
"""The scope of a rule that is asked once of a society, not of each of its bodies."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written."""

    document: str
    number: str = ""
    article: str = ""

    def __str__(self) -> str:
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.document}》{number}{self.article}"


@dataclass(frozen=True, slots=True)
class Checked:
    """Who compared the rule with its source, when, and with which text of it."""

    by: str
    on: date
    against: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a pack; `checked` None = nobody compared it with its source yet."""

    id: str
    predicate: str
    title: str
    statement: str
    strength: Strength
    citation: Citation
    scope: tuple[str, ...]
    parameters: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    checked: Checked | None = None

    def in_force(self, day: date) -> bool:
        """Valid on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def parameters_for(self, charter: Mapping[str, str]) -> dict[str, object]:
        """The parameters, where the charter says otherwise those of the charter."""
        return {key: charter.get(f"{self.id}.{key}", value) for key, value in self.parameters.items()}

    def said_for(self, charter: Mapping[str, str]) -> str:
        """The statement with its numbers."""
        return self.statement.format(**self.parameters_for(charter))


Pack = tuple[Rule, ...]
"""Rules that are judged together."""


@cache
def every() -> Pack:
    """The rules of all files, in the order of their names."""
    found = tuple(rule for path in sorted(_FOLDER.glob("*.toml")) for rule in read(path.read_text("utf-8")))
    names = [rule.id for rule in found]
    if len(set(names)) < len(names):
        raise ValueError("two rules of the packs have one id")
    return found


def by_id(rule_id: str) -> Rule | None:
    """One rule of the files."""
    return next((rule for rule in every() if rule.id == rule_id), None)


def read(text: str) -> Pack:
    """The rules of one file; what an entry leaves out of its source stands at the head of the file."""
    content = tomllib.loads(text)
    return tuple(_rule(entry, content["source"]) for entry in content["rule"])


def _rule(entry: dict[str, Any], source: Mapping[str, str]) -> Rule:
    cited = {**source, **entry.pop("source", {})}
    checked = entry.pop("checked", None)
    return Rule(
        predicate=entry.pop("predicate", entry["id"]),
        strength=Strength(entry.pop("strength")),
        scope=tuple(entry.pop("scope", [SOCIETY])),
        citation=Citation(cited["document"], cited.get("number", ""), cited.get("article", "")),
        checked=Checked(**checked) if checked else None,
        **entry,
    )
