"""Rows of a table that are no people: totals, notes, headers again; each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from registry.exchange.reading.headings import target_of
from registry.exchange.reading.shapes import Layout
from registry.exchange.reading.sheets import Cell
from registry.exchange.reading.texts import text_of

TOTAL, NOTE, HEADER, ALONE = "合计行", "说明文字", "重复的表头", "只有一格有内容"
OTHER_HEADER, BELOW_OTHER = "另一个表头", "在另一个表头之下，列的次序不同，请移到单独的工作表"
HEADING, NOTHING = "分组标题", "没有可导入的内容"

_TOTAL = re.compile(
    r"(?:合计|总计|共计|小计|累计|本页小计|总人数|人数合计|合计人数)(?:[:：\s\d（(].*|人数?)?|[共计]+\s*\d+\s*[人名位].*"
)
_NOTE = re.compile(
    r"(?:\d+[.、])?(?:注|备注|说明|附注|填表|制表|审核|填报|联系人|经办|单位[（(]?盖章|日期|其中|※|\*)[^，。]{0,6}[:：、.）)]"
    r"|注\d?\s|以上|本表|※|[*]\s*\S"
)
_SIGNED = re.compile(r"(?:签字|签名|签章|盖章)[）)]?\s*[:：]?\s*$|年\s*月\s*日")
_LONG = 20


def why_not(layout: Layout, held: Sequence[tuple[int, Cell]]) -> str | None:
    """None for a person's row, '' for a blank one, otherwise what the row is; `held` are its filled cells."""
    if not any(layout.targets[column] or not layout.labels[column] for column, _cell in held):
        return _beside([text_of(cell).strip() for _column, cell in held])
    texts = [text_of(cell).strip() for _column, cell in held[:2]]
    if len(texts) == 1:
        return _alone(layout, held[0][0], texts[0])
    if again := _header(layout, held):
        return again
    if any(map(is_total, texts)):
        return TOTAL
    return NOTE if _SIGNED.search(texts[0]) or (_NOTE.match(texts[0]) and not _named(layout, held)) else None


def _beside(texts: Sequence[str]) -> str:
    """Nothing stands in a column that is taken: blank, a mere running number, or a remark."""
    if all(map(str.isdigit, texts)):
        return ""
    return TOTAL if is_total(texts[0]) else NOTE if _NOTE.match(texts[0]) else NOTHING


def is_total(text: str) -> bool:
    """合 计, 小计：3, 共 36 人."""
    return any(sign in text for sign in "计总共") and bool(_TOTAL.fullmatch(re.sub(r"\s+", "", text)))


def _header(layout: Layout, held: Sequence[tuple[int, Cell]]) -> str:
    """The same headings again, or others; every heading of names has 名 in it or is Latin."""
    if all(text_of(cell).strip() in layout.labels[column] for column, cell in held):
        return HEADER
    names = [text_of(cell) for column, cell in held if layout.targets[column] == "name" or "名" in str(cell)]
    if not any("名" in name or name.isascii() for name in names):
        return ""
    meanings = [target_of(text_of(cell)) for _column, cell in held]
    return OTHER_HEADER if None not in meanings and "name" in meanings else ""


def _alone(layout: Layout, column: int, text: str) -> str | None:
    if is_total(text):
        return TOTAL
    if _NOTE.match(text) or _SIGNED.search(text) or (len(text) > _LONG and re.search("[，。；：]", text)):
        return NOTE
    if "name" not in layout.targets or layout.targets[column] in {"name", "document_number", "number"}:
        return None
    return ALONE


def _named(layout: Layout, held: Sequence[tuple[int, Cell]]) -> bool:
    return any(layout.targets[column] == "name" for column, _cell in held)
