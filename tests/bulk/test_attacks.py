"""What is sent that no page offered: keys of others, other numbers, sets that moved, rights not held."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.bulk.models import Choice
from registry.jobs.models import Job
from registry.journal.models import Act
from registry.memberships.models import EndReason, Membership
from registry.memberships.services import Change, End, change, end
from registry.people.services import EditPerson, edit_person
from registry.tags import queries as tags
from tests.bulk.conftest import ROSTER, Deed
from tests.databases import TODAY

CHOSEN = f"{ROSTER}chosen"


def acts(session):
    return session.scalar(select(func.count(Act.id)))


def last_choice(session) -> Choice:
    return session.scalars(select(Choice).order_by(Choice.id.desc()).limit(1)).one()


def ticked(client, *members, **more):
    return client.post(CHOSEN, data={"id": [str(row.id) for row in members], **more})


def test_keys_of_another_society_and_of_units_are_passed_over(sign_in, session, cast):
    others = (cast.zhao_member, cast.unit_member)
    assert ticked(sign_in("staff"), cast.wang_member, *others).status_code == 303
    assert last_choice(session).spell_ids == [cast.wang_member.id]
    assert ticked(sign_in("staff"), *others).status_code == 422


@pytest.mark.parametrize(
    "sent", ["", "x", "-1", "0", "1e9", "９", "999999999999999999999", "1 OR 1=1", "1;2", "9" * 400]
)
def test_what_is_no_key_chooses_nobody(sign_in, session, cast, sent):
    answer = sign_in("staff").post(CHOSEN, data={"id": sent, "ids": f"{sent},,"})
    assert answer.status_code == 422
    assert session.scalar(select(func.count(Choice.id))) == 0


def test_branch_staff_hold_their_own_branch_alone(sign_in, session, cast):
    client = sign_in("branch")
    assert ticked(client, cast.wang_member, cast.ouyang_member, cast.chen_member).status_code == 303
    choice = last_choice(session)
    assert (choice.spell_ids, choice.branch_id) == ([cast.wang_member.id], cast.branch.id)
    client.post(CHOSEN, data={"all": "9999"})
    assert last_choice(session).spell_ids == [cast.wang_member.id]


def test_what_the_secretarys_office_holds_is_not_the_branchs(sign_in, session, cast, choose):
    choice = choose("wang", "chen")
    for where in ("", "/category", "/fact", "/files", "/write", "/export.csv"):
        assert sign_in("branch").get(f"{CHOSEN}/{choice.id}{where}").status_code == 403, where
    for role in ("auditor", "member", "supervisor", "staff2"):
        assert sign_in(role).get(f"{CHOSEN}/{choice.id}").status_code in (
            {403, 404} if role == "staff2" else {403}
        ), role
    assert sign_in("staff2").get(f"/societies/bjme/members/chosen/{choice.id}").status_code == 404


def test_branch_staff_set_facts_and_tags_and_no_memberships(sign_in, session, cast, choose):
    client, choice = sign_in("branch"), choose("wang", "ouyang", branch_id=cast.branch.id)
    text = Deed(client, choice, "fact", fact="employer_kind:institute").look().text
    assert "确认，改 1 人" in text
    assert "欧阳晓月" not in text
    state = Deed(client, choice, "state", reason="resigned")
    assert "不在您有权办理的范围" in state.look().text
    before = acts(session)
    assert state.confirm(digest="0" * 32).status_code in (409, 422)
    assert acts(session) == before
    assert "已办 1 人" in Deed(client, choice, "fact", fact="employer_kind:institute").confirm().text
    # A word that is new to the society is the secretary's office's to bring.
    assert "请秘书处先加" in Deed(client, choice, "tag", tag="新词").look().text


def test_facts_that_are_not_offered_to_many_are_refused(cast, session, deed):
    for fact in ("name:x", "sex:F", "phone:1", "region:XX", "employer_kind:nonsense", "nothing", ":"):
        asked = deed("fact", "wang", fact=fact)
        assert asked.look().status_code == 422, fact
        assert asked.confirm(digest="0" * 32).status_code == 422, fact


def test_places_of_another_society_are_refused(cast, session, deed):
    foreign = session.scalars(
        select(Membership.category_id).where(Membership.id == cast.zhao_member.id)
    ).one()
    assert deed("category", "wang", category=str(foreign)).look().status_code == 422
    assert deed("category", "wang", category=str(cast.category["unit"].id)).look().status_code == 422
    assert deed("branch", "wang", branch=str(cast.other_branch.id)).look().status_code == 422
    assert deed("state", "wang", reason="voided").look().status_code == 422
    assert deed("untag", "wang", tag="1").look().status_code == 422


def test_ends_want_a_reason_and_days_a_day(cast, deed):
    assert "请写明事由" in deed("state", "wang", reason="resigned", why="").look().text
    assert deed("state", "wang", reason="resigned", since="昨天吧").look().status_code == 422
    assert "这一天还没有入会" in deed("state", "wang", reason="resigned", since="1990-01-01").look().text


def test_nothing_is_confirmed_that_was_not_shown(cast, session, deed):
    asked, before = deed("category", "wang", category=str(cast.category["senior"].id)), acts(session)
    for digest in ("", "0" * 32, "x"):
        answer = asked.client.post(asked.where, data={**asked.typed, "digest": digest})
        assert answer.status_code == 409
        assert "名册又有了变动" in answer.text
    assert (acts(session), session.scalar(select(func.count(Job.id)))) == (before, 0)


@pytest.mark.parametrize("what", ["ended", "changed", "so already"])
def test_a_set_that_moved_is_shown_again_before_it_is_confirmed(cast, session, deed, what):
    senior = cast.category["senior"].id
    asked = deed("category", "wang", "ouyang", category=str(senior))
    digest = asked.digest()
    if what == "ended":
        end(session, cast.ouyang_member, End(TODAY, EndReason.RESIGNED))
    elif what == "changed":
        change(session, cast.ouyang_member, Change(TODAY, cast.category["student"].id, None))
    else:
        change(session, cast.ouyang_member, Change(TODAY, senior, cast.branch2.id))
    session.commit()
    answer = asked.confirm(digest=digest)
    assert answer.status_code == 409
    assert "确认，改 1 人" in answer.text
    assert "已办 1 人" in asked.confirm().text


def test_what_does_not_touch_the_deed_does_not_disturb_it(cast, session, deed):
    asked = deed("fact", "wang", "chen", fact="grassroots:no")
    digest = asked.digest()
    edit_person(session, cast.wang, EditPerson({"phone": "13800000099"}), ["B00001"])
    session.commit()
    assert "已办 2 人" in asked.confirm(digest=digest).text


def test_the_number_that_was_said_is_held_against_what_is_found(sign_in, session, cast):
    client = sign_in("staff")
    place = client.post(f"{CHOSEN}?region=CN", data={"all": "2", "deed": "tag"}).location
    choice = last_choice(session)
    assert choice.spell_ids == sorted([cast.wang_member.id, cast.ouyang_member.id])
    assert "名册刚刚有变动" not in client.get(place).text
    place = client.post(f"{CHOSEN}?region=CN", data={"all": "7", "deed": "tag"}).location
    assert "名册上写的是 7 人，选定时符合的是 2 人" in client.get(place).text


def test_a_row_that_went_on_in_another_spell_is_followed(sign_in, session, cast):
    change(session, cast.wang_member, Change(TODAY, cast.category["senior"].id, None))
    session.commit()
    ticked(sign_in("staff"), cast.wang_member)
    (held,) = last_choice(session).spell_ids
    assert session.get(Membership, held).starts_on == TODAY


def test_a_name_cannot_break_the_page(sign_in, session, cast, choose):
    edit_person(session, cast.wang, EditPerson({"name": "<b>王富</b>"}), ["B00001"])
    session.commit()
    text = Deed(sign_in("staff"), choose("wang"), "tag", tag="<i>甲").look().text
    assert "<b>王富" not in text
    assert "<i>甲" not in text


def test_a_person_chosen_by_two_spells_is_done_once(sign_in, session, cast, choose):
    change(session, cast.wang_member, Change(TODAY, cast.category["senior"].id, None))
    session.commit()
    new = session.scalars(
        select(Membership.id).where(Membership.person_id == cast.wang.id, Membership.ends_on.is_(None))
    ).one()
    choice = choose("wang")
    choice.spell_ids = [cast.wang_member.id, new]
    session.commit()
    page = Deed(sign_in("staff"), choice, "tag", tag="专家库").confirm()
    assert "已办 1 人" in page.text
    assert [tag.name for tag in tags.of_person(session, cast.society.id, cast.wang.id)] == ["专家库"]
