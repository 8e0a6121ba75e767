"""What a clerk must know of how a file was read, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from registry.exchange.reading.headers import halves
from registry.exchange.reading.shapes import Layout, Row
from registry.exchange.reading.sheets import Sheet


def remarks(sheets: Sequence[Sheet], layout: Layout, rows: Sequence[Row]) -> list[str]:
    """Of the chosen sheet: a guessed encoding, what is hidden and was read all the same, two halves."""
    sheet = sheets[layout.sheet]
    told = [*sheet.remarks]
    if sheet.hidden:
        told.append(f"工作表“{sheet.name}”在文件里是隐藏的，照样读入")
    if hidden := [row.number for row in rows if row.hidden]:
        told.append(f"第 {spans(hidden)} 行在文件里是隐藏的，照样读入；不要的请先删去")
    if columns := [
        layout.labels[column] or f"第 {column + 1} 列"
        for column in sorted(sheet.hidden_columns)
        if column < len(layout.targets) and layout.targets[column]
    ]:
        told.append(f"列“{'”“'.join(columns)}”在文件里是隐藏的，照样读入")
    if halves(layout.labels[: sheet.width]) > 1:
        told.append("表格左右并排了几组相同的表头，只读了最左边一组；请把右边的移到下面再导入")
    return told


def spans(numbers: Sequence[int]) -> str:
    """3、5–7."""
    starts = [numbers[0], *[after for before, after in pairwise(numbers) if after != before + 1]]
    ends = [*[before for before, after in pairwise(numbers) if after != before + 1], numbers[-1]]
    return "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in zip(starts, ends, strict=True)
    )
