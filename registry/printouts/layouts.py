"""Layouts (版式): what a society decides of a list, and the words in braces that are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from registry.core.errors import RuleBroken

ORDERS = {
    "surname": "按姓氏笔画为序",
    "name": "按姓名笔画为序",
    "pinyin": "按拼音为序",
    "rank": "按职务为序",
    "unit": "按工作单位为序",
    "number": "按编号为序",
    "founded": "按成立日期为序",
}
STYLES = {"table": "表格", "names": "只印姓名"}
PAPERS = {"auto": "看列数而定", "portrait": "纵向", "landscape": "横向"}
SIZES = {18: "小五", 21: "五号", 24: "小四", 28: "四号"}
"""By half points."""
ACROSS = range(2, 9)
WORDS = ("学会", "简称", "日期", "年", "机构", "届", "人数", "排序")
"""What may stand in braces in titles and notes."""
_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")


@dataclass(frozen=True)
class Layout:
    """One layout; texts may hold `WORDS` in braces, `size` counts half points, `across` names in a line."""

    title: str
    subtitle: str = "（共{人数}人，{排序}）"
    columns: tuple[str, ...] = ()
    order: str = "surname"
    style: str = "table"
    across: int = 5
    paper: str = "auto"
    size: int = 21
    note: str = ""
    signature: str = ""

    @classmethod
    def of(cls, row: Any) -> Layout:
        """As it is kept."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def landscape(self) -> bool | None:
        """None: as the columns need it."""
        return {"portrait": False, "landscape": True}.get(self.paper)


def refuse_unknown_words(layout: Layout) -> None:
    """`RuleBroken` at the text whose braces hold a word that nobody can fill in."""
    for key in ("title", "subtitle", "note", "signature"):
        for word in _BRACES.findall(getattr(layout, key)):
            if word.strip() not in WORDS:
                known = "、".join(f"{{{name}}}" for name in WORDS)
                raise RuleBroken(
                    "“{%(word)s}”不是可用的代称；可以用的有 %(known)s", key, word=word, known=known
                )


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with every braced word filled in; brackets with nothing left between them go."""
    said = _BRACES.sub(lambda found: words.get(found[1].strip(), ""), text)
    return re.sub(r"（[，、\s]*）", "", said).strip()
