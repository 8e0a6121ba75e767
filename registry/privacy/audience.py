"""Who can see what of one person: asked of the table of rights, account by account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.core.policy import Action, Grant, Role, may
from registry.core.subjects import Subject
from registry.people.fields import SECTIONS


@dataclass(frozen=True)
class Group:
    """Facts that the same right opens; `facts` are their labels."""

    key: str
    title: str
    facts: tuple[str, ...]
    action: Action


@dataclass(frozen=True)
class Office:
    """A role as far as it reaches: the branch it is of, if any, and how many accounts hold it."""

    role: Role
    branch_id: int | None
    accounts: int


@dataclass(frozen=True)
class Seen:
    """Groups that the same offices see, with those offices; the reader's own account is left out."""

    groups: Sequence[Group]
    offices: Sequence[Office]


_OWN_PLACES = {Role.BRANCH_STAFF}
_ORDER = (Role.STAFF, Role.BRANCH_STAFF, Role.AUDITOR, Role.SUPERVISOR, Role.ADMIN, Role.MEMBER)


def _of_sections() -> Iterator[Group]:
    for section in SECTIONS:
        for action in dict.fromkeys(field.see for field in section.fields):
            labels = tuple(field.label for field in section.fields if field.see is action)
            yield Group(section.key, section.label, labels, action)


GROUPS = (
    *_of_sections(),
    Group("documents", "身份证件", ("种类", "末四位"), Action.DOCUMENT_SEE),
    Group("numbers", "证件完整号码", ("须写明原因，本人可以看到",), Action.DOCUMENT_REVEAL),
    Group("membership", "会籍", ("会员号", "类别", "入会、退会日期"), Action.MEMBERSHIP_SEE),
    Group("offices", "任职", ("机构", "职务", "任期"), Action.BODY_SEE),
    Group("integrity", "诚信记录", ("内容", "期限"), Action.INTEGRITY_SEE),
    Group("proposals", "更正申请", ("要改什么", "理由和材料"), Action.PROPOSAL_SEE),
    Group("journal", "改动记录", ("什么时候、谁改了哪一项",), Action.JOURNAL_SEE),
    Group("files", "导出和打印", ("能看到的各项",), Action.ROSTER_EXPORT),
)
"""Everything that the register holds of a person, by what it takes to see it."""


def audience(grants: Mapping[int, Sequence[Grant]], place: Subject) -> list[Seen]:
    """For the groups those accounts of which a grant reaches the place, counted by office."""
    found: dict[tuple[Office, ...], list[Group]] = {}
    for group in GROUPS:
        found.setdefault(tuple(_offices(grants, group.action, place)), []).append(group)
    return [Seen(groups, offices) for offices, groups in found.items()]


def _offices(grants: Mapping[int, Sequence[Grant]], action: Action, place: Subject) -> list[Office]:
    found = Counter(office for held in grants.values() for office in _reaching(held, action, place))
    listed = [Office(role, branch_id, many) for (role, branch_id), many in found.items()]
    return sorted(listed, key=lambda office: (_ORDER.index(office.role), office.branch_id or 0))


def _reaching(held: Sequence[Grant], action: Action, place: Subject) -> set[tuple[Role, int | None]]:
    """An account counts once for each office that it holds."""
    return {
        (grant.role, grant.branch_id if grant.role in _OWN_PLACES else None)
        for grant in held
        if grant.role is not Role.MEMBER and may([grant], action, place)
    }
