"""The pages of the audit."""

from __future__ import annotations

import json
import re
from io import BytesIO

import docx
import pypdf
import pytest
from sqlalchemy import select

from registry.composition import queries
from registry.core.dates import PartialDate
from registry.journal.models import Act
from registry.people.services import EditPerson, edit_person

AUDIT = "/societies/bjcs/audit/"
OFFICIALS = f"{AUDIT}officials"


@pytest.fixture
def old_chair(session, cast):
    edit_person(session, cast.ouyang, EditPerson({"birth": PartialDate(1950, 3)}), [])
    session.commit()


def finding(text, key):
    """The text of one finding."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.split(f'id="{key}"')[1].split("citation")[0]))


def test_the_worst_stands_first_and_unfolds_to_who_and_how_to_mend_it(sign_in, cast, old_chair):
    text = sign_in("staff").get(AUDIT).text
    told = finding(text, f"retirement_age-{cast.council.id}")
    assert "负责人 1 人，超过 70 周岁的 1 人" in told
    assert "欧阳晓月" in told
    assert "76 周岁" in told
    assert text.index("verdict-not_met") < text.index("verdict-undetermined") < text.index("verdict-met")


def test_a_supervisor_reads_names_and_posts_but_neither_ages_nor_the_way_to_the_person(
    sign_in, cast, old_chair
):
    text = sign_in("supervisor").get(AUDIT).text
    told = finding(text, f"retirement_age-{cast.council.id}")
    assert "欧阳晓月" in told
    assert "76 周岁" not in told
    assert "/members/" not in text


def test_what_nobody_checked_says_so(sign_in):
    text = sign_in("auditor").get(AUDIT).text
    assert "尚未对照原文核实" in text
    assert "规则编者" in text


def test_the_audit_of_a_past_day(sign_in):
    text = sign_in("staff").get(f"{AUDIT}?on=2022-01-01").text
    assert "没有在任的一届" in text


def test_a_part_is_the_findings_alone(sign_in):
    client = sign_in("staff")
    part = client.part(AUDIT).text
    assert part.lstrip().startswith('<div id="findings">')
    assert "<nav" not in part


def test_the_term_has_its_verdicts_and_its_composition(sign_in, cast):
    where = f"{AUDIT}{cast.council.id}/terms/8"
    text = sign_in("staff").get(where).text
    assert "理事会第八届" in text
    assert "构成" in text
    assert 'id="plot-ages"' in text
    term = sign_in("staff").get(f"/societies/bjcs/bodies/{cast.council.id}/terms/8").text
    assert f'hx-get="{where}"' in term


def test_of_few_people_no_composition_is_told_to_those_who_may_not_see_them(sign_in, cast):
    text = sign_in("supervisor").get(f"{AUDIT}{cast.council.id}/terms/8").text
    assert "不足 5 人" in text
    assert "plot-ages" not in text


@pytest.mark.parametrize(
    ("who", "status"), [("branch", 403), ("member", 403), ("staff2", 403), ("supervisor", 200)]
)
def test_who_may_see_it(sign_in, who, status):
    assert sign_in(who).get(AUDIT).status_code == status


def test_a_number_is_set_as_the_charter_has_it_in_its_place(sign_in, session, cast):
    client, where = sign_in("staff"), f"{AUDIT}rules/retirement_age.years"
    assert "留空即按规则：70" in client.part(f"{where}?edit=1").text
    typed = {"value": "65", "article": "第30条", "starts_on": "2025-01-01"}
    part = client.post_part(f"{where}?edit=1", typed).text
    assert 'id="parameter-retirement_age-years"' in part
    assert "<b>65</b>" in part
    assert "不超过 65 周岁" in client.get(f"{AUDIT}rules").text
    assert "按本会章程" in client.get(AUDIT).text
    wrong = client.post_part(f"{where}?edit=1", {**typed, "value": "老"})
    assert wrong.status_code == 422
    assert "请填写整数" in wrong.text


def test_without_script_one_comes_back_to_the_rules(sign_in):
    client, where = sign_in("staff"), f"{AUDIT}rules/retirement_age.years"
    answer = client.post(f"{where}?edit=1", data={"value": "65", "starts_on": "2025-01-01"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"{AUDIT}rules")
    assert client.get(where).status_code == 200
    assert client.get(f"{AUDIT}rules/nothing.years").status_code == 404


def test_officials_are_told_by_choosing(sign_in, session, cast):
    client = sign_in("staff")
    assert "王　富" in client.get(OFFICIALS).text
    typed = {f"official-{cast.wang.id}": "retired", f"official-{cast.ouyang.id}": ""}
    assert client.post(OFFICIALS, data=typed).status_code == 303
    known = queries.officials(session, cast.society.id)
    assert {key: row.kind for key, row in known.items()} == {cast.wang.id: "retired"}
    assert sign_in("auditor").get(OFFICIALS).status_code == 403


def test_the_command_prints_the_same_findings(app, cast):
    run = app.test_cli_runner()
    found = json.loads(run.invoke(args=["audit", "bjcs", "--json"]).output)
    keys = {
        "society",
        "body",
        "term",
        "rule",
        "verdict",
        "strength",
        "numerator",
        "denominator",
        "people",
        "citation",
    }
    assert keys <= found[0].keys()
    size = next(row for row in found if row["rule"] == "council_size")
    assert (size["body"], size["term"], size["verdict"], size["numerator"]) == ("理事会", 8, "not_met", 2)
    past = json.loads(run.invoke(args=["audit", "bjcs", "--on", "2022-01-01", "--json"]).output)
    assert {row["verdict"] for row in past if row["rule"] == "council_size"} == {"not_applicable"}
    told = run.invoke(args=["audit"]).output
    assert "北京星河计算机学会" in told
    assert "北京长城机械学会" in told
    assert run.invoke(args=["audit", "nobody"]).exit_code == 1


def test_the_rules_are_those_of_the_day(sign_in):
    assert (
        "关于促进市科协科技类社会组织创新发展的意见"
        not in sign_in("staff").get(f"{AUDIT}rules?on=2020-01-01").text
    )


@pytest.mark.parametrize(("who", "told"), [("staff", True), ("supervisor", False)])
def test_the_report_reads_as_the_page_does(who, told, sign_in, session, cast, old_chair):
    answer = sign_in(who).get(f"{AUDIT}report.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.data)).pages).replace(
        "\n", ""
    )
    for words in ("机构与任职审计报告", "欧阳晓月", "最小的改动", "社会团体章程示范文本", "尚未对照原文核实"):
        assert words in text
    assert ("76 周岁" in text) is told
    assert session.scalars(select(Act.deed).order_by(Act.id.desc()).limit(1)).one() == "audit:export"


def test_the_report_in_word_has_a_row_for_each_finding(sign_in, cast, old_chair):
    answer = sign_in("auditor").get(f"{AUDIT}report.docx")
    (table,) = docx.Document(BytesIO(answer.data)).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    row = next(row for row in rows if row[0] == "负责人的年龄")
    assert "欧阳晓月（理事长，76 周岁）" in row[2]
    assert "社会团体章程示范文本" in row[3]
