"""A messy roster as a society's secretary has it today, to try the import with at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.core.codetables import TABLES
from registry.core.vault import Vault
from registry.demo import people, work
from registry.demo.creation import SEED
from registry.demo.stock import DAY, fill, stock
from registry.memberships.models import Membership
from registry.people.models import IdentityDocument, Person
from registry.societies.models import Society
from registry.societies.queries import by_slug

HEADINGS = (
    "序号", "会员编号", "姓 名", "性别", "民族", "出生年月", "政治面貌", "工作单位及职务", "职称",
    "学历", "证件类型", "证件号码", "联系电话", "会员类别", "入会时间", "备注",
)  # fmt: skip
_KNOWN, _NEW, _STRIDE = 16, 24, 31
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
Cells = dict[str, Any]


def write(session: Session, folder: Path) -> Path:
    """The file for the first society; made anew at each start, as the register may have changed."""
    society = by_slug(session, stock("societies")[0]["slug"])
    assert society is not None  # noqa: S101
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "名册示例.xlsx"
    rows = [*_known(session, society), *_strangers()]
    _write(path, society.name, rows)
    return path


def _known(session: Session, society: Society) -> Iterator[Cells]:
    """Members of the register: some with another phone, one by the name alone."""
    query = (
        select(Person, IdentityDocument, Membership.number)
        .join(IdentityDocument, IdentityDocument.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.society_id == society.id,
            IdentityDocument.kind == "resident_id",
            Person.birth.is_not(None),
            Membership.in_force(DAY),
        )
    )
    vault: Vault = session.info["vault"]
    found = session.execute(query.order_by(Membership.sort_number).limit(_KNOWN * _STRIDE)).all()
    for place, (person, document, number) in enumerate(found[::_STRIDE]):
        cells = _cells({key: getattr(person, key) for key in _FACTS})
        cells |= {"会员编号": number, "证件类型": "身份证", "证件号码": vault.open(document.sealed)}
        yield cells | _mess_of_known(place, cells)


_FACTS = (
    "name", "sex", "ethnic", "birth", "political", "employer", "position",
    "title", "education", "phone", "remark",
)  # fmt: skip


_TELLING = ("会员编号", "证件类型", "证件号码", "出生年月", "联系电话", "工作单位及职务")
"""What tells namesakes apart; a row without any of it is doubtful."""


def _mess_of_known(place: int, cells: Cells) -> Cells:
    if place == 1:
        return {"联系电话": "１６０" + "１２３４５６７８"}
    if place == 3:
        return {"联系电话": "010-90001234转8001", "备注": "电话已换"}
    if place == 5:
        return {"证件号码": float(cells["证件号码"][:15] + "000")}
    if place == 7:
        return dict.fromkeys(_TELLING, "")
    return {"会员编号": ""} if place % 4 == 0 else {}


def _strangers() -> Iterator[Cells]:
    """New people, written as people write."""
    rng = Random(f"{SEED}/sample")
    trade = work.trade(rng, "computing", 12)
    for place in range(_NEW):
        region = {4: "HK", 9: "TW", 14: "XX"}.get(place, "CN")
        somebody = people.invent(rng, trade, region)
        cells = _cells(somebody.facts)
        paper = somebody.papers[0] if somebody.papers else None
        labels = {"HK": "回乡证", "TW": "台胞证", "XX": "护照"}
        cells["证件类型"] = labels.get(region, "身份证") if paper else ""
        cells["证件号码"] = paper.number if paper else ""
        cells |= {"会员类别": "普通会员", "入会时间": rng.choice(("2026年9月", "2026.09", "2026-10-08"))}
        yield cells | _mess_of_stranger(rng, place, cells)


def _mess_of_stranger(rng: Random, place: int, cells: Cells) -> Cells:
    number = str(cells["证件号码"])
    if place == 2:
        return {"证件号码": number.translate(_WIDE), "联系电话": fill(rng, "160########").translate(_WIDE)}
    if place == 6 and number:
        return {"证件号码": number[:-1] + ("1" if number[-1] != "1" else "2"), "备注": "末位抄错"}
    if place == 11:
        return {"出生年月": "１９７９．０５", "政治面貌": "党员", "证件类型": "", "证件号码": ""}
    if place == 17:
        return {"性别": "女" if cells["性别"] == "男" else "男"}
    return {"职称": "教授级高工"} if place == 20 else {}


def _cells(facts: Cells) -> Cells:
    """As rosters write facts: a spaced short name, the month of birth, employer and position in one cell."""
    name, birth = facts["name"], facts["birth"]
    spaced = f"{name[0]}　{name[1]}" if len(name) == 2 else name
    return {
        "姓 名": spaced,
        "性别": TABLES["sex"].name(facts["sex"]),
        "民族": TABLES["ethnic"].name(facts["ethnic"]).removesuffix("族"),
        "出生年月": f"{birth.year}年{birth.month}月" if birth and birth.month else str(birth or ""),
        "政治面貌": TABLES["political"].name(facts["political"]),
        "工作单位及职务": f"{facts['employer']} {facts['position']}",
        "职称": facts["title"],
        "学历": TABLES["education"].name(facts["education"]),
        "联系电话": facts["phone"],
        "备注": facts["remark"],
    }


def _write(path: Path, society: str, rows: Sequence[Cells]) -> None:
    """Titles in merged cells above the header, a blank row, a total and a note below."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("会员名册")
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        head = book.add_format({"bold": True, "border": 1})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"{society}会员登记表", title)
        sheet.merge_range(1, 0, 1, len(HEADINGS) - 1, f"填报单位：秘书处　　填报日期：{date(2026, 11, 2)}")
        sheet.write_row(3, 0, HEADINGS, head)
        for place, cells in enumerate(rows):
            gap = place >= _KNOWN
            values = [place + 1 if heading == "序号" else cells.get(heading, "") for heading in HEADINGS]
            sheet.write_row(4 + place + gap, 0, values)
        sheet.write(5 + len(rows), 0, "合计")
        sheet.write(5 + len(rows), 2, f"{len(rows)}人")
        sheet.write(7 + len(rows), 0, "注：标*者为新入会会员；表中内容均为虚构，仅供试用导入。")
