"""The pages of an import and the export's address, as a browser and as htmx ask for them."""

from __future__ import annotations

import io
import re
import time

import pytest
from sqlalchemy import select

from registry.exchange.models import Upload
from registry.journal.models import Act
from registry.people.models import Person
from tests.exchange import files

IMPORTS = "/societies/bjcs/imports/"


def send(client, content: bytes, filename: str = "名册.xlsx", *, part: bool = False):
    data = {"file": (io.BytesIO(content), filename)}
    post = client.post_part if part else client.post
    return post(IMPORTS, data=data, content_type="multipart/form-data")


def choice(page_text: str, **more: str) -> dict[str, str]:
    """The form of the columns as the page offers it."""
    chosen = {"sheet": "0", "header": "1", "shown_sheet": "0", "shown_header": "1", "deed": "judge"}
    for name in re.findall(r'<select name="(column-\d+)"', page_text):
        select_text = page_text.split(f'<select name="{name}"')[1].split("</select>", maxsplit=1)[0]
        found = re.search(r'<option value="(\w+)" selected', select_text)
        chosen[name] = found[1] if found else ""
    for name in ("sheet", "header", "width"):
        found = re.search(rf'name="(?:shown_)?{name}"[^>]* value="(\d+)"', page_text)
        if found:
            chosen[name] = chosen[f"shown_{name}"] = found[1]
    return {**chosen, **more}


def finished(client, place: str):
    """The page of an import after its job has ended."""
    for _turn in range(600):
        answer = client.get(place)
        if "job-progress" not in answer.text:
            return answer
        time.sleep(0.1)
    raise AssertionError("the job does not end")


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def test_a_file_goes_all_the_way_without_script(staff, session):
    sent = send(staff, files.titled())
    assert sent.status_code == 303
    place = sent.headers["Location"]
    columns = staff.get(place)
    assert "联系方式电话" in columns.text
    assert "序号" in columns.text
    answer = staff.post(f"{place}/columns", data=choice(columns.text))
    assert answer.status_code == 303
    rows = staff.get(place)
    assert "身份证号末位校验不符（应为" in rows.text
    assert "新增 2 位会员" in rows.text
    assert "读作 1968-06-11" in rows.text
    digest = rows.text.split('name="digest" value="')[1].split('"')[0]
    assert staff.post(f"{place}/apply", data={"digest": digest}).status_code == 303
    done = finished(staff, place)
    assert "已导入：新增 2 位会员" in done.text
    assert "周 晓 梅" in done.text
    assert session.scalars(select(Person).where(Person.name == "孙远")).one()
    assert "已导入" in staff.get(IMPORTS).text


def test_htmx_is_sent_on_and_answered_in_parts(staff):
    sent = send(staff, files.titled(), part=True)
    assert sent.status_code == 204
    place = sent.headers["HX-Location"]
    columns = staff.part(place)
    assert columns.status_code == 200
    assert "<html" not in columns.text
    assert 'id="exchange-step"' in columns.text
    answer = staff.post_part(f"{place}/columns", data=choice(columns.text))
    assert (answer.status_code, answer.headers["HX-Location"]) == (204, place)


def test_an_unreadable_file_is_refused_beside_the_input(staff, session):
    for part in (False, True):
        answer = send(staff, b"PK\x03\x04 nothing", part=part)
        assert answer.status_code == 422
        assert "文件已损坏" in answer.text
        assert ("<html" in answer.text) is not part
    assert send(staff, b"", "").status_code == 422
    assert session.scalars(select(Upload)).all() == []


def test_a_file_without_names_asks_for_the_column(staff):
    place = send(staff, files.xlsx([["称呼", "单位"], ["孙志远", "甲"]])).headers["Location"]
    text = staff.get(place).text
    answer = staff.post(f"{place}/columns", data=choice(text, **{"column-1": "remark"}))
    assert answer.status_code == 422
    assert "请指明哪一列是姓名" in answer.text
    assert '<option value="remark" selected>' in answer.text
    answer = staff.post(f"{place}/columns", data=choice(text, **{"column-0": "name"}))
    assert answer.status_code == 303


