"""Lists to print: the look of the first page follows what is chosen and typed; a file comes."""

from __future__ import annotations

from playwright.sync_api import expect

COUNCIL = "/societies/bjcs/print/council"


def picture(page):
    return page.locator(".printouts-page img")


def drawn(page):
    """The picture has come."""
    page.wait_for_function("() => document.querySelector('.printouts-page img').naturalWidth > 300")


def test_the_page_follows_what_is_chosen(visit):
    page = visit("staff", COUNCIL)
    drawn(page)
    page.get_by_label("样式").select_option("names")
    expect(page).to_have_url(f"{COUNCIL}?order=rank&style=names&of=1.8")
    drawn(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载 PDF").click()
    assert download.value.suggested_filename == "北京星河计算机学会第八届理事会名单.pdf"


def test_a_layout_is_looked_at_while_it_is_typed_and_then_kept(visit):
    page = visit("staff", f"{COUNCIL}/layout")
    page.get_by_label("标题", exact=False).first.fill("{学会}理事名册")
    page.keyboard.press("Tab")
    expect(picture(page)).to_have_attribute("alt", "第一页：北京星河计算机学会理事名册")
    page.get_by_role("button", name="姓名：下移").click()
    drawn(page)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("版式已保存")).to_be_visible()
    expect(picture(page)).to_have_attribute("alt", "第一页：北京星河计算机学会理事名册")
    page.get_by_role("link", name="调整版式").click()
    page.get_by_role("button", name="恢复默认").click()
    expect(page.get_by_label("标题", exact=False).first).to_have_value("{学会}{届}{机构}名单")


def test_without_script_a_list_is_chosen_by_a_button(visit):
    page = visit("staff", COUNCIL, java_script_enabled=False)
    page.get_by_label("次序").select_option("pinyin")
    page.get_by_role("button", name="看一看").click()
    assert "order=pinyin" in page.url
