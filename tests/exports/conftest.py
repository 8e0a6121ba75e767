"""Tables of invented lines, and files read back by a library that did not write them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from registry.core.vault import Vault
from registry.exports.keys import RowKey
from registry.exports.tables import Heading, Table
from registry.exports.writing import write_table

VAULT = Vault("one secret")
HEADINGS = (
    Heading("number", "会员号"),
    Heading("name", "姓名"),
    Heading("sex", "性别", choices=("男", "女")),
    Heading("birth", "出生日期", "date"),
    Heading("age", "年龄", "number"),
)


@pytest.fixture
def made():
    """Write lines of texts and open them again as a workbook."""

    def make(*texts, headings=HEADINGS, vault=None, title="会员名册", society="北京测试学会"):
        lines = [(RowKey(1, number, number + 100, 1, 1), line) for number, line in enumerate(texts, 1)]
        table = Table(title, 1, society, date(2026, 11, 24), headings, lines, fixed=2, keyed=True)
        out = BytesIO()
        assert write_table(out, table, "xlsx", vault) == len(texts)
        return openpyxl.load_workbook(out)

    return make
