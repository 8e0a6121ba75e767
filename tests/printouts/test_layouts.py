"""A society's own layouts: adjusted, looked at before they are kept, restored."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from sqlalchemy import select

from registry.core.errors import RuleBroken, Stale
from registry.journal.models import Act
from registry.journal.words import TABLES
from registry.printouts.columns import BRANCHES, PEOPLE, UNITS
from registry.printouts.kinds import KINDS
from registry.printouts.layouts import ORDERS, PAPERS, STYLES, Layout, filled, refuse_unknown_words
from registry.printouts.models import PrintLayout
from registry.printouts.services import lay_out, restore
from tests.printouts.conftest import PRINT

COUNCIL = KINDS["council"]
OWN = replace(
    COUNCIL.usual,
    title="{简称}{机构}（{年}年）",
    subtitle="",
    columns=("index", "name", "work"),
    note="本名单由秘书处印发。",
    signature="制表：",
)


def typed(layout: Layout = OWN, **more) -> dict:
    values = asdict(layout)
    columns = values.pop("columns")
    return {**values, "shown": list(columns), **more}


def test_words_in_braces_are_filled_in():
    words = {"学会": "示例学会", "届": "", "人数": "3", "排序": "按拼音为序"}
    assert filled("{学会}{届}名单", words) == "示例学会名单"
    assert filled("（共{人数}人，{排序}）", words) == "（共3人，按拼音为序）"
    assert filled("｛学会｝（{届}）", words) == "示例学会"


def test_a_word_that_nobody_can_fill_in_is_refused():
    with pytest.raises(RuleBroken, match="会长") as refused:
        refuse_unknown_words(Layout("{学会}{会长}"))
    assert refused.value.field == "title"


def test_a_society_prints_as_it_laid_out(session, cast, pdf):
    lay_out(session, cast.society.id, COUNCIL, OWN, None)
    session.commit()
    (page,) = pdf("council/file.pdf")
    assert "计算机学会理事会（2026年）" in page
    assert "序号姓名工作单位及职务" in page
    assert "本名单由秘书处印发。" in page
    assert "制表：" in page
    assert "性别" not in page


def test_another_society_keeps_its_own(session, cast, sign_in):
    lay_out(session, cast.other.id, COUNCIL, OWN, None)
    session.commit()
    assert "性别" in sign_in("staff").get(f"{PRINT}/council/layout").text
    assert not session.scalars(select(PrintLayout).where(PrintLayout.society_id == cast.society.id)).all()


def test_the_page_keeps_what_was_typed(sign_in, session):
    answer = sign_in("staff").post(f"{PRINT}/council/layout", data=typed())
    assert (answer.status_code, answer.location) == (303, f"{PRINT}/council")
    kept = session.scalars(select(PrintLayout)).one()
    assert Layout.of(kept) == OWN
    assert session.scalars(select(Act.deed).order_by(Act.id.desc())).first() == "layout:edit"


def test_looking_keeps_nothing(sign_in, session):
    client = sign_in("staff")
    answer = client.post(f"{PRINT}/council/layout", data=typed(look="1"))
    assert answer.status_code == 200
    assert "draft=1" in answer.text
    part = client.post_part(f"{PRINT}/council/layout", data=typed())
    assert "<html" not in part.text
    assert "draft=1" in part.text
    assert session.scalars(select(PrintLayout)).all() == []


def test_the_picture_shows_a_draft(sign_in, app):
    with app.test_request_context():
        where = app.url_for("printouts.picture", slug="bjcs", kind="council", draft=1, **typed())
    client = sign_in("staff")
    assert client.get(where).data != client.get(f"{PRINT}/council/page.png").data


def test_without_script_a_column_is_moved_by_its_button(sign_in):
    answer = sign_in("staff").post(f"{PRINT}/council/layout", data=typed(up="work"))
    assert answer.status_code == 200
    shown = answer.text
    assert shown.index('id="column-work"') < shown.index('id="column-name"')


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "这一项必须填写"),
        ({"title": "{会长}"}, "不是可用的代称"),
        ({"shown": []}, "至少要选一列"),
        ({"size": "7"}, "有 1 处需要修改"),
        ({"size": "x", "order": "y", "style": "z"}, "有 3 处需要修改"),
    ],
)
def test_what_cannot_be_printed_is_not_kept(change, told, sign_in, session):
    answer = sign_in("staff").post(f"{PRINT}/council/layout", data={**typed(), **change})
    assert answer.status_code == 422
    assert told in answer.text
    assert session.scalars(select(PrintLayout)).all() == []


def test_who_comes_late_is_told(session, cast):
    lay_out(session, cast.society.id, COUNCIL, OWN, None)
    session.commit()
    lay_out(session, cast.society.id, COUNCIL, replace(OWN, title="名单"), 1)
    session.commit()
    with pytest.raises(Stale):
        lay_out(session, cast.society.id, COUNCIL, OWN, 1)


def test_the_usual_layout_comes_back(session, cast, sign_in):
    lay_out(session, cast.society.id, COUNCIL, OWN, None)
    session.commit()
    client = sign_in("staff")
    assert "本会版式" in client.get(f"{PRINT}/").text
    assert client.post(f"{PRINT}/council/layout/restore").status_code == 303
    assert Layout.of(session.scalars(select(PrintLayout)).one()) == COUNCIL.usual
    assert "本会版式" not in client.get(f"{PRINT}/").text


def test_restoring_what_is_usual_writes_nothing(session, cast):
    before = session.scalars(select(Act.id).order_by(Act.id.desc())).first()
    restore(session, cast.society.id, COUNCIL)
    session.commit()
    assert session.scalars(select(Act.id).order_by(Act.id.desc())).first() == before


@pytest.mark.parametrize("who", ["branch", "auditor", "member"])
def test_only_the_office_lays_out(who, sign_in):
    assert sign_in(who).post(f"{PRINT}/council/layout", data=typed()).status_code == 403


def test_the_journal_has_the_words_of_layouts():
    fields = TABLES["print_layout"].fields
    assert dict(fields["kind"].values) == {key: kind.label for key, kind in KINDS.items()}
    for key, words in (("order", ORDERS), ("style", STYLES), ("paper", PAPERS)):
        assert dict(fields[key].values) == words
    assert fields["columns"].values.keys() == {*PEOPLE, *BRANCHES, *UNITS}
