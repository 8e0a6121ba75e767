"""The kinds of list that are printed, with what is usual of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.core.policy import Action
from registry.printouts.columns import BRANCHES, INDEX, PEOPLE, UNITS, Column
from registry.printouts.layouts import Layout

_OF_PEOPLE = ("surname", "name", "pinyin", "rank", "unit", "number")


@dataclass(frozen=True)
class Kind:
    """`see` is asked beside the right to print; `about` says what the list is, on the page of all."""

    key: str
    label: str
    about: str
    see: Action
    columns: Mapping[str, Column]
    usual: Layout
    orders: tuple[str, ...] = _OF_PEOPLE

    @property
    def of_people(self) -> bool:
        """People can be printed as names alone."""
        return self.columns is PEOPLE


_USUAL = (INDEX, "name", "sex", "ethnic", "birth", "political", "schooling", "work", "title")
_OF_ALL = (
    Kind(
        "members",
        "会员名册",
        "某一天的会员；在名册里先筛选，再打印筛选出的人",
        Action.ROSTER_EXPORT,
        PEOPLE,
        Layout("{学会}会员名册", columns=(INDEX, "number", *_USUAL[1:], "offices"), size=18),
    ),
    Kind(
        "council",
        "机构名单",
        "理事会、常务理事会、监事会等任一机构、任一届、任一天的组成",
        Action.BODY_SEE,
        PEOPLE,
        Layout("{学会}{届}{机构}名单", columns=(*_USUAL, "offices", "again"), order="rank", size=18),
    ),
    Kind(
        "officers",
        "负责人名册",
        "理事长（会长）、副理事长、秘书长等负责人",
        Action.BODY_SEE,
        PEOPLE,
        Layout(
            "{学会}负责人名册",
            columns=(INDEX, "name", "offices", *_USUAL[2:], "full_time", "again", "legal"),
            order="rank",
            size=18,
        ),
    ),
    Kind(
        "branches",
        "分支机构一览表",
        "分会、专业委员会、工作委员会和代表机构",
        Action.BRANCH_SEE,
        BRANCHES,
        Layout(
            "{学会}分支机构一览表",
            "（共{人数}个，{排序}）",
            (INDEX, "name", "kind", "founded", "host", "head", "members"),
            "number",
        ),
        ("number", "name", "pinyin", "founded"),
    ),
    Kind(
        "units",
        "单位会员名册",
        "某一天的单位会员和它们的代表",
        Action.ROSTER_EXPORT,
        UNITS,
        Layout(
            "{学会}单位会员名册",
            "（共{人数}个，{排序}）",
            (INDEX, "number", "name", "credit_code", "category", "representative", "joined"),
            "number",
        ),
        ("number", "name", "pinyin"),
    ),
)
KINDS = {kind.key: kind for kind in _OF_ALL}
