"""More rows ask no more of the database."""

from __future__ import annotations

from datetime import date

import pytest

from registry.bodies.founding import AddPost, Establish, add_post, establish
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, appoint
from registry.memberships.services import Admit, admit, admit_unit
from registry.memberships.units import EnterUnit, enter_unit, represent
from registry.people.services import AddDocument, EditPerson, add_document, edit_person, enter_person
from registry.societies.branching import FoundBranch, found_branch
from registry.societies.models import BranchKind
from tests.house.walking import READ, grants, may_read

MANY = 12
MOST = 40
"""No page needs more questions than this, however it came to be."""


@pytest.fixture
def crowd(session, cast):
    """Many more of everything in the first society."""

    def enter():
        for n in range(MANY):
            _more_people(session, cast, n)
            _more_units(session, cast, n)

    return enter


def _more_people(session, cast, n):
    since = date(2023, 5, 1)
    person = enter_person(session, cast.society.id, {"name": f"林小{chr(0x4E00 + n)}", "region": "CN"})
    admit(session, cast.society, person, Admit(cast.category["ordinary"].id, since, branch_id=cast.branch.id))
    add_document(session, cast.wang, AddDocument("passport", f"E1000000{n:02d}", "CN"))
    post = add_post(session, cast.council, AddPost(f"p{n}", f"副理事长{n}", 2 + n, 3))
    appoint(session, cast.society, Appoint(person.id, post.id, cast.term.id, since))
    session.commit()
    edit_person(session, cast.wang, EditPerson({"phone": f"139000000{n:02d}"}), ["B00001"])
    session.commit()


def _more_units(session, cast, n):
    since = date(2023, 5, 1)
    founding = FoundBranch(BranchKind.SPECIAL, f"第{n}专业委员会", since)
    branch = found_branch(session, cast.society, founding)
    establish(session, cast.society, Establish(BodyKind.COMMITTEE, f"第{n}委员会", since, branch.id))
    unit = enter_unit(session, cast.society, EnterUnit(f"第{n}研究院"))
    admit_unit(session, cast.society, unit, Admit(cast.category["unit"].id, since))
    represent(session, unit, cast.chen, since)
    session.commit()


def test_no_page_asks_more_where_there_are_more_rows(
    sign_in, session, cast, found, address, crowd, count_queries
):
    held = grants(session, cast, "staff")
    places = {str(place): address(place) for place in READ if may_read(place, held, found)}
    client = sign_in("staff")
    few = {name: len(asked(client, where, count_queries)) for name, where in places.items()}
    crowd()
    many = {name: len(asked(client, where, count_queries)) for name, where in places.items()}
    assert few["roster.index"] > 2
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name] + 1} == {}
    assert {name: count for name, count in many.items() if count > MOST} == {}


def asked(client, where, count_queries):
    """The questions behind one page."""
    client.get(where, follow_redirects=True)
    with count_queries() as statements:
        client.get(where, follow_redirects=True)
    return statements
