"""The catalogue of what the roster can be narrowed by: words, rights, choices and clause of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from registry.core.codetables import TABLES
from registry.core.periods import Period
from registry.core.policy import Action
from registry.people.fields import FIELDS
from registry.roster import clauses
from registry.roster.clauses import Clause, Scene

UNKNOWN = "unknown"
OLDEST = 150


@dataclass(frozen=True)
class Chosen:
    """One criterion as it was chosen: values of the address, and the bounds of a period or of ages."""

    key: str
    values: tuple[str, ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Criterion:
    """`find` makes the clause of what was chosen; `know` turns a value of the address into a database's.

    `bounds` is the kind of input for a first and a last value: number, date, or none; `rights` are those
    that single choices need beside `see`.
    """

    key: str
    label: str
    see: Action
    find: Callable[[Chosen, Sequence[Any], Scene], Clause]
    choices: tuple[tuple[str, str], ...] = ()
    bounds: str = ""
    reads: str = "{label}是{values}"
    know: Mapping[str, Any] = field(default_factory=dict)
    rights: Mapping[str, Action] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the address that belong to it."""
        return (self.key, f"{self.key}_from", f"{self.key}_to") if self.bounds else (self.key,)

    def words(self, chosen: Chosen, names: Mapping[str, str]) -> str:
        """What was chosen as a clerk reads it: 地区是中国香港或中国澳门."""
        values = "或".join(names.get(value, value) for value in chosen.values)
        text = self.reads.format(label=self.label, values=values) if chosen.values else self.label
        return f"{text}{_span(chosen, self.bounds)}"

    def needs(self, chosen: Chosen) -> set[Action]:
        """The rights without which nobody may find by it."""
        return {self.see, *(self.rights[value] for value in chosen.values if value in self.rights)}

    def clause(self, chosen: Chosen, known: Mapping[str, Any], scene: Scene) -> Clause:
        """What was chosen, asked of a row; `known` are the ids of what has ids."""
        values = {**known, **self.know}
        return self.find(chosen, [values.get(value, value) for value in chosen.values], scene)


def _span(chosen: Chosen, kind: str) -> str:
    if not (chosen.first or chosen.last):
        return ""
    if kind == "number":
        return f"（是否{_years(chosen)}）" if chosen.values else _years(chosen)
    period = f"{chosen.first or '最早'} 至 {chosen.last or '今'}"
    return f"（{period}）" if chosen.values else f"在 {period} 之间"


def _years(chosen: Chosen) -> str:
    if chosen.first and chosen.last:
        return f" {chosen.first} 至 {chosen.last} 岁"
    return f" {chosen.first} 岁以上" if chosen.first else f"不超过 {chosen.last} 岁"


def _coded(key: str) -> Criterion:
    """A coded fact of the person, mirrored in the spells."""
    fact = FIELDS[key]
    choices = (*TABLES[key].choices(), (UNKNOWN, "未填"))
    return Criterion(key, fact.label, fact.see, partial(_find_coded, key), choices, know={UNKNOWN: None})


