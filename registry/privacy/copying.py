"""All that is held of one person, in one document with keys that stay: for the person to take along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from registry.consents.queries import Standing
from registry.core.codetables import TABLES
from registry.journal.recording import plain
from registry.people.documents import masked
from registry.people.fields import SECTIONS, Field
from registry.people.history import Line
from registry.privacy.mine import Mine

FORMAT = "registry-personal-data/1"
KEYS = {
    "format": "本文件的格式和版本",
    "made_at": "取走的时间（UTC）",
    "society": "哪个学会的名册",
    "person": "您的资料；代码后面的 words 是它的意思，没有填的是 null",
    "remark": "秘书处给您的记录写的备注",
    "documents": "证件；号码加密保存，这里只有末四位",
    "memberships": "会籍，一段一项；ends_on 当天已不在会",
    "offices": "任职，一届一职一项",
    "represents": "您代表的单位会员",
    "tags": "学会给您加的标签",
    "further": "别处关于您的记录，按种类：更正申请、年度确认、证明、诚信记录、账号的角色等",
    "consents": "您同意或撤回过什么",
    "seen": "谁看过您的完整证件号码或地址，以及原因",
    "changes": "改动记录，最近的在前",
}
"""What each key of the document means."""


def document(view: Mine, beside: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The document; `beside` has what no sheet shows, by key."""
    person = view.person
    return {
        "format": FORMAT,
        "keys": KEYS,
        "made_at": at.isoformat(timespec="seconds"),
        "society": {"name": view.society.name, "credit_code": view.society.credit_code},
        "person": {field.key: _fact(view, field) for section in SECTIONS for field in section.fields},
        "remark": person.remark,
        "documents": [_document(row) for row in view.documents or ()],
        "memberships": [_spell(view, row) for row in view.spells],
        "offices": [_office(view, row) for row in view.tenures if row.voided_at is None],
        **beside,
        "consents": [event for standing in view.consents or () for event in _consents(standing)],
        "seen": [_line(line) for line in view.looks],
        "changes": [_line(line) for line in view.changes],
    }


def _fact(view: Mine, field: Field) -> Any:
    value = plain(getattr(view.person, field.key))
    if value in (None, "", []):
        return None
    return {"code": value, "words": view.shown(field.key)} if field.table in TABLES else value


def _document(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "country": row.country,
        "number": masked(row.last4),
        "valid_until": plain(row.valid_until),
    }


def _spell(view: Mine, row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "category": row.category.name,
        "branch": row.branch.name if row.branch else None,
        "starts_on": plain(row.starts_on),
        "ends_on": plain(row.ends_on),
        "state": view.state(row),
        "remark": row.remark,
    }


def _office(view: Mine, row: Any) -> dict[str, Any]:
    return {
        "body": row.term.body.name,
        "term": row.term.ordinal,
        "post": row.post.name,
        "starts_on": plain(row.starts_on),
        "ends_on": plain(row.ends_on),
        "state": view.tenure_state(row),
    }


def _consents(standing: Standing) -> Iterator[dict[str, Any]]:
    for row in standing.events:
        yield {
            "purpose": standing.purpose.title,
            "recipient": row.recipient.name if row.recipient else None,
            "given": row.given,
            "facts": list(row.facts) or None,
            "at": row.at.isoformat(timespec="seconds"),
            "wording": standing.purpose.wordings.get(row.wording, row.wording),
            "on_paper": row.evidence or None,
        }


def _line(line: Line) -> dict[str, Any]:
    changes = [
        {"fact": change.label, "before": change.before, "after": change.after}
        for part in line.parts
        for change in part.changes
        if not change.barred
    ]
    said = {
        "at": line.at.isoformat(timespec="seconds"),
        "by": line.actor,
        "deed": line.deed,
        "reason": line.reason,
    }
    return said | ({"changes": changes} if changes else {})
