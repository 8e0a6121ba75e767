"""What a rule answers, and the four ways of weighing by which nothing unknown ever counts as met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Answer(StrEnum):
    """The four verdicts, worst first."""

    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"


ANSWERS = {
    Answer.NOT_MET: "不符合",
    Answer.UNDETERMINED: "不能判定",
    Answer.MET: "符合",
    Answer.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`said` is the arithmetic in a sentence; persons are named by id, in the order in which they sit.

    `missing` says what is not known, of whom (0 = of nobody in particular); `things` names what is no
    person; `notes` a fact behind a person's side; `mend` the least change after which the rule is met.
    """

    answer: Answer
    said: str
    numerator: int | None = None
    denominator: int | None = None
    against: tuple[int, ...] = ()
    favour: tuple[int, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    things: tuple[str, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    mend: str = ""


Sides = Mapping[int, bool | None]
"""Of each person: on the side of the rule, against it, or unknown."""


def not_applicable(why: str) -> Verdict:
    """There is nothing that the rule speaks of."""
    return Verdict(Answer.NOT_APPLICABLE, why)


def undetermined(said: str, *lacking: str, mend: str = "") -> Verdict:
    """What would decide is not on record."""
    return Verdict(Answer.UNDETERMINED, said, missing=tuple((0, word) for word in lacking), mend=mend)


def plain(
    met: bool,
    said: str,
    mend: str = "",
    *,
    numerator: int | None = None,
    denominator: int | None = None,
    against: tuple[int, ...] = (),
    things: tuple[str, ...] = (),
) -> Verdict:
    """Met or not, with nobody to weigh; who and what stand against it are named where it is not met."""
    if met:
        return Verdict(Answer.MET, said, numerator, denominator)
    return Verdict(Answer.NOT_MET, said, numerator, denominator, against, things=things, mend=mend)


def everyone(
    sides: Sides, said: str, lacking: str, mend: str, notes: Mapping[int, str] | None = None
) -> Verdict:
    """Met where all fit; one who does not decides, one of whom it is unknown leaves it open.

    `said` may name {good}, {bad}, {unknown} and {all}; `mend` {bad}.
    """
    good, bad, unknown = _sorted(sides)
    answer = Answer.NOT_MET if bad else Answer.UNDETERMINED if unknown else Answer.MET
    numbers = {"good": len(good), "bad": len(bad), "unknown": len(unknown), "all": len(sides)}
    return Verdict(
        answer,
        said.format(**numbers),
        len(good),
        len(sides),
        bad,
        good,
        tuple((key, lacking) for key in unknown),
        notes={key: notes[key] for key in bad if key in notes} if notes else {},
        mend=_mending(answer, mend.format(**numbers), lacking, len(unknown)),
    )


def at_most(sides: Sides, whole: int, bound: Fraction, said: str, lacking: str, mend: str) -> Verdict:
    """A share of the whole, which must not exceed the bound whatever the unknown turn out to be.

    Here True = counted by the share. `mend` may name {many}, how many are too many.
    """
    counted, others, unknown = _sorted(sides)
    most = floor(whole * bound)
    answer = _between(len(counted) <= most, len(counted) + len(unknown) <= most)
    return Verdict(
        answer,
        said.format(many=len(counted), whole=whole, most=most),
        len(counted),
        whole,
        counted if answer is Answer.NOT_MET else (),
        others,
        tuple((key, lacking) for key in unknown),
        mend=_mending(answer, mend.format(many=len(counted) - most), lacking, len(unknown)),
    )


def at_least(sides: Sides, least: int, said: str, lacking: str, mend: str) -> Verdict:
    """So many must fit; those of whom it is unknown do not count. `mend` may name {many}, how many lack."""
    good, others, unknown = _sorted(sides)
    answer = _between(len(good) + len(unknown) >= least, len(good) >= least)
    return Verdict(
        answer,
        said.format(many=len(good), all=len(sides), least=least),
        len(good),
        len(sides),
        (),
        good,
        tuple((key, lacking) for key in unknown) if answer is Answer.UNDETERMINED else (),
        mend=_mending(answer, mend.format(many=least - len(good), others=len(others)), lacking, len(unknown)),
    )


def rises(
    now: Sides, before: Sides, what: str, lacking: str, mend: Callable[[int], str] | None = None
) -> Verdict:
    """The share is higher than before, for every answer that the unknown may have.

    Persons of the term before are named among the missing with `lacking` as those of now are.
    """
    good, bad, unknown = _sorted(now)
    known, _others, dark = _sorted(before)
    low, high = Fraction(len(good), len(now)), Fraction(len(good) + len(unknown), len(now))
    past = Fraction(len(known), len(before)), Fraction(len(known) + len(dark), len(before))
    answer = _between(high > past[0], low > past[1])
    said = f"{what}：本届 {_share(len(good), len(now))}，上届 {_share(len(known), len(before))}"
    needed = floor(past[1] * len(now)) + 1 - len(good)
    words = mend(needed) if mend else f"再有 {needed} 席由{what}担任，占比就高于上届"
    open_ = (*unknown, *(key for key in dark if key not in now))
    missing = tuple((key, lacking) for key in open_) if answer is Answer.UNDETERMINED else ()
    return Verdict(
        answer,
        said,
        len(good),
        len(now),
        bad if answer is Answer.NOT_MET else (),
        good,
        missing,
        mend=_mending(answer, words, lacking, len(open_)),
    )


def within(number: int, low: int | None, high: int | None, *, odd: bool = False) -> tuple[bool, int]:
    """Whether the number lies within the bounds, and the nearest one that does."""
    best = max(number, low or 0)
    best = min(best, high) if high is not None else best
    if odd and best % 2 == 0:
        best += 1 if high is None or best < high else -1
    return best == number, best


def share_of(text: str) -> Fraction:
    """1/3, 0.2 or 20%."""
    text = str(text).strip()
    return Fraction(text.removesuffix("%").strip()) / 100 if text.endswith("%") else Fraction(text)


def least_share(whole: int, bound: Fraction) -> int:
    """The fewest that make up the share."""
    return ceil(whole * bound)


def _sorted(sides: Sides) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Those who fit, who do not, and of whom it is unknown."""
    good: list[int] = []
    bad: list[int] = []
    unknown: list[int] = []
    for key, side in sides.items():
        (unknown if side is None else good if side else bad).append(key)
    return tuple(good), tuple(bad), tuple(unknown)


def _between(possible: bool, certain: bool) -> Answer:
    """Met only where it is so for certain, not met where it cannot be."""
    if certain:
        return Answer.MET
    return Answer.UNDETERMINED if possible else Answer.NOT_MET


def _mending(answer: Answer, mend: str, lacking: str, unknown: int) -> str:
    if answer is Answer.UNDETERMINED:
        return f"补齐 {unknown} 人的{lacking}，即可判定"
    return mend if answer is Answer.NOT_MET else ""


def _share(many: int, whole: int) -> str:
    return f"{many}/{whole}（{100 * many / whole:.1f}%）"
