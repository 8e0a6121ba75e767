"""Who wants to join in the demonstration: one of each track, each at another stage."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from registry.core.actor import Actor
from registry.demo.routine import acting
from registry.demo.stock import DAY
from registry.joining import services
from registry.joining.models import TRACKS, StepKind, Track
from registry.joining.services import Settle, Take, Typed
from registry.journal.services import seal
from registry.societies.models import Society

_WORDS = "凡从事计算科学研究、教学、应用的人员和单位都可以申请。秘书处在十个工作日内初审。"
_WHO = {
    Track.MAINLAND: {"name": "白露", "sex": "F", "birth": "1991-09", "employer": "北京云岭科技大学"},
    Track.HKMT: {
        "name": "周詠琪",
        "region": "HK",
        "sex": "F",
        "birth": "1987-04-12",
        "employer": "香江理工学院",
    },
    Track.FOREIGN: {
        "name": "Jonas Lind",
        "nationality": "SE",
        "sex": "M",
        "birth": "1979",
        "employer": "Norrland University",
    },
    Track.UNIT: {
        "name": "北京拾光算力有限公司",
        "kind": "enterprise",
        "contact": "何清",
        "phone": "16000000000",
    },
}
_STEPS: dict[Track, tuple[Take, ...]] = {
    Track.MAINLAND: (),
    Track.HKMT: (Take(StepKind.CHECKED),),
    Track.FOREIGN: (
        Take(StepKind.CHECKED),
        Take(StepKind.APPROVED, number="第九届常务理事会第七次会议"),
        Take(StepKind.FILED, number="京科协备〔2026〕41号"),
        Take(StepKind.NOTICED, until=DAY + timedelta(days=365)),
    ),
    Track.UNIT: (Take(StepKind.CHECKED), Take(StepKind.NOTICED, until=DAY - timedelta(days=2))),
}


def happen(session: Session, society: Society) -> None:
    """Joining is open, and four have applied."""
    with acting(session, "staff"):
        services.settle(session, society.id, Settle([str(track) for track in TRACKS], 0, _WORDS))
    for place, (track, facts) in enumerate(_WHO.items()):
        _apply(session, society, track, Typed(facts), DAY - timedelta(days=20 - place))


def _apply(session: Session, society: Society, track: Track, typed: Typed, day: date) -> None:
    before, session.info["actor"] = session.info["actor"], Actor(None, "申请人")
    row, _secret = services.begin(session, society, track, datetime.combine(day, time(9), UTC))
    services.submit(session, row, typed, day)
    seal(session)
    session.info["actor"] = before
    for step in _STEPS[track]:
        with acting(session, "staff"):
            services.take(session, [row], step, day + timedelta(days=3))
