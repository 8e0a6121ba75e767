"""From the matrix to a closed finding, and open again by itself: supervisor and society in turn."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

RULES = "/societies/bjcs/audit/rules/council_of_members.most"


def set_most(page, words):
    """The charter's share of 理事, as the staff set it."""
    page.goto(f"{RULES}?edit=1")
    page.locator("[name=value]").fill(words)
    page.locator("main form.deed button").click()
    expect(page.locator("[name=value]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_finding_is_raised_answered_closed_and_comes_back(visit, tmp_path, script):
    paper = tmp_path / "决议.pdf"
    paper.write_bytes(b"%PDF-1.7 minutes")
    above = visit("supervisor", "/supervision/", java_script_enabled=script)
    ours = above.locator(".matrix tbody tr", has_text="北京星河计算机学会")
    ours.locator("[title^=理事占会员的比例]").click()
    verdict = above.locator("[id^=why-council_of_members]")
    verdict.get_by_role("link", name="提出整改").click()
    above.get_by_role("button", name="保存").click()
    expect(above.locator(".rectification-now").get_by_text("待答复")).to_be_visible()
    where = above.url

    staff = visit("staff", "/societies/bjcs/", java_script_enabled=script)
    staff.get_by_role("link", name="1 项整改要答复").click()
    staff.locator(".rectification-title a").click()
    staff.get_by_role("link", name="答复", exact=True).click()
    staff.get_by_label("整改情况").fill("章程已改为二分之一")
    staff.get_by_label("证明材料").set_input_files(paper)
    staff.get_by_role("button", name="保存").click()
    expect(staff.locator(".rectification-now").get_by_text("待审核")).to_be_visible()
    set_most(staff, "1/2")

    above.goto(where)
    expect(above.get_by_role("link", name="决议.pdf")).to_be_visible()
    above.get_by_role("link", name="认可，了结").click()
    above.get_by_role("button", name="保存").click()
    expect(above.locator(".rectification-now").get_by_text("已了结")).to_be_visible()

    set_most(staff, "1/3")
    above.goto(where)
    expect(above.locator(".rectification-now").get_by_text("问题又出现")).to_be_visible()
