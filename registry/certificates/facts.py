"""What a certificate may tell: of a membership or an office, always and by choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from registry.bodies.models import Tenure
from registry.memberships.models import Membership
from registry.people.facts import shown
from registry.people.models import Person
from registry.societies.models import Society

LABELS = {
    "society": "学会",
    "name": "姓名",
    "name_latin": "外文姓名",
    "birth_year": "出生年份",
    "employer": "工作单位",
    "title": "职称",
    "category": "会员类别",
    "number": "会员号",
    "since": "入会",
    "branch": "所属分支机构",
    "body": "机构",
    "post": "职务",
    "from": "任职",
    "to": "至",
}
ALWAYS = {"membership": ("society", "name"), "office": ("society", "name", "body", "post", "from", "to")}
CHOICES = {
    "membership": ("name_latin", "category", "number", "since", "branch", "birth_year", "employer", "title"),
    "office": ("name_latin", "number", "birth_year", "employer", "title"),
}
"""What the member may add, in the order of the certificate."""
_OF_PERSON = ("name_latin", "employer", "title")
ONGOING = "今"


def of_membership(society: Society, spell: Membership, first: date, day: date) -> dict[str, str]:
    """All that can be told of a membership; `first` is the day on which the person first joined."""
    branch = spell.branch.name_on(day) if spell.branch else ""
    told = {"category": spell.category.name, "number": spell.number, "since": str(first), "branch": branch}
    return _with_person(society, spell.person, told)


def of_office(society: Society, tenure: Tenure, number: str) -> dict[str, str]:
    """All that can be told of an office."""
    body = tenure.term.body
    told = {
        "body": f"{body.name.removeprefix(society.name)}{tenure.term.name}",
        "post": tenure.post.name,
        "from": str(tenure.starts_on),
        "to": str(tenure.ends_on) if tenure.ends_on else ONGOING,
        "number": number,
    }
    return _with_person(society, tenure.person, told)


def _with_person(society: Society, person: Person | None, told: Mapping[str, str]) -> dict[str, str]:
    assert person is not None  # noqa: S101 - units have no certificates
    own = {key: shown(key, getattr(person, key)) for key in _OF_PERSON}
    year = str(person.birth)[:4] if person.birth else ""
    return {"society": society.name, "name": person.name, "birth_year": year, **own, **told}


def chosen(kind: str, facts: Mapping[str, str], keys: Iterable[str]) -> dict[str, str]:
    """What stands on the certificate, in its order; a fact that is unknown is left out."""
    wanted = {*ALWAYS[kind], *keys}
    order = (*ALWAYS[kind], *CHOICES[kind])
    return {key: facts[key] for key in order if key in wanted and facts.get(key)}
