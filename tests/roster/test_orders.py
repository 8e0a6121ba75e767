"""In which order members stand, and that no order and no filter reads every row."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import true
from werkzeug.datastructures import MultiDict

from registry.core import strokes
from registry.memberships.services import Admit, admit
from registry.people.services import enter_person, read_facts
from registry.roster import question
from registry.roster.forms import Choices, read_filter
from registry.roster.queries import SORTS, Roster
from registry.societies.queries import categories
from tests.bench import plans
from tests.roster.test_finding import DAY, ROSTER, WORDS, typed


@pytest.fixture
def namesakes(session, cast):
    """Names whose order differs in the two ways of counting strokes."""
    for number, name in enumerate(("王大利", "王富", "丁一", "万俟卨", "龍應台", "Zoe Adams", "王琤")):
        person = enter_person(session, cast.other.id, read_facts({"name": name}).values)
        ordinary = next(row for row in categories(session, cast.other.id) if row.code == "ordinary")
        admit(session, cast.other, person, Admit(ordinary.id, date(2020, 1, 1), number=f"N{number}"))
    session.commit()


@pytest.mark.parametrize(
    ("sort", "key"), [("strokes", strokes.by_surname), ("name_strokes", strokes.by_name)]
)
def test_names_stand_by_their_strokes(session, cast, namesakes, sort, key):
    sought = read_filter(MultiDict({"sort": sort, "state": "all"}), Choices(list, list, list), DAY)
    names = [row.name for row in Roster(session, true(), cast.other.id, sought, phones=True).page().rows]
    assert names == sorted(names, key=lambda name: key(name).text)
    one_character_first = names.index("王富") < names.index("王大利")
    assert one_character_first == (sort == "strokes")


def test_the_order_of_strokes_is_explained_on_request(sign_in, cast):
    staff = sign_in("staff")
    plain = staff.get(f"{ROSTER}?sort=strokes").text
    assert "explain=1" in plain
    assert "王 4画" not in plain
    told = staff.get(f"{ROSTER}?sort=strokes&explain=1").text
    assert "王 4画（1121）" in told


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("few", [True, False])
@pytest.mark.only("sqlite")  # PostgreSQL plans by the size of the tables, which are tiny here
def test_every_filter_and_order_is_answered_by_indexes(session, cast, choices, store, monkeypatch, sort, few):
    if not few:
        monkeypatch.setattr(question, "FEW", -1)
        monkeypatch.setattr(question, "COUNTED", -1)
    for address in ADDRESSES:
        sought = read_filter(typed(f"{address}&sort={sort}"), choices, DAY)
        with plans.asked(store.engine) as statements:
            roster = Roster(session, true(), cast.society.id, sought, phones=True)
            roster.page()
            roster.count()
        for statement, values in statements:
            steps = explain(session, statement, values)
            assert plans.scans(store.engine, steps) == [], (address, sort)
            assert few or "chosen" not in statement or walks(steps, sort), (address, sort, steps)


def explain(session, statement, values):
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row[3] for row in rows]


ADDRESSES = [address for address, words in WORDS if words] + [
    "",
    "state=all",
    "state=resigned",
    "category=senior",
    "branch=b01",
]


def walks(steps: list[str], sort: str) -> bool:
    """The order comes from its own index, which holds all that is looked at; or only the ended are sorted."""
    indexes = (f"by_{sort}", "of_state")
    return any(f"USING COVERING INDEX ix_membership_{name} " in step for step in steps for name in indexes)
