"""Sheets or pasted lines → the entries of a list, each with the group it stands under; knows no database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from registry.core.text import is_chinese_name
from registry.exchange.reading.headings import key
from registry.exchange.reading.outsiders import is_total
from registry.exchange.reading.sheets import Sheet
from registry.exchange.reading.texts import text_of

LOOKED_AT = 15
MOST = 2000
"""A list is read by people; a longer one is a roster."""

_POST = "(?:会长|理事长|秘书长|监事长|理事|监事|委员|主任|主席|书记|秘书|代表|顾问|组长|组员|干事长)"
_GROUP = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[（(][一二三四五六七八九十\d]{1,3}[)）]、?|\d{1,2}[、.．])?\s*"
    rf"(?P<post>[^（(：:，,、；;\s]{{0,12}}{_POST})\s*(?:[（(【](?P<told>[^）)】]*)[)）】])?\s*(?P<rest>[:：].*)?$"
)
_SEATS = re.compile(r"(\d+)\s*[人名位]")
_LONE_PAIR = re.compile(
    r"(?<![^\s、，,；;：:])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![^\s、，,；;（(])"
)
_WITH_UNIT = re.compile(r"([^\s、，,；;（()）]{2,20})\s*[（(]([^（()）]{2,60})[)）]")
_NOISE = re.compile(r"[（(](?:按[^）)]*|排名[^）)]*)[)）]|^\d{1,3}[.、．\s]+(?=\D)")
_UNIT = re.compile(
    r"(?:大学|学院|学校|[研科医]院|研究所|公司|集团|中心|[局厅部馆厂社站]|协会|学会|实验室|医院|银行)$"
)


@dataclass(frozen=True)
class Entry:
    """One row of a list; `number` as the source counts, `group` the heading above it."""

    number: int
    cells: Mapping[str, str]
    group: str = ""


@dataclass
class Listed:
    """What a source holds: its entries, the seats that its headings tell, and the lines left out."""

    entries: list[Entry] = field(default_factory=list)
    seats: dict[str, int] = field(default_factory=dict)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    columns: tuple[str, ...] = ()


@cache
def _words(kind: str) -> dict[str, str]:
    content = json.loads(Path(__file__).with_name("columns.json").read_text(encoding="utf-8"))
    return {key(word): target for target, names in content[kind].items() for word in names}


def read(sheets: Sequence[Sheet], kind: str) -> Listed:
    """The table that most looks like one of the kind; a council list may also be mere lines."""
    found = [(sheet, _header(sheet, kind)) for sheet in sheets if not sheet.hidden]
    headed = [(sheet, *header) for sheet, header in found if header is not None]
    if headed:
        return _table(*max(headed, key=lambda one: len(set(one[2]) - {""})), kind)
    lines = ("\t".join(filter(None, map(text_of, row))) for sheet, _none in found for row in sheet.rows)
    return read_lines(lines) if kind == "council" else Listed()


def _header(sheet: Sheet, kind: str) -> tuple[int, tuple[str, ...]] | None:
    """The row with names and at least one more known heading, and what its columns hold."""
    best: tuple[int, tuple[str, ...]] | None = None
    for index, row in enumerate(sheet.rows[:LOOKED_AT]):
        targets = _assigned(_words(kind).get(key(text_of(cell)), "") for cell in row)
        known = len(set(targets) - {""})
        if "name" in targets and known > 1 and (best is None or known > len(set(best[1]) - {""})):
            best = index, targets
    return best


def _assigned(targets: Iterable[str]) -> tuple[str, ...]:
    """Of two columns with one meaning the first has it."""
    taken: set[str] = set()
    chosen: list[str] = []
    for target in targets:
        chosen.append("" if target in taken else target)
        taken.add(target)
    return tuple(chosen)


def _table(sheet: Sheet, header: int, targets: tuple[str, ...], kind: str) -> Listed:
    found, group = Listed(columns=targets), ""
    for index, row in enumerate(sheet.rows[header + 1 :], header + 2):
        texts = [" ".join(text_of(cell).split()) for cell in row]
        held = [text for text in texts if text]
        heading = _heading(held[0]) if len(set(held)) == 1 else None
        cells = {target: text for target, text in zip(targets, texts, strict=False) if target and text}
        if heading and kind == "council":
            group = _note(found, heading)
        elif not held or key(held[0]) in _words(kind):
            continue
        elif "name" not in cells or any(map(is_total, held[:2])):
            found.left_out.append((index, "　".join(held)[:80]))
        else:
            found.entries.append(Entry(index, {**cells, "name": _joined(cells["name"])}, group))
    return found


def _heading(text: str) -> re.Match[str] | None:
    """副理事长（5人，按姓氏笔画为序）."""
    return _GROUP.match(text.strip())


def _note(found: Listed, heading: re.Match[str]) -> str:
    post, seats = heading["post"], _SEATS.search(heading["told"] or "")
    if seats:
        found.seats[post] = int(seats[1])
    return post


def read_lines(lines: Iterable[str]) -> Listed:
    """A list without a table: headings of posts, and below them names, alone or with their units."""
    found, group = Listed(columns=("name", "employer", "title")), ""
    for number, line in enumerate(lines, 1):
        text = _joined(line.strip())
        heading = _heading(text)
        if heading:
            group, text = _note(found, heading), (heading["rest"] or "").lstrip(":： ")
        people = list(_people(_NOISE.sub("", text))) if text and not is_total(text) else []
        found.entries += [Entry(number, cells, group) for cells in people]
        if text and not people:
            found.left_out.append((number, text[:80]))
    return found


def _people(text: str) -> Iterator[dict[str, str]]:
    """王富、李明远 or 王富（北京大学）、李明远（…） or 王富 北京大学 教授."""
    with_units = _WITH_UNIT.findall(text)
    if with_units:
        yield from ({"name": name, "employer": unit} for name, unit in with_units if not _UNIT.search(name))
        return
    tokens = [token for token in re.split(r"[\s、，,；;]+", text) if token]
    if tokens and all(map(_is_name, tokens)):
        yield from ({"name": token} for token in tokens)
    elif len(tokens) > 1 and _is_name(tokens[0]):
        yield {"name": tokens[0], "employer": tokens[1], "title": "、".join(tokens[2:])}


def _is_name(token: str) -> bool:
    return is_chinese_name(token) and not _UNIT.search(token)


def _joined(text: str) -> str:
    """王　富 is one name."""
    return _LONE_PAIR.sub(r"\1\2", text)
