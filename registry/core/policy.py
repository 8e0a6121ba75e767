"""Rights: the one table, the only place where a role is named, and the two questions asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from registry.core.periods import Period
from registry.core.subjects import Subject


class Role(StrEnum):
    """What a person is in the registry; held through a dated grant."""

    ADMIN = "admin"
    STAFF = "staff"
    BRANCH_STAFF = "branch_staff"
    MEMBER = "member"
    AUDITOR = "auditor"
    SUPERVISOR = "supervisor"


class Action(StrEnum):
    """Everything that can be done, as `subject:deed`, in alphabetical order."""

    ACCOUNT_ACTIVATE = "account:activate"
    ACCOUNT_KEEP = "account:keep"
    ACCOUNT_MANAGE = "account:manage"
    ACCOUNT_RECOVER = "account:recover"
    ACT_UNDO = "act:undo"
    ADDRESS_KEEP = "address:keep"
    ANNUAL_SEE = "annual:see"
    APPLICATION_JUDGE = "application:judge"
    APPLICATION_SEE = "application:see"
    ARRANGEMENT_EDIT = "arrangement:edit"
    AUDIT_EDIT = "audit:edit"
    AUDIT_SEE = "audit:see"
    BODY_EDIT = "body:edit"
    BODY_SEE = "body:see"
    BRANCH_EDIT = "branch:edit"
    BRANCH_SEE = "branch:see"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_REVOKE = "certificate:revoke"
    CERTIFICATE_VERIFY = "certificate:verify"
    CONFIRM = "confirmation:answer"
    CONFIRMATION_RUN = "confirmation:run"
    CONFIRM_OWN = "confirmation:give"
    CONSENT_EDIT = "consent:edit"
    CONSENT_GIVE = "consent:give"
    CONTACT_EDIT = "contact:edit"
    CONTACT_SEE = "contact:see"
    DIRECTORY_SEE = "directory:see"
    DISCIPLINE_EDIT = "discipline:edit"
    DOCUMENT_EDIT = "document:edit"
    DOCUMENT_REVEAL = "document:reveal"
    DOCUMENT_SEE = "document:see"
    EMPLOYER_EDIT = "employer:edit"
    ERASE = "erasure:carry-out"
    ERASURE_ASK = "erasure:ask"
    ERASURE_SEE = "erasure:see"
    EXPERTISE_EDIT = "expertise:edit"
    FIGURES_SEE = "figures:see"
    FINDING_ANSWER = "finding:answer"
    FINDING_JUDGE = "finding:judge"
    FINDING_RAISE = "finding:raise"
    FINDING_SEE = "finding:see"
    HOME_SEE = "home:see"
    IDENTITY_EDIT = "identity:edit"
    IDENTITY_SEE = "identity:see"
    IMPORT_RUN = "import:run"
    INSTALLATION_SEE = "installation:see"
    INTEGRITY_EDIT = "integrity:edit"
    INTEGRITY_SEE = "integrity:see"
    JOINING_EDIT = "joining:edit"
    JOIN_APPLY = "joining:apply"
    JOURNAL_SEE = "journal:see"
    LANGUAGE_CHOOSE = "language:choose"
    LAYOUT_EDIT = "layout:edit"
    MEETING_EDIT = "meeting:edit"
    MEETING_SEE = "meeting:see"
    MEMBERSHIP_EDIT = "membership:edit"
    MEMBERSHIP_SEE = "membership:see"
    PALETTE_SEE = "palette:see"
    PASSWORD_RESET = "password:reset"  # noqa: S105 - no password
    POLICY_SEE = "policy:see"
    PRIVACY_SEE = "privacy:see"
    PROFILE_SEE = "profile:see"
    PROPOSAL_JUDGE = "proposal:judge"
    PROPOSAL_MAKE = "proposal:make"
    PROPOSAL_SEE = "proposal:see"
    RECOMMENDATION_GIVE = "recommendation:give"
    ROSTER_BULK = "roster:bulk"
    ROSTER_EXPORT = "roster:export"
    ROSTER_SEE = "roster:see"
    SESSIONS_KEEP = "session:keep"
    SIGN_IN = "session:begin"
    SIGN_OUT = "session:end"
    SLATE_EDIT = "slate:edit"
    SLATE_SEE = "slate:see"
    SOCIETY_SEE = "society:see"
    SUPERVISION_SEE = "supervision:see"
    TAG_EDIT = "tag:edit"
    TAG_KEEP = "tag:keep"
    TWIN_MERGE = "twin:merge"
    TWIN_SEE = "twin:see"
    VIEW_SHARE = "view:share"
    WORK_EDIT = "work:edit"
    WORK_SEE = "work:see"


class Scope(StrEnum):
    """How far a grant reaches."""

    EVERYWHERE = "everywhere"
    SOCIETY = "society"
    BRANCH = "branch"
    OWN = "own"


ANYONE = frozenset(
    {
        Action.ACCOUNT_ACTIVATE,
        Action.ADDRESS_KEEP,
        Action.CERTIFICATE_VERIFY,
        Action.CONFIRM,
        Action.JOIN_APPLY,
        Action.LANGUAGE_CHOOSE,
        Action.PASSWORD_RESET,
        Action.SIGN_IN,
    }
)
SIGNED_IN = frozenset(
    {Action.HOME_SEE, Action.PALETTE_SEE, Action.POLICY_SEE, Action.SESSIONS_KEEP, Action.SIGN_OUT}
)

_ALL, _SOC, _BRA, _OWN = Scope.EVERYWHERE, Scope.SOCIETY, Scope.BRANCH, Scope.OWN
_A, _S, _B = Role.ADMIN, Role.STAFF, Role.BRANCH_STAFF
_M, _U, _V = Role.MEMBER, Role.AUDITOR, Role.SUPERVISOR

POLICY: Mapping[Action, Mapping[Role, Scope]] = {
    Action.ACCOUNT_KEEP: {_A: _ALL, _S: _SOC},
    Action.ACCOUNT_MANAGE: {_A: _ALL},
    Action.ACCOUNT_RECOVER: {_A: _ALL, _S: _SOC},
    Action.ACT_UNDO: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.ANNUAL_SEE: {_A: _ALL, _S: _SOC, _U: _SOC, _V: _SOC},
    Action.APPLICATION_JUDGE: {_A: _ALL, _S: _SOC},
    Action.APPLICATION_SEE: {_A: _ALL, _S: _SOC},
    Action.ARRANGEMENT_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA, _U: _SOC},
    Action.AUDIT_EDIT: {_A: _ALL, _S: _SOC},
    Action.AUDIT_SEE: {_A: _ALL, _S: _SOC, _U: _SOC, _V: _SOC},
    Action.BODY_EDIT: {_A: _ALL, _S: _SOC},
    Action.BODY_SEE: {_A: _ALL, _S: _SOC, _B: _SOC, _U: _SOC, _V: _SOC},
    Action.BRANCH_EDIT: {_A: _ALL, _S: _SOC},
    Action.BRANCH_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _U: _SOC, _V: _SOC},
    Action.CERTIFICATE_ISSUE: {_A: _ALL, _S: _SOC, _M: _OWN},
    Action.CERTIFICATE_REVOKE: {_A: _ALL, _S: _SOC},
    Action.CONFIRMATION_RUN: {_A: _ALL, _S: _SOC},
    Action.CONFIRM_OWN: {_M: _OWN},
    Action.CONSENT_EDIT: {_A: _ALL, _S: _SOC},
    Action.CONSENT_GIVE: {_M: _OWN},
    Action.CONTACT_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN},
    Action.CONTACT_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN},
    Action.DIRECTORY_SEE: {_A: _ALL, _S: _SOC, _M: _SOC},
    Action.DISCIPLINE_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN},
    Action.DOCUMENT_EDIT: {_A: _ALL, _S: _SOC},
    Action.DOCUMENT_REVEAL: {_A: _ALL, _S: _SOC},
    Action.DOCUMENT_SEE: {_A: _ALL, _S: _SOC, _M: _OWN},
    Action.EMPLOYER_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN},
    Action.ERASE: {_A: _ALL, _S: _SOC},
    Action.ERASURE_ASK: {_M: _OWN},
    Action.ERASURE_SEE: {_A: _ALL, _S: _SOC},
    Action.EXPERTISE_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.FIGURES_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _U: _SOC},
    Action.FINDING_ANSWER: {_A: _ALL, _S: _SOC},
    Action.FINDING_JUDGE: {_A: _ALL, _U: _SOC, _V: _SOC},
    Action.FINDING_RAISE: {_A: _ALL, _U: _SOC, _V: _SOC},
    Action.FINDING_SEE: {_A: _ALL, _S: _SOC, _U: _SOC, _V: _SOC},
    Action.IDENTITY_EDIT: {_A: _ALL, _S: _SOC},
    Action.IDENTITY_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN, _U: _SOC},
    Action.IMPORT_RUN: {_A: _ALL, _S: _SOC},
    Action.INSTALLATION_SEE: {_A: _ALL},
    Action.INTEGRITY_EDIT: {_A: _ALL, _S: _SOC},
    Action.INTEGRITY_SEE: {_A: _ALL, _S: _SOC, _M: _OWN, _U: _SOC},
    Action.JOINING_EDIT: {_A: _ALL, _S: _SOC},
    Action.JOURNAL_SEE: {_A: _ALL, _S: _SOC, _U: _SOC},
    Action.LAYOUT_EDIT: {_A: _ALL, _S: _SOC},
    Action.MEETING_EDIT: {_A: _ALL, _S: _SOC},
    Action.MEETING_SEE: {_A: _ALL, _S: _SOC, _B: _SOC, _U: _SOC, _V: _SOC},
    Action.MEMBERSHIP_EDIT: {_A: _ALL, _S: _SOC},
    Action.MEMBERSHIP_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN, _U: _SOC},
    Action.PRIVACY_SEE: {_M: _OWN},
    Action.PROFILE_SEE: {_M: _OWN},
    Action.PROPOSAL_JUDGE: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.PROPOSAL_MAKE: {_M: _OWN},
    Action.PROPOSAL_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN},
    Action.RECOMMENDATION_GIVE: {_M: _OWN},
    Action.ROSTER_BULK: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.ROSTER_EXPORT: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.ROSTER_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _U: _SOC},
    Action.SLATE_EDIT: {_A: _ALL, _S: _SOC},
    Action.SLATE_SEE: {_A: _ALL, _S: _SOC, _U: _SOC},
    Action.SOCIETY_SEE: {_A: _ALL, _S: _SOC, _B: _SOC, _M: _SOC, _U: _SOC, _V: _SOC},
    Action.SUPERVISION_SEE: {_A: _ALL, _V: _SOC},
    Action.TAG_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.TAG_KEEP: {_A: _ALL, _S: _SOC},
    Action.TWIN_MERGE: {_A: _ALL, _S: _SOC},
    Action.TWIN_SEE: {_A: _ALL, _S: _SOC},
    Action.VIEW_SHARE: {_A: _ALL, _S: _SOC},
    Action.WORK_EDIT: {_A: _ALL, _S: _SOC, _B: _BRA},
    Action.WORK_SEE: {_A: _ALL, _S: _SOC, _B: _BRA, _M: _OWN, _U: _SOC},
}

KEPT_BY_STAFF = frozenset({Role.BRANCH_STAFF, Role.MEMBER, Role.AUDITOR})
"""Roles that the office of a society may end; those beside and above it are an administrator's."""


