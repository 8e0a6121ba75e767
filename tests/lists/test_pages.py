"""The pages of a list: sent, decided, applied, taken back, with and without script."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from registry.bodies.models import Tenure
from registry.lists.models import ListState, RosterList

ROOT = "/societies/bjcs/lists/"


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def typed(cast):
    """A list of the seventh 届, which is not on record yet."""
    return {
        "body_id": cast.council.id,
        "ordinal": 7,
        "starts_on": "2018-10-01",
        "planned_end_on": "2023年4月1日",
        "ends_on": "2023-05-01",
        "category_id": cast.category["ordinary"].id,
        "post": "理事",
        "text": "理事（15人）\n陳大文 维港理工学院\n查无此人 云上大学\n欧阳晓月",
    }


def digest(page):
    return re.search(r'name="digest" value="(\w+)"', page)[1]


def test_a_list_is_pasted_looked_through_applied_and_taken_back(session, sign_in, cast, typed):
    client = sign_in("staff")
    assert "粘贴名单" in text(client.get(f"{ROOT}new/council"))
    sent = client.post(f"{ROOT}new/council", data=typed)
    assert sent.status_code == 303
    page = text(client.get(sent.location))
    for words in ("理事会第7届名单", "登记 2 行", "新登记", "补录会籍", "维港理工学院"):
        assert words in page
    done = client.post(f"{sent.location}/apply", data={"digest": digest(page)})
    assert done.status_code == 303
    page = text(client.get(done.location))
    assert "整份撤销" in page
    row = session.query(RosterList).one()
    assert (row.state, row.counts) == (ListState.APPLIED, {"refused": 1, "ready": 1, "new": 1})
    held = session.query(Tenure).filter_by(person_id=cast.chen.id)
    assert held.one().voided_at is None
    assert client.post(f"/societies/bjcs/acts/{row.act_id}/undo").status_code == 303
    session.expire_all()
    assert held.one().voided_at is not None
    assert "已整份撤销" in text(client.get(done.location))


def test_rows_are_decided_in_place(session, sign_in, typed):
    client = sign_in("staff")
    url = client.post(f"{ROOT}new/council", data=typed).location
    part = text(client.post_part(f"{url}/decide", data={"row-1": "skip", "row-99": "x", "row-0": "999"}))
    assert part.lstrip().startswith('<div id="list"')
    assert "登记 1 行" in part
    assert session.query(RosterList).one().choices == {"1": "skip"}
    assert client.post(f"{url}/decide", data={"admit": "yes", "state": "ready"}).status_code == 303
    assert "登记 2 行" in text(client.get(url))
    only = text(client.get(url, query_string={"state": "skipped"}))
    assert "查无此人" in only
    assert "维港理工学院" not in only.split("<tbody>")[1]


def test_a_changed_register_stops_what_was_shown(sign_in, typed):
    client = sign_in("staff")
    url = client.post(f"{ROOT}new/council", data=typed).location
    answer = client.post(f"{url}/apply", data={"digest": "old"})
    assert answer.status_code == 422
    assert "有了变动" in text(answer)


def test_a_list_may_be_dropped_and_is_then_forgotten(session, sign_in, typed):
    client = sign_in("staff")
    url = client.post(f"{ROOT}new/council", data=typed).location
    assert client.post(f"{url}/drop").status_code == 303
    assert session.query(RosterList).one().content is None
    assert "已放弃" in text(client.get(url))
    for deed in ("drop", "decide", "apply"):
        assert client.post(f"{url}/{deed}").status_code in {200, 422}


def test_a_new_term_needs_its_days(sign_in, typed):
    answer = sign_in("staff").post(f"{ROOT}new/council", data=typed | {"starts_on": ""})
    assert answer.status_code == 422
    assert "这一届还没有登记，请填写" in text(answer)


def test_a_file_is_read_too(sign_in, cast):
    client = sign_in("staff")
    sent = {"file": (BytesIO("名称,成立时间\n网络专业委员会,2019-03-01\n".encode()), "分支.csv")}
    url = client.post(f"{ROOT}new/branches", data=sent).location
    page = text(client.get(url))
    assert "分支.csv" in page
    assert "网络专业委员会" in page
    bad = {"file": (BytesIO(b"\x00\x01"), "坏.bin")}
    assert client.post(f"{ROOT}new/branches", data=bad).status_code == 422


def test_units_have_a_form_of_their_own(sign_in, cast):
    client = sign_in("staff")
    typed = {"category_id": cast.category["unit"].id, "starts_on": "2019-01-01"}
    url = client.post(
        f"{ROOT}new/units", data=typed | {"text": "单位名称\t入会时间\n燕山厂\t2018\n"}
    ).location
    assert "燕山厂" in text(client.get(url))
    assert client.get(f"{ROOT}new/nothing").status_code == 404


@pytest.mark.parametrize("name", ["branch", "member", "auditor", "supervisor", "staff2"])
def test_others_see_no_lists(sign_in, name):
    assert sign_in(name).get(ROOT).status_code in {403, 404}
