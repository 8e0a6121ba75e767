"""Ballots and lists of candidates: both stroke orders, as PDF and Word, read back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from registry.bodies import queries as bodies
from registry.journal.queries import acts
from registry.people.services import enter_person
from registry.slates import services
from registry.slates.papers import ORDERS, Papers
from registry.slates.queries import candidates
from tests.databases import TODAY


@pytest.fixture
def slate(session, cast):
    """王大利 and 王富 stand beside those of the term: by surname 王富 comes first, by name 王大利."""
    begin = services.Begin(cast.council.id, 9, date(2026, 12, 1), date(2031, 12, 1), from_term=True)
    row = services.begin(session, cast.society, begin, TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    other = enter_person(session, cast.society.id, {"name": "王大利"})
    services.add(session, row, [(other.id, cast.director_post.id)])
    session.commit()
    return row


@pytest.fixture
def papers(app, session, slate):
    def papers(order="surname"):
        made = Papers(slate, candidates(session, slate), "北京星河计算机学会", order, "2026年11月24日")
        with app.test_request_context():
            return made.ballot(), made.candidates()

    return papers


def names(document, place):
    return [row[place].replace("\u3000", "") for row in document.groups[-1].rows]


@pytest.mark.parametrize(("order", "first"), [("surname", ["王富", "王大利"]), ("name", ["王大利", "王富"])])
def test_both_stroke_orders(papers, order, first):
    ballot, told = papers(order)
    assert names(ballot, 0)[:2] == first
    assert names(told, 1)[:2] == first


def test_a_ballot_says_how_many_may_be_chosen_and_has_room_for_others(papers):
    ballot = papers()[0]
    assert [group.heading for group in ballot.groups] == [
        "理事长　应选 1 名，候选 1 名",
        "理事　应选 15 名，候选 2 名",
    ]
    assert names(ballot, 0)[-3:] == ["另选："] * 3
    assert ballot.groups[0].rows[0][1:] == ("□", "□", "□")


@pytest.mark.parametrize("what", ["ballot", "candidates"])
@pytest.mark.parametrize("order", ORDERS)
def test_the_pdf_says_what_the_slate_says(sign_in, session, cast, slate, what, order):
    place = f"/societies/bjcs/slates/{slate.id}/{what}"
    answer = sign_in("staff").get(f"{place}.pdf?order={order}")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    for words in ("第九届理事会", "欧阳晓月", "王大利"):
        assert words in text.replace("\u3000", "")
    assert acts(session, cast.society.id, limit=1)[0].deed == "slate:print"


def test_word_has_the_same_rows(sign_in, slate):
    answer = sign_in("staff").get(f"/societies/bjcs/slates/{slate.id}/candidates.docx")
    table = Document(BytesIO(answer.data)).tables[0]
    told = {cell.text.replace("\u3000", "") for row in table.rows for cell in row.cells}
    assert {"王富", "王大利", "欧阳晓月"} <= told


def test_others_fetch_nothing(sign_in, slate):
    for who in ("supervisor", "member", "branch"):
        assert sign_in(who).get(f"/societies/bjcs/slates/{slate.id}/ballot.pdf").status_code == 403


def test_the_posts_stand_by_rank(session, cast, papers):
    posts = sorted(bodies.bodies(session, cast.society.id)[0].posts, key=lambda post: post.rank)
    assert papers()[0].groups[0].heading.startswith(posts[0].name)