def test_another_header_row_is_recognised_anew(staff):
    place = send(staff, files.xlsx([["会员", "表"], ["姓名", "单位"], ["孙志远", "甲"]])).headers["Location"]
    text = staff.get(place).text
    assert 'name="header" min="0" max="200000" value="2"' in text
    answer = staff.post(f"{place}/columns", data=choice(text, header="1"))
    assert answer.headers["Location"].endswith("step=columns")
    assert 'value="1" inputmode' in staff.get(answer.headers["Location"]).text
    assert staff.post(f"{place}/columns", data=choice(text, header="99")).status_code == 422


def test_what_moved_on_is_judged_again(staff):
    place = send(staff, files.xlsx(files.PLAIN)).headers["Location"]
    staff.post(f"{place}/columns", data=choice(staff.get(place).text))
    assert staff.post(f"{place}/apply", data={"digest": "of another day"}).status_code == 303
    text = finished(staff, place).text
    assert "没有写入任何内容；请重新检查" in text
    assert f'action="{place}/judge"' in text
    assert staff.post(f"{place}/judge").status_code == 303


def test_a_dropped_import_is_closed(staff):
    place = send(staff, files.xlsx(files.PLAIN)).headers["Location"]
    assert staff.post(f"{place}/drop").status_code == 303
    assert "这次导入已放弃" in staff.get(place).text
    assert staff.post(f"{place}/judge").status_code == 422


def test_rows_come_fifty_at_a_time_and_by_state(staff):
    rows = [
        ["姓名", "性别"],
        *([f"孙{letter}", "男"] for letter in map(chr, range(0x4E00, 0x4E00 + 60))),
        ["周", "？"],
    ]
    place = send(staff, files.xlsx(rows)).headers["Location"]
    staff.post(f"{place}/columns", data=choice(staff.get(place).text))
    first, second = staff.get(place).text, staff.get(f"{place}?page=2").text
    assert (first.count('data-label="行"'), second.count('data-label="行"')) == (50, 11)
    refused = staff.get(f"{place}?state=refused").text
    assert refused.count('data-label="行"') == 1
    assert "第 1 页，共 2 页" in first


def test_another_society_sees_nothing_of_an_upload(staff, sign_in):
    place = send(staff, files.xlsx(files.PLAIN)).headers["Location"]
    stranger = sign_in("staff2")
    for address in (place, place.replace("bjcs", "bjme")):
        for verb in ("", "/columns", "/apply", "/judge", "/drop"):
            status = (stranger.post if verb else stranger.get)(address + verb).status_code
            assert status in {403, 404}, (address, verb)
    assert stranger.get(place.replace("bjcs", "bjme")).status_code == 404
    assert sign_in("branch").get(IMPORTS).status_code == 403
    assert sign_in("auditor").get("/societies/bjcs/members/export.csv").status_code == 403


def csv_of(client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/societies/bjcs/members/export.csv{query}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return [line.split(",") for line in answer.data.decode("utf-8-sig").splitlines()]


def test_the_export_is_what_the_roster_shows(staff, session):
    assert [row[1] for row in csv_of(staff)[1:]] == ["王富", "陳大文", "欧阳晓月", "Mary Shelton"]
    assert [row[1] for row in csv_of(staff, "?region=HK")[1:]] == ["陳大文"]
    assert csv_of(staff, "?sort=-joined")[1][1] == "Mary Shelton"
    assert [row[1] for row in csv_of(staff, "?on=2020-01-01")[1:]] == ["王富", "陳大文", "李明远"]
    acts = session.scalars(select(Act).where(Act.deed == "roster:export").order_by(Act.id)).all()
    assert [act.entries[0].after["filters"] for act in acts] == [[], ["region"], ["sort"], ["on"]]


def test_branch_staff_export_their_own_branch_without_documents(sign_in):
    head, *rows = csv_of(sign_in("branch"))
    assert [row[1] for row in rows] == ["王富"]
    assert "证件号码" not in head
    assert "电话" in head


@pytest.mark.parametrize("query", ["", "?state=all", "?state=resigned", "?office=any"])
def test_an_export_may_be_uploaded_again(staff, query):
    answer = staff.get(f"/societies/bjcs/members/export.xlsx{query}")
    assert "filename" in answer.headers["Content-Disposition"]
    place = send(staff, answer.data).headers["Location"]
    staff.post(f"{place}/columns", data=choice(staff.get(place).text))
    text = staff.get(place).text
    assert "没有要写入的行" in text
    assert "另有" not in text
