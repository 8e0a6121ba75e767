"""Who holds offices in several societies: found by a document, shown without it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from registry.composition.facts import Official
from registry.composition.services import tell_officials
from registry.people.models import IdentityDocument
from registry.people.services import AddDocument, add_document
from registry.supervision.sharing import several, unknown
from tests.cast import WANG_ID
from tests.databases import TODAY

POSTS = "/supervision/-/posts"


@pytest.fixture
def found(session, cast):
    def found(day=TODAY):
        return several(session, [cast.society.id, cast.other.id], day)

    return found


def test_one_who_sits_in_two_societies_is_found_by_the_document(found, elsewhere, cast):
    one = found()[0]
    assert len(found()) == 1
    assert {row.society_id for row in one.offices} == {cast.society.id, cast.other.id}
    assert {row.posts for row in one.held} == {"理事长", "理事"}
    assert (one.legal, one.principal, one.retired) == (1, 1, False)


def test_namesakes_are_two_people(found, session, cast, elsewhere):
    of_another = update(IdentityDocument).where(IdentityDocument.person_id == elsewhere.person_id)
    session.execute(of_another.values(fingerprint="of another"))
    assert found() == []


def test_before_the_second_office_nobody_is_found(found, elsewhere):
    assert found(date(2023, 12, 31)) == []


def test_who_bears_two_documents_is_one_person(found, session, cast, elsewhere):
    for person in (cast.wang, elsewhere.person):
        add_document(session, person, AddDocument("passport", "E12345678", "CN"))
    session.commit()
    assert [len(one.offices) for one in found()] == [2]


def test_a_retired_cadre_in_two_societies_is_marked(found, session, cast, elsewhere):
    tell_officials(session, cast.society, {cast.wang.id: Official.RETIRED})
    session.commit()
    assert found()[0].retired


def test_officers_without_a_document_are_counted(session, cast, elsewhere):
    assert unknown(session, [cast.society.id, cast.other.id], TODAY) == 1


def test_the_supervisor_reads_posts_and_never_the_number(sign_in, read, elsewhere):
    answer = sign_in("supervisor").get(POSTS)
    page = read(answer)
    assert "北京长城机械学会" in page
    assert "1 名在任的人没有登记证件" in page
    for secret in (WANG_ID, WANG_ID[-4:], elsewhere.person.documents[0].fingerprint):
        assert secret not in answer.text


def test_it_is_narrowed_to_what_rules_speak_of(sign_in, read, elsewhere):
    client = sign_in("supervisor")
    assert "没有这样的人" in read(client.get(f"{POSTS}?only=legal"))
    assert "没有这样的人" in read(client.get(f"{POSTS}?only=retired"))


def test_a_society_is_told_nothing_of_the_other(sign_in, elsewhere):
    for path in ("/societies/bjcs/audit/", "/societies/bjcs/bodies/"):
        assert "北京长城机械学会" not in sign_in("staff").get(path).text
    assert sign_in("staff").get(POSTS).status_code == 403
