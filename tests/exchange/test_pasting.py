"""A table is pasted where there is no file; what a clerk must know of the reading is said."""

from __future__ import annotations

import io

import pytest

from tests.exchange.test_pages import IMPORTS, choice, finished

TABLE = "姓名\t性别\t工作单位\t手机\n林一粘\t女\t北京星河大学\t13900001111\n林二粘\t男\t\t"


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def test_a_pasted_table_goes_all_the_way(staff):
    place = staff.post(IMPORTS, data={"text": TABLE}).headers["Location"]
    columns = staff.get(place)
    assert "粘贴的文字" in columns.text
    assert "林一粘" in columns.text
    rows = staff.post(f"{place}/columns", data=choice(columns.text), follow_redirects=True)
    digest = rows.text.split('name="digest" value="')[1].split('"')[0]
    staff.post(f"{place}/apply", data={"digest": digest})
    assert "新增 2 位" in finished(staff, place).text


def test_nothing_at_all_is_refused_in_words(staff):
    answer = staff.post(IMPORTS, data={"text": "   "})
    assert answer.status_code == 422
    assert "请选择一个文件，或粘贴一张表" in answer.text


def test_what_cannot_be_read_is_said_where_it_was_pasted_and_kept(staff):
    answer = staff.post(IMPORTS, data={"text": "姓名" + "\t列" * 300})
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert "超过 200 列" in answer.text
    assert "姓名\t列\t列" in answer.text


def test_a_file_counts_before_what_was_pasted(staff):
    file = (io.BytesIO("姓名\n林三档".encode()), "名册.csv")
    place = staff.post(IMPORTS, data={"text": TABLE, "file": file}, content_type="multipart/form-data")
    text = staff.get(place.headers["Location"]).text
    assert "林三档" in text
    assert "林一粘" not in text


def test_a_guessed_encoding_is_said(staff):
    content = "姓名,性別\n陳大文,香港大學\n歐陽修,國立臺灣大學".encode("big5")
    sent = staff.post(
        IMPORTS, data={"file": (io.BytesIO(content), "名冊.csv")}, content_type="multipart/form-data"
    )
    assert "exchange-remarks" in staff.get(sent.headers["Location"]).text
