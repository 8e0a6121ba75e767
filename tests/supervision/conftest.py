"""What the tests of pages read by."""

from __future__ import annotations

import re
from datetime import date

import pytest

from registry.bodies.founding import AddPost, Establish, OpenTerm, add_post, establish, open_term
from registry.bodies.models import BodyKind
from registry.bodies.services import Appoint, appoint
from registry.memberships.services import Admit, admit
from registry.people.services import AddDocument, add_document, enter_person
from registry.societies.queries import categories
from tests.cast import WANG_ID


@pytest.fixture
def read():
    """What is read on a page: its main part without marks, blanks made one."""

    def read(answer) -> str:
        assert answer.status_code == 200
        main = answer.get_data(as_text=True).split("<main", 1)[1].split("</main>", 1)[0]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    return read


@pytest.fixture
def elsewhere(session, cast):
    """Wang, a 理事 here, heads the other society too, where he bears the same document."""
    other, since = cast.other, date(2024, 1, 1)
    person = enter_person(session, other.id, {"name": "王 富"})
    add_document(session, person, AddDocument("resident_id", WANG_ID))
    admit(session, other, person, Admit(categories(session, other.id)[0].id, since))
    council = establish(session, other, Establish(BodyKind.COUNCIL, "理事会", since))
    post = add_post(session, council, AddPost("chair", "理事长", 1, 1, principal=True))
    term = open_term(session, council, OpenTerm(3, since, date(2029, 1, 1)))
    held = Appoint(person.id, post.id, term.id, since, legal_representative=True)
    tenure = appoint(session, other, held)
    session.commit()
    return tenure
