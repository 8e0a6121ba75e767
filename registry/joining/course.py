"""Where an application stands, and what comes next: from its steps and its track."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from registry.joining.models import Application, StepKind, Track


class Stage(StrEnum):
    """In the order of the staff's work."""

    RECEIVED = "received"
    APPROVAL = "approval"
    FILING = "filing"
    NOTICE = "notice"
    NOTICED = "noticed"
    READY = "ready"
    BACK = "back"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    DRAFT = "draft"


STAGES = {
    Stage.RECEIVED: "待初审",
    Stage.APPROVAL: "待理事会审议",
    Stage.FILING: "待备案",
    Stage.NOTICE: "待公示",
    Stage.NOTICED: "公示中",
    Stage.READY: "待决定",
    Stage.BACK: "待申请人补充",
    Stage.ACCEPTED: "已入会",
    Stage.CLOSED: "已办结",
    Stage.DRAFT: "填写中",
}
BEYOND_MAINLAND = frozenset({Track.HKMT, Track.FOREIGN})
"""Admitted with the approval of the council and a filing with the 业务主管单位 (章程示范文本)."""
_NEXT = {
    StepKind.SUBMITTED: Stage.RECEIVED,
    StepKind.ASKED_BACK: Stage.BACK,
    StepKind.APPROVED: Stage.FILING,
    StepKind.FILED: Stage.NOTICE,
    StepKind.ACCEPTED: Stage.ACCEPTED,
    StepKind.REFUSED: Stage.CLOSED,
    StepKind.WITHDRAWN: Stage.CLOSED,
}


def stage(row: Application, day: date) -> Stage:
    """What is to be done on the day."""
    if row.stands is None:
        return Stage.DRAFT
    if row.stands == StepKind.CHECKED:
        return Stage.APPROVAL if row.track in BEYOND_MAINLAND else Stage.NOTICE
    if row.stands == StepKind.NOTICED:
        notice = row.last(StepKind.NOTICED)
        return Stage.NOTICED if notice and notice.until and notice.until >= day else Stage.READY
    return _NEXT[StepKind(row.stands)]
