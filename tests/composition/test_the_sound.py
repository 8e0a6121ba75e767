"""A society in good order."""

from __future__ import annotations

from registry.composition import packs
from registry.composition.judging import judge
from tests.composition import made


def test_a_sound_society_meets_every_rule():
    findings = judge(made.sound(), packs.every())
    told = {
        f.key: (f.verdict.answer, f.verdict.said)
        for f in findings
        if f.verdict.answer not in {"met", "not_applicable"}
    }
    assert told == {}
