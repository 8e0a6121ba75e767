"""What a society has to see to on a day, each with the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.orm import Session

from registry.composition import standing
from registry.composition.standing import Running
from registry.core.policy import Action, within
from registry.findings import shown as findings
from registry.joining import queries as applications
from registry.memberships import counting
from registry.memberships.models import Membership
from registry.merging import queries as merging
from registry.overview import queries
from registry.privacy import requests as erasures
from registry.proposals import queries as proposals
from registry.societies.models import Branch, Society
from registry.web import current
from registry.web.filters import day_zh, link
from registry.web.languages import said

_NAMED = 3


@dataclass(frozen=True)
class Matter:
    """Something to see to, in a sentence, and where; `grave` = a time limit has passed."""

    words: str
    href: str
    grave: bool = False


def of_society(
    session: Session,
    society: Society,
    day: date,
    terms: Sequence[Running],
    branches: Sequence[Branch],
    heads: Mapping[int, object],
    without_birth: int,
) -> list[Matter]:
    """All that the reader may see; first what has passed its time."""
    matters = [*of_waiting(session, society), *of_findings(society, day)]
    matters += of_members(session, society, day, without_birth)
    if current.allowed(Action.BODY_SEE, society):
        matters += of_bodies(session, society, day, terms)
        matters += of_branches(society, branches, heads)
    return sorted(matters, key=lambda matter: not matter.grave)


def of_branch(
    society: Society, branch: Branch, heads: Mapping[int, object], without_birth: int
) -> list[Matter]:
    """What one branch has to see to."""
    matters = []
    if branch.id not in heads:
        page = link("branches.page", slug=society.slug, code=branch.code)
        matters.append(Matter(_("这个分支机构没有负责人"), page))
    if without_birth:
        words = _("%(n)s 名会员没有出生日期", n=without_birth)
        page = link("roster.index", slug=society.slug, branch=branch.code, lack="birth")
        matters.append(Matter(words, page))
    return matters


def of_members(session: Session, society: Society, day: date, without_birth: int) -> Iterator[Matter]:
    """Twins and missing facts; of documents only for those who see them in the whole society."""
    yield from of_twins(session, society)
    if without_birth:
        words = _("%(n)s 名会员没有出生日期", n=without_birth)
        yield Matter(words, link("roster.index", slug=society.slug, lack="birth"))
    if not current.allowed(Action.DOCUMENT_SEE, society):
        return
    allowed = within(current.grants(), Action.DOCUMENT_SEE, Membership)
    if many := counting.without_document(session, allowed, society.id, day):
        words = _("%(n)s 名会员没有登记证件", n=many)
        yield Matter(words, link("roster.index", slug=society.slug, lack="document"))


def of_waiting(session: Session, society: Society) -> Iterator[Matter]:
    """What people asked for and wait for: to join, to be erased, to have a fact corrected."""
    many = queries.counted(session, _waiting(society))
    if applied := many.get("applied"):
        yield Matter(_("%(n)s 份入会申请在办", n=applied), link("joining.index", slug=society.slug))
    if erase := many.get("erase"):
        yield Matter(_("%(n)s 人申请删除资料", n=erase), link("erasures.index", slug=society.slug))
    if proposed := many.get("proposed"):
        yield Matter(_("%(n)s 份更正申请等待审核", n=proposed), link("proposals.index", slug=society.slug))


def _waiting(society: Society) -> Iterator[tuple[str, Select[int]]]:
    """Only what the reader may see."""
    if current.allowed(Action.APPLICATION_SEE, society):
        yield "applied", applications.to_do(society.id)
    if current.allowed(Action.ERASURE_SEE, society):
        yield "erase", erasures.waiting(society.id)
    judged = proposals.judgeable_by(current.grants(), society.id)
    if judged is not None:
        yield "proposed", proposals.many(judged)


def of_findings(society: Society, day: date) -> Iterator[Matter]:
    """What supervisors wait for."""
    if not current.allowed(Action.FINDING_ANSWER, society):
        return
    many, until = findings.to_answer(findings.of_society(society))
    words = _("%(n)s 项整改要答复", n=many)
    if until:
        left = (until - day).days
        past = _("过了 %(n)s 天", n=-left) if left < 0 else _("还有 %(n)s 天", n=left)
        words += _("，最近的期限是 %(day)s，%(left)s", day=said(day_zh(until)), left=past)
    if many:
        late = until is not None and until < day
        yield Matter(words, link("findings.index", slug=society.slug), grave=late)


def of_twins(session: Session, society: Society) -> Iterator[Matter]:
    """Entries that may be of one person, for those who can settle it."""
    if current.allowed(Action.TWIN_SEE, society) and (many := merging.some(session, society.id)):
        yield Matter(_("%(n)s 对人员疑似重复", n=many), link("merging.index", slug=society.slug))


def of_bodies(session: Session, society: Society, day: date, terms: Sequence[Running]) -> Iterator[Matter]:
    """Terms past their end, people who hold office past theirs, and empty seats."""
    holders = standing.holders(session, [society.id], day)
    vacant = standing.vacancies(standing.seats(session, [society.id], day), holders)
    for term in terms:
        over = standing.holding_over(holders, term.body_id, day)
        if term.overdue or over:
            yield Matter(_overdue(term, over), _page(society, term.body_id), grave=True)
        if term.body_id in vacant:
            posts = _counted(vacant[term.body_id])
            words = _("%(body)s空缺：%(posts)s", body=term.body, posts=posts)
            yield Matter(words, _page(society, term.body_id))


def _overdue(term: Running, over: int) -> str:
    people: str = _("%(n)s 人超期在任", n=over)
    if not term.overdue:
        return f"{term.body}：{people}"
    late: str = _(
        "%(body)s%(term)s届满 %(n)s 天，尚未换届", body=term.body, term=term.name, n=-term.days_left
    )
    return f"{late}，{people}" if over else late


def _counted(posts: Mapping[str, int]) -> str:
    return "、".join(_("%(post)s %(n)s 席", post=post, n=many) for post, many in posts.items())


def _page(society: Society, body_id: int) -> str:
    return link("bodies.page", slug=society.slug, body_id=body_id)


def of_branches(
    society: Society, branches: Sequence[Branch], heads: Mapping[int, object]
) -> Iterator[Matter]:
    """Branches that nobody heads."""
    headless = [branch.name for branch in branches if branch.id not in heads]
    if headless:
        more = _("等") if len(headless) > _NAMED else ""
        names = "、".join(headless[:_NAMED]) + more
        words = _("%(n)s 个分支机构没有负责人：%(names)s", n=len(headless), names=names)
        yield Matter(words, link("branches.index", slug=society.slug))
