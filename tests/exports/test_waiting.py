"""A roster too long to wait for is written beside the requests, and fetched by whoever asked for it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from sqlalchemy import func, select, text, update

from registry.exports import showing, waiting
from registry.exports.keys import HEADING
from registry.exports.models import ExportedPart
from registry.jobs.models import Job
from registry.journal.models import Act
from tests.exports.test_pages import EXPORTS

JOBS = f"{EXPORTS}jobs/"


@pytest.fixture(autouse=True)
def short(monkeypatch):
    """Three are many, and a piece of a file is a thousand bytes."""
    monkeypatch.setattr(showing, "LONG", 3)
    monkeypatch.setattr(waiting, "_PIECE", 1000)


def written(client, kind="csv", query="", **typed):
    answer = client.post(f"{JOBS}{kind}?{query}", data=typed)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_the_page_sends_the_long_elsewhere_and_keeps_what_it_is_narrowed_to(sign_in):
    staff = sign_in("staff")
    assert f'action="{JOBS}xlsx?state=all" method="post"' in staff.get(f"{EXPORTS}?state=all").text
    assert 'method="post"' not in staff.get(f"{EXPORTS}?region=HK").text.split("exports-roster")[1][:200]


def test_a_long_roster_is_written_in_pieces_and_fetched_whole(sign_in, session):
    staff = sign_in("staff")
    place = written(staff, "xlsx", "state=all", set="own", columns="phone", sort="pinyin", keyed="yes")
    assert "5 人已经写好" in staff.get(place).text
    assert session.scalar(select(func.count()).select_from(ExportedPart)) > 5
    answer = staff.get(f"{place}/file")
    assert "filename" in answer.headers["Content-Disposition"]
    head, *rows = openpyxl.load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True)
    assert head == ("会员号", "姓名", "电话", HEADING)
    assert [row[1] for row in rows] == ["陳大文", "李明远", "Mary Shelton", "欧阳晓月", "王富"]


def test_it_is_sealed_and_journalled(sign_in, session):
    place = written(sign_in("staff"), "csv", "region=HK")
    for (content,) in session.execute(text("SELECT content FROM exported_part")):
        assert "陳大文".encode() not in bytes(content)
    act = session.scalars(select(Act).order_by(Act.id.desc()).limit(1)).one()
    assert act.deed == "roster:export"
    noted = act.entries[0].after
    assert (noted["rows"], noted["kind"], noted["filters"]) == (1, "csv", ["region"])
    assert "姓名" in noted["columns"]
    assert session.scalars(select(Job.act_id).where(Job.id == int(place.rpartition("/")[2]))).one() == act.id


def test_rights_are_those_of_whoever_asked(sign_in):
    branch = sign_in("branch")
    place = written(branch, "csv", set="all")
    head, *rows = csv.reader(StringIO(branch.get(f"{place}/file").data.decode("utf-8-sig")))
    assert [row[1] for row in rows] == ["王富"]
    assert "证件号码" not in head


def test_nobody_else_fetches_it(sign_in):
    place = written(sign_in("staff"))
    for role, status in (("branch", 403), ("auditor", 403), ("staff2", 404), ("admin", 200)):
        assert sign_in(role).get(f"{place}/file").status_code == status, role


def test_a_file_is_forgotten_after_a_day(sign_in, session):
    staff = sign_in("staff")
    first = written(staff)
    session.execute(update(ExportedPart).values(at=datetime.now(UTC) - waiting.KEPT - timedelta(hours=1)))
    session.commit()
    second = written(staff)
    assert staff.get(f"{first}/file").status_code == 404
    assert staff.get(f"{second}/file").status_code == 200


def test_others_write_to_the_register_meanwhile(sign_in, session, cast, monkeypatch, store):
    """Half-way through the rows somebody else saves, and is not kept waiting."""
    saved = []

    def lines(table, tick):
        for line in table:
            if not saved:
                with store.engine.connect() as other:
                    other.execute(text("UPDATE person SET position = '院士' WHERE name = '王富'"))
                    other.commit()
                saved.append(line)
            yield line

    monkeypatch.setattr(waiting, "_ticking", lines)
    staff = sign_in("staff")
    assert "4 人已经写好" in staff.get(written(staff)).text
    assert saved
