"""A messy file goes in to the end, and its people stand in the roster; and the same without script."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

IMPORTS = "/societies/bjcs/imports/"
SHEN = (
    "1",
    "沈 一诺",
    "女 ",
    "１９８８．０３",
    "汉",
    "党员",
    "星河大学计算机学院",
    "教授级高工",
    "１３８１２３４５６７８",
)
MA = ("2", "马俊", "1", "1979年12月", "回族", "群众", "燕山计算研究所", "副教授", "+86 139-1234-5678")
WANG = ("3", "王富", "男", "1965-03-08", "汉族", "中共党员", "北京星河大学", "教授", "13800000001")
HE = ("4", "何无名", "男", "去年生的", "汉族", "", "", "", "")


@pytest.fixture
def file(tmp_path):
    """As secretaries keep it: a title, two rows of heading, a total and a note below."""
    book = Workbook()
    sheet = book.active
    sheet.append(["北京星河计算机学会会员名册（2026年）"])
    sheet.merge_cells("A1:I1")
    sheet.append(["序号", "姓 名", "基本情况", None, None, None, "工作单位", "职称", "联系电话"])
    sheet.append([None, None, "性别", "出生年月", "民族", "政治面貌", None, None, None])
    sheet.merge_cells("C2:F2")
    for letter in "ABGHI":
        sheet.merge_cells(f"{letter}2:{letter}3")
    for row in (SHEN, MA, WANG, HE):
        sheet.append(row)
    sheet.append(["合计", "4人"])
    sheet.append(["注：本表由秘书处整理"])
    path = tmp_path / "会员名册.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_messy_file_becomes_members_in_the_roster(visit, file, script):
    page = visit("staff", IMPORTS, java_script_enabled=script)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传并查看").click()
    expect(page).to_have_url(re.compile(r"/imports/\d+"))
    for column in ("姓名", "性别", "出生", "民族", "政治面貌", "工作单位", "职称", "电话"):
        expect(page.locator("table select option:checked", has_text=column).first).to_be_attached()
    page.get_by_role("button", name="检查每一行").click()
    expect(page.locator(".exchange-rows tbody tr")).to_have_count(4)
    expect(page.locator(".exchange-rows tr", has_text="何无名")).to_contain_text("去年生的")
    expect(page.locator(".exchange-rows tr", has_text="王富")).to_contain_text("无变化")
    page.get_by_role("button", name="确认导入 2 行").click()
    expect(page.get_by_text("已导入：新增 2 位会员")).to_be_visible()
    page.get_by_role("link", name="打开名册").click()
    names = page.locator("#roster tbody .col-name")
    expect(names).to_have_count(6)
    for name in ("沈一诺", "马俊"):
        expect(page.get_by_role("link", name=re.compile(r"\s?".join(name)))).to_be_visible()
    expect(page.locator("#roster tr", has_text="沈一诺")).to_contain_text("1988-03")


def test_the_same_file_twice_changes_nothing(visit, file):
    page = visit("staff", IMPORTS)
    for _ in range(2):
        page.goto(IMPORTS)
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="上传并查看").click()
        page.get_by_role("button", name="检查每一行").click()
        expect(page.locator(".exchange-rows tbody tr")).to_have_count(4)
        confirm = page.get_by_role("button", name="确认导入")
        if confirm.count():
            confirm.click()
            expect(page.get_by_text("已导入：")).to_be_visible()
    expect(page.get_by_text("没有要写入的行。")).to_be_visible()
    page.goto("/societies/bjcs/members/")
    expect(page.locator("#roster tbody .col-name")).to_have_count(6)


def test_a_file_that_is_none_is_refused_in_words(visit, tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    page = visit("staff", IMPORTS)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并查看").click()
    expect(page.locator("#file-error")).not_to_be_empty()