def _find_coded(column: str, _chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.coded(column, values, scene)


def _find_discipline(_chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.of_disciplines(values, scene)


def _find_lack(_chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.lacking(values, scene)


def _find_aged(chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    first, last = (int(bound) if bound else None for bound in (chosen.first, chosen.last))
    find = clauses.perhaps_aged if UNKNOWN in values else clauses.aged
    return find(first, last, scene)


def _find_joined(chosen: Chosen, _values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.began(_day(chosen.first), _day(chosen.last), scene)


def _find_expiring(_chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.running_out([int(value) for value in values], scene)


def _find_confirmed(_chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.confirmed(values, scene)


def _find_tag(_chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    return clauses.tagged([int(value) for value in values], scene)


def _find_office(chosen: Chosen, values: Sequence[Any], scene: Scene) -> Clause:
    """On the day, or on any day of the period."""
    if not (chosen.first or chosen.last):
        return clauses.holding(values, Period(scene.day, scene.day + timedelta(1)), scene)
    first, last = _day(chosen.first) or date.min, _day(chosen.last)
    return clauses.holding(values, Period(first, last and last + timedelta(1)), scene)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_LACKS = {
    "birth": Action.IDENTITY_SEE,
    "document": Action.DOCUMENT_SEE,
    "phone": Action.CONTACT_SEE,
    "email": Action.CONTACT_SEE,
    "employer": Action.WORK_SEE,
    "title": Action.WORK_SEE,
    "discipline": Action.WORK_SEE,
}
_LACK_WORDS = {
    "birth": "出生日期",
    "document": "登记证件",
    "phone": "电话",
    "email": "邮箱",
    "employer": "工作单位",
    "title": "职称",
    "discipline": "学科",
}
_MONTHS = tuple((f"{month:02}", f"{month}月") for month in range(1, 13))
_FLAG = (("yes", "是"), ("no", "否"), (UNKNOWN, "未知"))

CRITERIA = (
    _coded("region"),
    Criterion("category", "类别", Action.MEMBERSHIP_SEE, partial(_find_coded, "category_id")),
    Criterion("branch", "分支机构", Action.MEMBERSHIP_SEE, partial(_find_coded, "branch_id")),
    Criterion("office", "本会职务", Action.BODY_SEE, _find_office, bounds="date"),
    _coded("title_level"),
    Criterion(
        "disciplines",
        "学科",
        Action.WORK_SEE,
        _find_discipline,
        (*TABLES["discipline"].choices(), (UNKNOWN, "未填")),
        know={UNKNOWN: None},
    ),
    _coded("employer_kind"),
    Criterion(
        "grassroots",
        "基层一线",
        Action.WORK_SEE,
        partial(_find_coded, "grassroots"),
        _FLAG,
        know={"yes": True, "no": False, UNKNOWN: None},
    ),
    _coded("degree"),
    _coded("education"),
    _coded("sex"),
    _coded("ethnic"),
    _coded("political"),
    Criterion(
        "age", "年龄", Action.IDENTITY_SEE, _find_aged, ((UNKNOWN, "不详"),), "number", "{label}{values}"
    ),
    Criterion("birth_month", "出生月份", Action.IDENTITY_SEE, partial(_find_coded, "birth_month"), _MONTHS),
    Criterion("tag", "标签", Action.ROSTER_SEE, _find_tag),
    Criterion("joined", "入会", Action.MEMBERSHIP_SEE, _find_joined, bounds="date"),
    Criterion(
        "lack",
        "没有",
        Action.ROSTER_SEE,
        _find_lack,
        tuple(_LACK_WORDS.items()),
        reads="{label}{values}",
        rights=_LACKS,
    ),
    Criterion(
        "confirmed",
        "本人确认",
        Action.MEMBERSHIP_SEE,
        _find_confirmed,
        (("year", "一年以内"), ("longer", "一年以前"), ("never", "从未")),
        reads="{label}：{values}",
    ),
    Criterion(
        "expires",
        "证件到期",
        Action.DOCUMENT_SEE,
        _find_expiring,
        (("0", "已经到期"), *((days, f"{days} 天内") for days in ("30", "90", "180", "365"))),
        reads="{label}：{values}",
    ),
)
CRITERION = {criterion.key: criterion for criterion in CRITERIA}
KEYS = tuple(key for criterion in CRITERIA for key in criterion.keys)
"""Every key of the address that narrows, but the words searched for and the state."""


def permitted(may: Callable[[Action], bool]) -> dict[str, Criterion]:
    """The criteria, and of each the choices, by which a reader with these rights may find."""
    ask = lru_cache(maxsize=None)(may)
    return {row.key: _open(row, ask) for row in CRITERIA if ask(row.see)}


def _open(row: Criterion, may: Callable[[Action], bool]) -> Criterion:
    """Few criteria have choices with rights of their own."""
    if not row.rights:
        return row
    return replace(row, choices=tuple(one for one in row.choices if may(row.rights[one[0]])))
