"""The meetings that a council holds whatever happens: itself every year, its 常务理事会 every half."""

from __future__ import annotations

from datetime import date, timedelta

from registry.bodies.models import BodyKind
from registry.demo.clerk import Clerk, Sitting
from registry.demo.stock import day_between
from registry.journal.services import seal

_YEARLY = "审议通过年度工作报告、财务报告和下一年度工作计划。"
_HALF_YEARLY = ("听取秘书处工作汇报，审议会员发展情况。", "审议分支机构年度考核结果和学术活动安排。")


def happen(clerk: Clerk, sitting: Sitting) -> None:
    """All meetings of one term, the last before its end."""
    council, standing = sitting.terms[BodyKind.COUNCIL], sitting.terms[BodyKind.STANDING]
    for year in range(council.starts_on.year + 1, sitting.last.year + 1):
        for half, text in zip((3, 9), _HALF_YEARLY, strict=True):
            day = _saturday(clerk, year, half)
            name = f"第{standing.ordinal}届常务理事会{year}年{'上' if half < 6 else '下'}半年会议"
            if council.starts_on < day < sitting.last:
                clerk.decide(standing.body, name, day, text, len(sitting.standing))
        day = _saturday(clerk, year, 1)
        if council.starts_on < day < sitting.last:
            name = f"第{council.ordinal}届理事会{year}年度会议"
            clerk.decide(council.body, name, day, _YEARLY, len(sitting.council))
    seal(clerk.session)


def _saturday(clerk: Clerk, year: int, month: int) -> date:
    """One in the month or the next."""
    day = day_between(clerk.rng, date(year, month, 1), date(year, month, 28))
    return day + timedelta((5 - day.weekday()) % 7)
