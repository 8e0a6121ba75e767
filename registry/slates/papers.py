"""What goes to the assembly: the ballot (选票) and the list of candidates, in either stroke order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from registry.bodies.models import Post
from registry.core.strokes import by_name, by_surname
from registry.core.text import spaced
from registry.people.facts import shown
from registry.printing.document import Document, Group, Head
from registry.slates.models import Candidate, Slate

BOX = "□"
MONTH = len("1965-03")
WRITE_IN = 3
"""Empty lines of a ballot for others than those put up."""
ORDERS = {"surname": by_surname, "name": by_name}


class Papers:
    """The papers of a slate; `order` is a key of `ORDERS`, `again` who held an office in the body before."""

    def __init__(
        self, slate: Slate, standing: Sequence[Candidate], society: str, order: str, day: str
    ) -> None:
        """`day` in words."""
        self.slate, self.society, self.order, self.day = slate, society, order, day
        self._posts = {row.post_id: row.post for row in standing}
        self._by_post = _by_post(standing, order)

    @property
    def what(self) -> str:
        """北京…学会第十届理事会."""
        body = self.slate.body.name.removeprefix(self.society)
        return f"{self.society}{self.slate.term_name}{body}"

    def ballot(self) -> Document:
        """One table for each post, with a box for each answer and lines to write in others."""
        heads = [_("候选人"), _("同意"), _("不同意"), _("弃权")]
        return self._document(
            _("%(what)s选举票", what=self.what),
            [Head(str(word), flexible=not place) for place, word in enumerate(heads)],
            [Group(self._seats(post), self._boxes(rows)) for post, rows in self._ranks()],
            [
                _("在所选的一栏画“√”，每人只选一栏；另选他人的，写上姓名并在“同意”栏画“√”。"),
                _("同意的人数不得多于应选名额，多于的该职务作废；不画的算弃权。"),
            ],
            size=12,
        )

    def candidates(self) -> Document:
        """Who stands, with the facts that electors ask for."""
        keys = ("sex", "birth", "political", "employer", "title")
        heads = [_("序号"), _("姓名"), _("性别"), _("出生年月"), _("政治面貌"), _("工作单位"), _("职称")]
        groups = []
        for post, rows in self._ranks():
            told = [
                [str(place), spaced(row.person.name), *(_fact(row, key) for key in keys)]
                for place, row in enumerate(rows, 1)
            ]
            groups.append(Group(self._seats(post), told))
        title = _("%(what)s候选人名单", what=self.what)
        return self._document(title, [Head(str(word), word == heads[5]) for word in heads], groups, [])

    def _document(
        self,
        title: str,
        heads: Sequence[Head],
        groups: Sequence[Group],
        notes: Sequence[str],
        size: float = 10.5,
    ) -> Document:
        by = _("按姓氏笔画为序") if self.order == "surname" else _("按姓名笔画为序")
        told = [str(note) for note in notes]
        return Document(str(title), str(by), self.society, self.day, heads, groups, told, size=size)

    def _ranks(self) -> list[tuple[Post, list[Candidate]]]:
        posts = sorted(self._posts.values(), key=lambda post: post.rank)
        return [(post, self._by_post[post.id]) for post in posts]

    def _seats(self, post: Post) -> str:
        many = len(self._by_post[post.id])
        if post.seats is None:
            return str(_("%(post)s　候选 %(many)s 名", post=post.name, many=many))
        return str(
            _("%(post)s　应选 %(seats)s 名，候选 %(many)s 名", post=post.name, seats=post.seats, many=many)
        )

    def _boxes(self, rows: Sequence[Candidate]) -> list[Sequence[str]]:
        named = [(spaced(row.person.name), BOX, BOX, BOX) for row in rows]
        return [*named, *[(str(_("另选：")), BOX, "", "")] * WRITE_IN]


def _by_post(standing: Sequence[Candidate], order: str) -> Mapping[int, list[Candidate]]:
    key = ORDERS[order]
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in sorted(standing, key=lambda row: (key(row.person.name).text, row.person.name)):
        found[row.post_id].append(row)
    return found


def _fact(row: Candidate, key: str) -> str:
    told = shown(key, getattr(row.person, key))
    return (told[:MONTH] if key == "birth" else told) or "—"
