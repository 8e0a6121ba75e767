"""Of meetings: how often, whether enough came, whether enough voted for it."""

from __future__ import annotations

from datetime import date

from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Answer, Verdict, least_share, not_applicable, plain, undetermined


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


@rule("meets_often")
def meets_often(case: Case) -> Verdict:
    """Within so many months before the day the body met; nothing is asked of a term that is younger."""
    months = case.number("months")
    since, found = months_before(case.day, months), case.meetings()
    if case.snapshot.meetings is None or (not found and case.seat.term.starts_on <= since):
        return undetermined("本届没有登记过会议", "会议记录", mend="补登会议，即可判定")
    if not found:
        return not_applicable(f"本届开始不足 {months} 个月")
    last, recent = found[-1], [row for row in found if row.held_on > since]
    said = f"最近 {months} 个月开会 {len(recent)} 次，最近一次 {last.held_on}"
    return plain(bool(recent), said, "召开 1 次会议，或补登已开的会议", numerator=len(recent), denominator=1)


@rule("quorum")
def quorum(case: Case) -> Verdict:
    """Enough of those entitled came to every meeting of the term."""
    found = case.meetings()
    if case.snapshot.meetings is None:
        return undetermined("没有会议记录", "会议记录")
    if not found:
        return not_applicable("本届没有登记过会议")
    bound = case.share("least")
    known = [row for row in found if row.entitled and row.present is not None]
    short = [row for row in known if (row.present or 0) < least_share(row.entitled or 0, bound)]
    told = [f"{row.name}：应到 {row.entitled} 人，实到 {row.present} 人" for row in short]
    return _of_all(len(found), len(known), told, "会议", "应到、实到人数", "到会不足的会议所作决议重新表决")


@rule("votes")
def votes(case: Case) -> Verdict:
    """Enough of those present were for every decision of the term."""
    found = [(row, vote) for row in case.meetings() for vote in row.votes]
    if case.snapshot.meetings is None:
        return undetermined("没有会议记录", "会议记录")
    if not found:
        return not_applicable("本届没有登记过决议")
    bound = case.share("least")
    known = [(row, vote) for row, vote in found if vote.ayes is not None and vote.present]
    told = [
        f"{row.name}：到会 {vote.present} 人，赞成 {vote.ayes} 人"
        for row, vote in known
        if (vote.ayes or 0) < least_share(vote.present or 0, bound)
    ]
    return _of_all(len(found), len(known), told, "决议", "赞成票数", "票数不足的决议重新表决")


def _of_all(whole: int, known: int, short: list[str], what: str, lacking: str, mend: str) -> Verdict:
    """One that fell short decides; one of which it is unknown leaves it open."""
    said = f"本届{what} {whole} 次，不足的 {len(short)} 次，{lacking}不详的 {whole - known} 次"
    if short:
        return plain(False, said, mend, numerator=known - len(short), denominator=whole, things=tuple(short))
    if known < whole:
        return undetermined(said, lacking, mend=f"补登 {whole - known} 次{what}的{lacking}，即可判定")
    return Verdict(Answer.MET, said, known, whole)
