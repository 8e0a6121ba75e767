"""Every deed and every recorded field has a word."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import registry
import registry.accounts.models
import registry.exchange.models
from registry.bodies import models as bodies
from registry.core.db import Base
from registry.core.policy import Role
from registry.journal.words import DEEDS, REFERENCES, TABLES, UNNAMED
from registry.memberships import models as memberships
from registry.people.document_numbers import LABELS
from registry.people.fields import FIELDS
from registry.privacy.retaining import SWEPT
from registry.roster.columns import COLUMNS
from registry.societies import models as societies

SOURCES = sorted(Path(registry.__file__).parent.rglob("*.py"))
OPENING = {"act", "seen"}


def deeds_in(source: Path) -> set[str]:
    """The literal deeds of the calls that open an act."""
    calls = (node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call))
    named = (call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in OPENING)
    return {
        argument.value
        for call in named
        for argument in call.args[1:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


OF_OLD = {("decision", key) for key in ("meeting", "decided_on", "body_id", "entitled", "present")}
"""Columns that moved elsewhere: entries from before are still read."""
OF_FILES = {("export", key) for key in ("rows", "kind", "filters", "columns")}
"""What is told of a file that left the house, which is no row."""
OF_CHAINS = {("journal", "acts"), ("journal", "digest"), *(("kept", swept.key) for swept in SWEPT)}
"""What is told of a chain that was sealed anew, and of a sweep."""


def recorded():
    """Every field that the journal may hold, with its table; those of persons have the catalogue's words."""
    for mapper in Base.registry.mappers:
        if not getattr(mapper.class_, "__journalled__", True):
            continue
        for attribute in mapper.column_attrs:
            never = attribute.columns[0].info.get("journal") == "never"
            if not never and attribute.key not in {"id", "version"}:
                yield mapper.local_table.name, attribute.key


def test_every_deed_in_the_code_has_a_word():
    used = set().union(*map(deeds_in, SOURCES))
    assert used
    assert used - DEEDS.keys() == set()


def texts_in(source: Path) -> set[str]:
    """Every literal text: a deed may reach its act as a constant or an argument."""
    nodes = ast.walk(ast.parse(source.read_text()))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_word_is_left_of_a_deed_that_is_gone():
    # The policy names actions, some of which are called as deeds are.
    used = set().union(*(texts_in(source) for source in SOURCES if source.name != "policy.py"))
    assert DEEDS.keys() - used == set()


def test_every_recorded_field_has_a_word():
    nameless = [
        f"{table}.{key}"
        for table, key in recorded()
        if key not in UNNAMED
        and not (table == "person" and key in FIELDS)
        and (table not in TABLES or key not in TABLES[table].fields)
    ]
    assert nameless == []


def test_every_word_belongs_to_a_field():
    known = set(recorded()) | OF_OLD | OF_FILES | OF_CHAINS
    assert [
        (table, key) for table, spec in TABLES.items() for key in spec.fields if (table, key) not in known
    ] == []


def test_what_a_field_refers_to_is_a_table():
    assert set(REFERENCES.values()) <= Base.metadata.tables.keys()


@pytest.mark.parametrize(
    ("table", "field", "values"),
    [
        ("membership", "end_reason", memberships.END_REASONS),
        ("identity_document", "kind", LABELS),
        ("body", "kind", bodies.BODY_KINDS),
        ("branch", "kind", societies.BRANCH_KINDS),
        ("tenure", "begun_by", bodies.BEGUN),
        ("tenure", "ended_by", bodies.ENDED),
        ("saved_view", "columns", {column.key: column.label for column in COLUMNS}),
    ],
)
def test_coded_values_have_the_words_of_their_area(table, field, values):
    assert dict(TABLES[table].fields[field].values) == {str(key): word for key, word in values.items()}


def test_every_role_has_a_word():
    assert TABLES["role_grant"].fields["role"].values.keys() == {str(role) for role in Role}
