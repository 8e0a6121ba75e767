"""A file, its layout and the register → verdicts, and the form in which they are kept until confirmed."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from registry.core.text import fold
from registry.exchange import queries
from registry.exchange.judging.matching import Register
from registry.exchange.judging.verdicts import Judge, Verdict, counts
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.compounds import TWO_IN_ONE
from registry.exchange.reading.layout import Layout, LeftOut, Row, table
from registry.exchange.reading.readings import Reading
from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.texts import text_of
from registry.people.documents import Proof, masked
from registry.people.facts import shown
from registry.people.fields import FIELDS
from registry.people.services import fingerprint

_LONGEST_SHOWN = 80


@dataclass
class Examined:
    """The verdicts on every row, the rows that are none, and the register they were judged against."""

    layout: Layout
    verdicts: list[Verdict]
    left_out: list[LeftOut]
    register: Register
    not_taken: list[str]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each state."""
        return counts(self.verdicts)

    @property
    def digest(self) -> str:
        """Equal where applying would write the same."""
        content = [
            (
                v.row,
                v.state.value,
                v.person_id,
                [(c.label, c.before, c.after) for c in v.changes],
                _written(v),
            )
            for v in self.verdicts
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _written(verdict: Verdict) -> list[Any]:
    outcome = verdict.difference
    facts = sorted((key, str(value)) for key, value in outcome.facts.items())
    member = sorted((key, str(value)) for key, value in outcome.member.items())
    return [verdict.row, verdict.state, verdict.person_id, facts, member, len(outcome.proofs)]


def examine(
    session: Session,
    society_id: int,
    sheets: Sequence[Sheet],
    layout: Layout,
    today: date,
    decisions: Mapping[str, str] | None = None,
) -> Examined:
    """Judge every row of the chosen sheet; writes nothing."""
    rows, left_out = table(sheets[layout.sheet], layout)
    readings = [read_row(row, layout.targets, layout.labels, today) for row in rows]
    vault = session.info["vault"]

    def mark(proof: Proof) -> str:
        return fingerprint(vault, proof)

    marks = [mark(proof) for reading in readings for proof, _column in reading.proofs]
    names = [reading.name for reading in readings]
    numbers = [reading.member["number"] for reading in readings if reading.member.get("number")]
    register = queries.register(session, society_id, names, numbers, marks)
    judge = Judge(register, queries.places(session, society_id, today), today, mark, decisions or {})
    return Examined(layout, judge.every(readings), left_out, register, _not_taken(rows, layout))


def _not_taken(rows: Sequence[Row], layout: Layout) -> list[str]:
    """The columns that hold something and are not imported."""
    return [
        label or f"第 {index + 1} 列"
        for index, label in enumerate(layout.labels)
        if not layout.targets[index] and any(row.cells[index] != "" for row in rows)
    ]


def pack(examined: Examined) -> bytes:
    """What the page shows of the verdicts, small; holds personal data, so it must be sealed."""
    content = {
        "digest": examined.digest,
        "rows": [_packed(verdict, examined.layout) for verdict in examined.verdicts],
        "labels": [
            [n, label] for n, label in enumerate(examined.layout.labels) if examined.layout.targets[n]
        ],
        "not_taken": examined.not_taken,
        "left_out": [[row.number, row.text, row.why] for row in examined.left_out],
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 3)


def _taken(layout: Layout) -> list[tuple[int, str]]:
    """The columns that are imported."""
    return [(index, label) for index, label in enumerate(layout.labels) if layout.targets[index]]


def unpack(content: bytes) -> dict[str, Any]:
    """What `pack` made."""
    unpacked: dict[str, Any] = json.loads(zlib.decompress(content))
    return unpacked


def _packed(verdict: Verdict, layout: Layout) -> dict[str, Any]:
    return {
        "row": verdict.row,
        "state": verdict.state.value,
        "hidden": verdict.reading.row.hidden,
        "choices": verdict.choices,
        "decision": verdict.decision,
        "cells": _shown(verdict.reading, layout),
        "problems": [[problem.column, problem.reason] for problem in verdict.problems],
        "changes": [[c.column, c.label, c.before, c.after] for c in verdict.changes],
    }


def _shown(reading: Reading, layout: Layout) -> list[list[str]]:
    """The cells of the taken columns, each with what it was read as where that is not what it says."""
    proved = {column: masked(proof.number[-4:]) for proof, column in reading.proofs}
    texts = []
    for column, cell in enumerate(reading.row.cells):
        if layout.targets[column]:
            text = proved.get(column, text_of(cell)[:_LONGEST_SHOWN])
            texts.append([text, understood(reading, layout.targets[column], text)])
    return texts


def understood(reading: Reading, target: str, text: str) -> str:
    """25000 → 1968-06-11, M → 男; empty where the cell says the same or only a part of it (汉)."""
    keys = TWO_IN_ONE.get(target, (target,))
    words = [shown(key, reading.facts[key]) for key in keys if key in FIELDS and key in reading.facts]
    if target == "starts_on" and "starts_on" in reading.member:
        words = [str(reading.member["starts_on"])]
    told = "；".join(word for word in words if word)
    same = _plain(text) in _plain(told) if not _plain(text).isdigit() else _plain(text) == _plain(told)
    return "" if same or _numbers(text) == _numbers(told) else told


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _numbers(text: str) -> list[int] | str:
    """Of dates only the numbers tell: 1965.03 says the same as 1965-03."""
    return list(map(int, re.findall(r"\d+", fold(text)))) or text
