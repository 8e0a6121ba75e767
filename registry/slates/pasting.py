"""Names pasted onto a slate: each is one member of the register, or is said to be none or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.core.errors import RuleBroken
from registry.exchange.reading.files import read_file, read_text
from registry.exchange.reading.sheets import Unreadable
from registry.lists import matching
from registry.lists.reading import Entry, Listed, read, read_lines
from registry.slates.models import Slate


@dataclass(frozen=True)
class Pasted:
    """Who was found, as (person, post), and who was not, as (name, why)."""

    pairs: Sequence[tuple[int, int]]
    missed: Sequence[tuple[str, str]]


def pasted(
    session: Session, slate: Slate, text: str, post_id: int, file: tuple[str, bytes] = ("", b"")
) -> Pasted:
    """Read the names, of a file where there is one; what says no post is for the one given."""
    listed = _filed(*file) if file[1] else _listed(text)
    if not listed.entries:
        where = "file" if file[1] else "text"
        raise RuleBroken("没有读出姓名；请一行一个，或用带“姓名”表头的表格", where)
    posts = {post.name: post.id for post in slate.body.posts}
    found = matching.named(session, slate.society_id, (entry.cells["name"] for entry in listed.entries))
    pairs: list[tuple[int, int]] = []
    missed: list[tuple[str, str]] = []
    for entry in listed.entries:
        name, word = entry.cells["name"], entry.cells.get("post") or entry.group
        candidates = found.get(matching.squeezed(name), [])
        person = matching.fitting(candidates, entry.cells)
        if word and word not in posts:
            missed.append((name, f"这个机构没有职务“{word}”"))
        elif person is None:
            missed.append((name, _why(entry, len(candidates))))
        else:
            pairs.append((person.id, posts.get(word, post_id)))
    return Pasted(pairs, missed)


def _listed(text: str) -> Listed:
    if "\t" not in text and "<t" not in text.casefold():
        return read_lines(text.splitlines())
    try:
        return read(read_text(text), "council")
    except Unreadable as error:
        raise RuleBroken(str(error), "text") from error


def _filed(name: str, content: bytes) -> Listed:
    try:
        return read(read_file(content, name), "council")
    except Unreadable as error:
        raise RuleBroken(str(error), "file") from error


def _why(entry: Entry, many: int) -> str:
    if not many:
        return "名册里没有"
    if many == 1:
        return f"名册里的同名会员不在“{entry.cells.get('employer', '')}”"
    return f"名册里有 {many} 位同名，请在上面逐个选"
