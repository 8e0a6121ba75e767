"""A certificate's whole way: the member chooses and takes it, a stranger checks it, the office revokes it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

OWN = "/societies/bjcs/members/B00001/certificates/"


def test_a_member_takes_a_certificate_that_stands_until_it_is_revoked(visit, cast):
    member = visit("member", "/me")
    member.locator(f"a[href='{OWN}']").click()
    with member.expect_response(lambda answer: "draft.png" in answer.url and "number" in answer.url) as drawn:
        member.get_by_label("会员号").check()
    assert drawn.value.ok
    member.get_by_role("button", name="出具证明").click()
    with member.expect_download() as fetched:
        member.get_by_role("link", name="PDF", exact=True).click()
    paper = PdfReader(BytesIO(Path(fetched.value.path()).read_bytes())).pages[0].extract_text()
    assert "B00001" in paper
    assert "1965" not in paper
    address = member.get_by_role("link", name="核验页").get_attribute("href")
    stranger = visit(None, address, width=390, java_script_enabled=False)
    expect(stranger.get_by_text("有效", exact=True)).to_be_visible()
    office = visit("staff", OWN)
    office.get_by_role("link", name="撤回").click()
    office.get_by_label("原因").fill("姓名有误")
    office.get_by_role("button", name="保存").click()
    expect(office.get_by_text("已撤回", exact=True)).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_text("出具的学会已经撤回这份证明。")).to_be_visible()
    expect(stranger.get_by_text("B00001")).to_be_hidden()