@dataclass(frozen=True)
class Grant:
    """A role given to an account: for a society, a branch of it, or one person's own record."""

    role: Role
    society_id: int | None = None
    branch_id: int | None = None
    person_id: int | None = None
    period: Period = Period(date.min)


@dataclass(frozen=True)
class Span:
    """The condition under which one grant allows an action; None = any value."""

    society_id: int | None = None
    branch_id: int | None = None
    person_id: int | None = None

    def covers(self, subject: Subject | Span | Grant) -> bool:
        """Every named key is the subject's own."""
        return all(getattr(subject, key) == value for key, value in self.keys())

    def keys(self) -> list[tuple[str, int]]:
        """The named keys with their values."""
        return [(key, value) for key, value in vars(self).items() if value is not None]


def _span(grant: Grant, scope: Scope) -> Span | None:
    """A grant lacking the key its scope needs reaches nothing."""
    if scope is Scope.EVERYWHERE:
        return Span()
    if grant.society_id is None:
        return None
    if scope is Scope.SOCIETY:
        return Span(grant.society_id)
    if scope is Scope.BRANCH:
        return Span(grant.society_id, branch_id=grant.branch_id) if grant.branch_id else None
    return Span(grant.society_id, person_id=grant.person_id) if grant.person_id else None


def reach(grants: Iterable[Grant], action: Action) -> list[Span]:
    """Everything the grants allow for the action; empty = nothing."""
    scopes = POLICY[action]
    spans = (_span(grant, scopes[grant.role]) for grant in grants if grant.role in scopes)
    return [span for span in spans if span is not None]


def may(grants: Iterable[Grant], action: Action, subject: Subject | None = None) -> bool:
    """May this be done to the row; without a row, may it be done to any at all."""
    spans = reach(grants, action)
    return bool(spans) if subject is None else any(span.covers(subject) for span in spans)


def within(grants: Iterable[Grant], action: Action, table: Any) -> ColumnElement[bool]:
    """The same question for a list: a clause on `table`'s society_id, branch_id and person_id."""
    spans = reach(grants, action)
    if any(not span.keys() for span in spans):
        return true()
    clauses = [and_(*(getattr(table, key) == value for key, value in span.keys())) for span in spans]
    return or_(*clauses) if clauses else false()
