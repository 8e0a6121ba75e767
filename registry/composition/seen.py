"""What those who sit in a body are, as plots beside the term before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from registry.composition.facts import Person
from registry.composition.rules.officers import older_than
from registry.composition.snapshot import Sitting, Snapshot
from registry.composition.standing import FEWEST
from registry.core.ages import LABELS as BANDS
from registry.core.ages import UNKNOWN, band
from registry.core.codetables import TABLES
from registry.core.numerals import han_number
from registry.core.regions import LABELS as REGIONS
from registry.plots.plotting import Plot, Side, of_two

YOUNG = 45
_SERVED = 4
"""From so many terms on they stand together."""

Words = Callable[[Person, Sitting], tuple[str, ...] | None]


@dataclass(frozen=True)
class Facet:
    """One question about everybody: the words of the answer, None where it is unknown.

    `order` = the words in their order, otherwise the most frequent first.
    """

    key: str
    title: str
    words: Words
    order: Sequence[str] = ()
    several: bool = False


@dataclass(frozen=True)
class Told:
    """The plots of a term; `people` and `before` = how many sit in it and sat in the one before."""

    people: int
    before: int | None
    plots: Sequence[Plot]
    withheld: bool = False


def told(snapshot: Snapshot, body_id: int, *, fully: bool) -> Told | None:
    """The composition of a body's term on the day; None where nobody sits in it."""
    sitting = snapshot.sittings.get(body_id)
    if sitting is None or not sitting.people:
        return None
    before = snapshot.previous(sitting)
    before = before if before and before.people else None
    if not fully and len(sitting.people) < FEWEST:
        return Told(len(sitting.people), None, (), withheld=True)
    if not fully and before and len(before.people) < FEWEST:
        before = None
    plots = [_plot(snapshot, facet, sitting, before) for facet in facets()]
    return Told(len(sitting.people), len(before.people) if before else None, plots)


def _plot(snapshot: Snapshot, facet: Facet, sitting: Sitting, before: Sitting | None) -> Plot:
    now = _side(snapshot, facet, sitting)
    past = _side(snapshot, facet, before) if before else None
    order = [word for word in facet.order if word in now.counts or (past and word in past.counts)]
    order = order or [word for word, _many in now.counts.most_common()]
    note = _("一人可有几个学科，各项之和可大于人数。") if facet.several else ""
    return of_two(facet.key, facet.title, order, now, past, note)


def _side(snapshot: Snapshot, facet: Facet, sitting: Sitting) -> Side:
    answers = [facet.words(snapshot.people[key], sitting) for key in sitting.people]
    known = [words for words in answers if words is not None]
    return Side(
        sitting.term.name, Counter(word for words in known for word in words), len(known), len(answers)
    )


def facets() -> list[Facet]:
    """The questions, in the order of the page; ages are those of the first day of the 届."""
    level, kind = TABLES["title_level"], TABLES["employer_kind"]
    return [
        Facet("ages", _("年龄"), _age, BANDS[:-1]),
        Facet("young", _("中青年"), _young, (_("%(n)s 岁及以下", n=YOUNG), _("其他"))),
        Facet("grassroots", _("基层一线"), _grassroots, (_("基层一线"), _("其他"))),
        Facet("sex", _("性别"), _coded("sex", "sex"), ("女", "男")),
        Facet("region", _("地区"), _region, list(REGIONS.values())),
        Facet(
            "employer_kind", _("单位类型"), _coded("employer_kind", "employer_kind"), _names(kind.choices())
        ),
        Facet("title_level", _("职称级别"), _coded("title_level", "title_level"), _names(level.choices())),
        Facet("disciplines", _("学科"), _disciplines, several=True),
        Facet("political", _("政治面貌"), _coded("political", "political")),
        Facet("employers", _("工作单位"), lambda person, _s: (person.employer,) if person.employer else None),
        Facet("served", _("任本机构的届数"), _served, [_terms(n) for n in range(1, _SERVED + 1)]),
    ]


def _names(choices: Sequence[tuple[str, str]]) -> list[str]:
    return [name for _code, name in choices]


def _coded(key: str, table: str) -> Words:
    """By the name of a code."""

    def words(person: Person, _sitting: Sitting) -> tuple[str, ...] | None:
        code = getattr(person, key)
        return (TABLES[table].name(code),) if code else None

    return words


def _age(person: Person, sitting: Sitting) -> tuple[str, ...] | None:
    label = band(person.birth, sitting.term.starts_on)
    return None if label == UNKNOWN else (label,)


def _young(person: Person, sitting: Sitting) -> tuple[str, ...] | None:
    old = older_than(person, YOUNG + 1, sitting.term.starts_on)
    return None if old is None else (_("其他") if old else _("%(n)s 岁及以下", n=YOUNG),)


def _grassroots(person: Person, _sitting: Sitting) -> tuple[str, ...] | None:
    return None if person.grassroots is None else (_("基层一线") if person.grassroots else _("其他"),)


def _region(person: Person, _sitting: Sitting) -> tuple[str, ...] | None:
    return (REGIONS[person.region],) if person.region in REGIONS else None  # type: ignore[index]


def _disciplines(person: Person, _sitting: Sitting) -> tuple[str, ...] | None:
    return tuple(TABLES["discipline"].name(code) for code in person.disciplines) or None


def _served(person: Person, sitting: Sitting) -> tuple[str, ...]:
    terms = [term for term in sitting.body.terms if term.ordinal <= sitting.term.ordinal]
    return (_terms(sum(any(row.person_id == person.id for row in term.holders) for term in terms)),)


def _terms(many: int) -> str:
    if many >= _SERVED:
        return str(_("%(n)s 届以上", n=han_number(_SERVED)))
    return str(_("%(n)s 届", n=han_number(many)))
