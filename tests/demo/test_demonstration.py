"""The demonstration shows everything that the registry knows of, and breaks no rule."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from registry import config
from registry.accounts.services import prove
from registry.bodies.models import Body, BodyKind, Post, Tenure, Term
from registry.bodies.queries import holding
from registry.demo.accounts import DUTIES
from registry.exchange.finishing import import_file
from registry.exchange.services import Receive
from registry.journal.queries import first_broken
from registry.journal.services import Actor
from registry.memberships.models import EndReason, Membership, Representative
from registry.memberships.queries import member_on
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Branch, Society
from tests.databases import TODAY

SLUGS = ["bjcs", "bjme", "bjst"]


def count(session, model, *clauses):
    return session.scalar(select(func.count()).select_from(model).where(*clauses))


@pytest.fixture
def societies(made):
    return made.scalars(select(Society).order_by(Society.slug)).all()


def test_three_societies_have_three_thousand_members(made, societies):
    assert [society.slug for society in societies] == SLUGS
    active = count(made, Membership, Membership.person_id.is_not(None), Membership.in_force(TODAY))
    assert active > 2800
    assert count(made, Person) >= 3000


def test_people_of_all_regions_show_all_kinds_of_documents(made, societies):
    for society in societies:
        regions = made.scalars(select(Person.region).where(Person.society_id == society.id).distinct())
        assert set(regions) == {"CN", "HK", "MO", "TW", "XX"}
    assert count(made, IdentityDocument) > 3000
    assert len(made.scalars(select(IdentityDocument.kind).distinct()).all()) == 6


def test_members_left_for_every_reason_and_units_have_representatives(made):
    reasons = set(made.scalars(select(Membership.end_reason).distinct()))
    assert reasons >= set(EndReason) - {EndReason.VOIDED}
    assert count(made, Representative) > count(made, Membership, Membership.unit_id.is_not(None))


def test_every_category_and_kind_of_branch_is_used(made, societies):
    for society in societies:
        used = made.scalars(
            select(Membership.category_id).where(Membership.society_id == society.id).distinct()
        )
        assert len(set(used)) == 7
    assert len(set(made.scalars(select(Branch.kind)))) == 4
    assert count(made, Branch, Branch.ends_on.is_not(None)) >= 3


def test_each_society_has_four_terms_of_each_body(made, societies):
    for society in societies:
        query = (
            select(Body.kind, func.count(Term.id))
            .join(Term, Term.body_id == Body.id)
            .where(Body.society_id == society.id, Body.branch_id.is_(None))
            .group_by(Body.kind)
        )
        assert dict(made.execute(query).all()) == {kind: 4 for kind in BodyKind if kind != BodyKind.COMMITTEE}


def test_offices_began_and_ended_in_every_way(made):
    assert set(made.scalars(select(Tenure.begun_by).distinct())) == {"elected", "hired", "added"}
    assert set(made.scalars(select(Tenure.ended_by).distinct())) == {
        None,
        "term",
        "resigned",
        "removed",
        "died",
    }
    assert count(made, Tenure, Tenure.voided_at.is_not(None)) == 1
    states = {tenure.state_on(TODAY) for tenure in made.scalars(select(Tenure))}
    assert states == {"elect", "holding", "holding_over", "ended", "voided"}


def test_one_secretary_is_hired_full_time_and_one_person_is_legal_representative(made, societies):
    hired = select(Tenure).join(Tenure.post).where(Post.code == "secretary", Tenure.ends_on.is_(None))
    assert [(row.begun_by, row.full_time) for row in made.scalars(hired)].count(("hired", True)) == 1
    for society in societies:
        rows = holding(made, society.id, TODAY)
        assert sum(row.legal_representative for row in rows) == 1


@pytest.mark.parametrize("day", [date(2010, 6, 1), date(2019, 6, 1), TODAY])
def test_whoever_holds_an_office_holds_the_ones_below(made, societies, day):
    for society in societies:
        rows = holding(made, society.id, day)
        of = {
            code: {row.person_id for row in rows if row.kind == kind and row.post in words}
            for code, kind, words in (
                ("chief", BodyKind.COUNCIL, {"理事长", "副理事长", "秘书长"}),
                ("standing", BodyKind.STANDING, {"常务理事"}),
                ("member", BodyKind.COUNCIL, {"理事"}),
                ("supervisor", BodyKind.SUPERVISORS, {"监事长", "监事"}),
            )
        }
        assert of["chief"]
        assert of["chief"] <= of["standing"] <= of["member"]
        assert not of["supervisor"] & of["member"]
        assert all(member_on(made, society.id, person, day) for person in of["member"] | of["supervisor"])


def test_some_seats_are_empty_and_some_terms_overdue(made, societies):
    vacant = select(Post).where(Post.code == "vice", Post.seats.is_not(None))
    assert made.scalars(vacant).all()
    assert count(made, Term, Term.ends_on.is_(None), Term.planned_end_on <= TODAY) > 3


def test_some_people_are_known_to_two_societies(made):
    twice = (
        select(IdentityDocument.fingerprint)
        .group_by(IdentityDocument.fingerprint)
        .having(func.count(IdentityDocument.society_id.distinct()) > 1)
    )
    assert len(made.scalars(twice).all()) >= 10


def test_the_journal_of_every_society_is_unbroken(made, societies):
    assert [first_broken(made, key) for key in (0, *(society.id for society in societies))] == [None] * 4


def test_the_start_prints_the_accounts_with_a_password_that_signs_in(demonstration, made):
    printed = demonstration.first.output
    password = re.search(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){2}", printed).group()
    for username in DUTIES:
        assert username in printed
        assert prove(made, username, password, datetime.now(UTC)) is not None


def test_the_password_is_kept_where_only_the_owner_reads_it(demonstration):
    path = config.INSTANCE / "demo-password"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_second_start_makes_nothing_and_prints_the_same_accounts(demonstration):
    assert demonstration.first.exit_code == demonstration.second.exit_code == 0
    assert "创建" in demonstration.first.output
    assert "创建" not in demonstration.second.output
    assert demonstration.first.output.endswith(demonstration.second.output)


def test_the_sample_file_shows_every_verdict(demonstration, made, societies):
    path = config.INSTANCE / "demo" / "名册示例.xlsx"
    made.info["actor"] = Actor(None, "测试")
    file = Receive(path.name, path.read_bytes())
    outcome = import_file(made, societies[0], file, TODAY, datetime.now(UTC), dry_run=True)
    assert sum(outcome.counts.values()) == 40
    assert all(outcome.counts.values())
