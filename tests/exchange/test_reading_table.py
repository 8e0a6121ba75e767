"""Every file of the table is read as an experienced clerk would, and what is wrong with it is said."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest

from registry.exchange.reading.answers import unpacked
from registry.exchange.reading.cells import read_row
from registry.exchange.reading.layout import recognise, table
from registry.exchange.reading.parsing import kinds
from registry.exchange.reading.telling import remarks
from registry.exchange.reading.texts import text_of
from tests.exchange.expected import EXPECTED

TODAY = date(2026, 11, 24)


def everything(content: bytes):
    """Readings, rows left out, remarks: as the import makes them, parsed here and now."""
    sheets = unpacked(BytesIO(b"".join(kinds.read(content).packed())))
    layout = recognise(sheets)
    rows, left_out = table(sheets[layout.sheet], layout)
    readings = [read_row(row, layout.targets, layout.labels, TODAY) for row in rows]
    return layout, readings, left_out, remarks(sheets, layout, rows)


def told(layout, reading) -> dict[str, str]:
    """Whatever the row says, by fact or else by heading."""
    cells = zip(layout.labels, reading.row.cells, strict=False)
    facts = {**reading.proved, **reading.facts, **reading.member, "documents": len(reading.proofs)}
    return {label: text_of(cell) for label, cell in cells} | {key: str(fact) for key, fact in facts.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_a_clerk_would(name):
    expected = EXPECTED[name]
    layout, readings, left_out, said = everything(expected.build())
    people = [told(layout, reading) for reading in readings]
    assert len(people) == len(expected.people), (people, left_out)
    for person, facts in zip(people, expected.people, strict=True):
        assert {key: person.get(key, "") for key in facts} == facts
    assert {row.number for row in left_out if row.number > layout.first} == set(expected.left_out), left_out
    assert all(expected.left_out[row.number] in row.why for row in left_out)
    problems = {
        (reading.row.number, layout.labels[problem.column]): problem.reason
        for reading in readings
        for problem in reading.problems
        if problem.column is not None
    }
    assert set(problems) == set(expected.problems), problems
    assert all(words in problems[place] for place, words in expected.problems.items()), problems
    assert len(said) == len(expected.remarks), said
    assert all(words in sentence for words, sentence in zip(expected.remarks, said, strict=True)), said


def test_there_are_forty_files_and_more():
    assert len(EXPECTED) >= 40
