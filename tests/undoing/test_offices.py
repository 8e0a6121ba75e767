"""Deeds of councils are taken back like others; an office never comes back into a seat that is taken."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from registry.bodies import founding, services
from registry.bodies.deciding import Annul, annul
from registry.bodies.services import Appoint, EndTenure
from registry.core.errors import RuleBroken
from registry.journal.models import Act
from registry.undoing.services import undo

DAY = date(2025, 3, 1)


@pytest.fixture
def take_back(session):
    """Take the newest act back."""

    def take_back():
        session.commit()
        opened = undo(session, session.get_one(Act, session.scalar(select(func.max(Act.id)))))
        session.commit()
        session.expire_all()
        return opened

    return take_back


def test_an_office_that_ended_goes_on(session, cast, take_back):
    services.end(session, cast.chair, EndTenure(DAY, "resigned"))
    take_back()
    assert (cast.chair.ends_on, cast.chair.ended_by) == (None, None)


def test_an_office_that_was_given_is_void_and_given_again_by_undoing_that(session, cast, take_back):
    row = services.appoint(
        session, cast.society, Appoint(cast.chen.id, cast.director_post.id, cast.term.id, DAY)
    )
    take_back()
    assert row.state_on(DAY) == "voided"
    take_back()
    assert row.state_on(DAY) == "holding"


def test_an_office_does_not_come_back_into_a_seat_that_is_taken(session, cast, take_back):
    services.end(session, cast.chair, EndTenure(DAY, "resigned"))
    session.commit()
    ended = session.get_one(Act, session.scalar(select(func.max(Act.id))))
    services.appoint(session, cast.society, Appoint(cast.chen.id, cast.chair_post.id, cast.term.id, DAY))
    session.commit()
    with pytest.raises(RuleBroken, match="理事长已由 陳大文 担任"):
        undo(session, ended)


def test_a_body_that_ended_comes_back_with_its_term_and_officers(session, cast, take_back):
    founding.end_body(session, cast.council, DAY)
    take_back()
    assert cast.council.ends_on is cast.term.ends_on is cast.chair.ends_on is cast.director.ends_on is None


def test_an_annulled_decision_holds_again(session, cast, take_back):
    annul(session, cast.decision, Annul(DAY, "到会人数不足"))
    take_back()
    assert (cast.decision.annulled_on, cast.decision.annulled_reason) == (None, "")


def test_an_extension_is_taken_back(session, cast, take_back):
    founding.extend_term(session, cast.term, founding.ExtendTerm(date(2029, 5, 1), "京科社批 1 号"))
    take_back()
    assert (cast.term.extended_until, cast.term.extension_approval) == (None, "")
