"""What deeds, tables and fields are called: `words.json` has a word for each; a test finds what lacks one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from registry.core.codetables import TABLES as CODES
from registry.core.policy import Action

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Words:
    """A field: words of coded `values`, the code `table` they are of, or the table whose row it `names`."""

    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    table: str = ""
    names: str = ""
    moment: bool = False

    def value(self, raw: Any) -> str:
        """A value as people read it; nothing for none."""
        if raw is None:
            return ""
        if isinstance(raw, bool):
            return "是" if raw else "否"
        if isinstance(raw, list):
            return "、".join(self.value(part) for part in raw)
        if isinstance(raw, dict):
            return "，".join(f"{self.values.get(key, key)} {part}" for key, part in raw.items())
        if self.moment:
            return datetime.fromisoformat(raw).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        return self.values.get(raw) or (CODES[self.table].name(raw) if self.table else str(raw))


@dataclass(frozen=True)
class TableWords:
    """What a table's rows are called, the right to see them, and its fields."""

    word: str
    see: Action
    fields: Mapping[str, Words]


def _words(spec: str | Mapping[str, Any]) -> Words:
    return Words(spec) if isinstance(spec, str) else Words(**spec)


def _table(spec: Mapping[str, Any]) -> TableWords:
    fields = {key: _words(words) for key, words in spec["fields"].items()}
    return TableWords(spec["word"], Action(spec["see"]), fields)


_CONTENT = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    key: (group["word"], tuple(group["deeds"])) for key, group in _CONTENT["groups"].items()
}
"""Deeds by subject: (word, deeds)."""

DEEDS: dict[str, str] = {
    deed: word for group in _CONTENT["groups"].values() for deed, word in group["deeds"].items()
}
TABLES: dict[str, TableWords] = {key: _table(spec) for key, spec in _CONTENT["tables"].items()}
UNNAMED = frozenset(_CONTENT["unnamed"])
"""Fields that say nothing to people."""

REFERENCES = {
    (table, key): words.names
    for table, spec in TABLES.items()
    for key, words in spec.fields.items()
    if words.names
}
"""Fields that hold the id of a row of another table."""
