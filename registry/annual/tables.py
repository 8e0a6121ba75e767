"""The people tables of the annual return (年检年报) of a year, as of its last day: filled, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import true
from sqlalchemy.orm import Session

from registry.annual import queries
from registry.bodies import queries as bodies
from registry.core.ages import UNKNOWN, counted
from registry.core.codetables import TABLES
from registry.core.regions import LABELS as REGIONS
from registry.memberships import counting
from registry.memberships.models import END_REASONS, EndReason, Membership
from registry.people.facts import shown
from registry.societies import queries as societies
from registry.societies.models import Society

WITHHELD = "—"


@dataclass(frozen=True)
class Line:
    """A row of a table; `narrow` is what the roster is narrowed to, to list those it counts."""

    cells: tuple[str, ...]
    narrow: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """One table of the return: its heads, its lines, and what should be known of it."""

    key: str
    title: str
    heads: tuple[str, ...]
    lines: Sequence[Line]
    note: str = ""

    @property
    def numbers(self) -> bool:
        """A word and how many."""
        return len(self.heads) == len(("what", "many"))


class Return:
    """The return of one society; `knows` = the reader may see births and work of those who govern."""

    def __init__(self, session: Session, society: Society, year: int, today: date, *, knows: bool) -> None:
        """Of the running year the day is today."""
        self._session, self.society, self.year, self._knows = session, society, year, knows
        self.first, self.day = date(year, 1, 1), min(date(year, 12, 31), today)

    @cached_property
    def tables(self) -> list[Table]:
        """All, in the order of the return."""
        return [
            self._members(),
            self._moves(),
            *self._kinds(),
            self._principals(),
            self._bodies(),
            self._branches(),
        ]

    def _count(self, *keys: Any) -> Sequence[Any]:
        return counting.persons_by(self._session, true(), [self.society.id], self.day, *keys)

    def _members(self) -> Table:
        persons = sum(row.many for row in self._count())
        units = sum(row.many for row in counting.units_by(self._session, true(), [self.society.id], self.day))
        full, unknown = queries.full_time(self._session, self.society.id, self.day)
        note = _("专职人员按任职登记的“专职”计；%(n)s 人没有写明。", n=unknown) if unknown else ""
        lines = [
            Line((_("个人会员"), _number(persons)), {}),
            Line((_("单位会员"), _number(units))),
            Line((_("专职人员"), _number(full))),
        ]
        return Table("members", _("会员与人员"), (_("项目"), _("数量")), lines, note)

    def _moves(self) -> Table:
        asked = (self._session, true(), self.society.id, self.first, self.day)
        joined, left = counting.joined(*asked).get(self.year, 0), counting.left(*asked)
        words = [(END_REASONS[EndReason(key)], many) for key, many in sorted(left.items())]
        span = {"joined_from": str(self.first), "joined_to": str(self.day)}
        lines = [
            Line((_("入会"), _number(joined)), span),
            *(Line((word, _number(many))) for word, many in words),
        ]
        return Table("moves", _("本年度变动"), (_("项目"), _("人数")), lines)

    def _kinds(self) -> Iterator[Table]:
        for key, column, title, order in (
            ("region", Membership.region, _("地区"), [(str(code), word) for code, word in REGIONS.items()]),
            ("sex", Membership.sex, _("性别"), TABLES["sex"].choices()),
            ("title_level", Membership.title_level, _("职称级别"), TABLES["title_level"].choices()),
        ):
            yield self._of_kind(key, column, title, order)
        births = counting.births(self._session, true(), self.society.id, self.day)
        lines = [Line((word, _number(many))) for word, many in counted(births, self.day).items()]
        yield Table("ages", _("年龄"), (_("年龄"), _("人数")), lines)
        yield self._categories()

    def _of_kind(self, key: str, column: Any, title: str, order: Iterable[tuple[str, str]]) -> Table:
        found: dict[str | None, int] = dict(map(tuple, self._count(column)))
        lines = [Line((word, _number(found.get(code, 0))), {key: code}) for code, word in order]
        if found.get(None):
            lines.append(Line((UNKNOWN, _number(found[None]))))
        return Table(key, title, (title, _("人数")), lines)

    def _categories(self) -> Table:
        found: dict[int, int] = dict(map(tuple, self._count(Membership.category_id)))
        rows = [row for row in societies.categories(self._session, self.society.id) if not row.for_units]
        lines = [Line((row.name, _number(found.get(row.id, 0))), {"category": row.code}) for row in rows]
        return Table("category", _("会员类别"), (_("会员类别"), _("人数")), lines)

    @cached_property
    def _holding(self) -> Sequence[Any]:
        return bodies.holding(self._session, self.society.id, self.day)

    def _principals(self) -> Table:
        rows = [row for row in self._holding if row.principal and row.branch_id is None]
        party = queries.political(self._session, {row.person_id for row in rows})
        heads = (
            _("职务"),
            _("姓名"),
            _("性别"),
            _("出生年月"),
            _("政治面貌"),
            _("工作单位"),
            _("任职"),
            _("专职或兼职"),
        )
        note = "" if self._knows else _("您无权查看的个人资料以“—”代替。")
        return Table("principals", _("负责人"), heads, [self._principal(row, party) for row in rows], note)

    def _principal(self, row: Any, party: Mapping[int, str | None]) -> Line:
        facts = (
            shown("sex", row.sex),
            shown("birth", row.birth)[: len("1965-03")],
            shown("political", party.get(row.person_id)),
            row.employer or "",
        )
        full = {True: _("专职"), False: _("兼职"), None: UNKNOWN}[row.full_time]
        told = tuple(fact or UNKNOWN for fact in facts) if self._knows else (WITHHELD,) * len(facts)
        return Line((row.post, row.name, *told, str(row.starts_on), full))

    def _bodies(self) -> Table:
        met = queries.meetings(self._session, self.society.id, self.first, self.day)
        heads = (_("机构"), _("在任人数"), _("本年度会议"))
        found = queries.bodies(self._session, self.society.id, self.day)
        lines = [
            Line((body.name, _number(self._sitting(body.id)), _number(met.get(body.id, 0)))) for body in found
        ]
        return Table("bodies", _("机构与会议"), heads, lines)

    def _sitting(self, body_id: int) -> int:
        return len({row.person_id for row in self._holding if row.body_id == body_id})

    def _branches(self) -> Table:
        found = societies.branches_on(societies.branches(self._session, self.society.id), self.day)
        heads = bodies.branch_heads(self._session, self.society.id, self.day)
        members: dict[int, int] = dict(map(tuple, self._count(Membership.branch_id)))
        lines = [
            Line(
                (
                    row.name_on(self.day),
                    str(row.starts_on),
                    "、".join(name for name, _post in heads.get(row.id, [])) or _("没有登记"),
                    _number(members.get(row.id, 0)),
                ),
                {"branch": row.code},
            )
            for row in found
        ]
        return Table("branches", _("分支机构"), (_("名称"), _("设立"), _("负责人"), _("会员")), lines)


def _number(many: int) -> str:
    return f"{many:,}"
