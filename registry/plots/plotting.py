"""From counts to plots: each a picture, a sentence that says it, and its numbers as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from registry.core.ages import UNKNOWN
from registry.plots import drawing
from registry.plots.drawing import Series
from registry.web.agreeing import agreed

TOP = 12
"""So many bars are drawn of long lists; the others stand together in one."""


@dataclass(frozen=True)
class Row:
    """A line of the table beside a plot; `href` = where those it counts are listed."""

    label: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Plot:
    """`said` tells in a sentence what the picture shows, with how many it rests on."""

    key: str
    title: str
    said: str
    picture: Markup
    head: tuple[str, ...]
    rows: Sequence[Row]
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One bar: what, how many, and where they are listed."""

    label: str
    many: int
    href: str = ""


@dataclass(frozen=True)
class Side:
    """One of two groups that are compared: its name, its counts, of how many they are known."""

    name: str
    counts: Counter[str]
    known: int
    people: int


def number(many: int) -> str:
    """1,234."""
    return f"{many:,}"


def percent(many: int, of: int) -> str:
    """A share in whole hundredths, of which none is said to be all or nothing that is not."""
    if not of:
        return ""
    share = 100 * many / of
    if 0 < share < 1:
        return "<1%"
    return ">99%" if 99 < share < 100 else f"{share:.0f}%"  # noqa: PLR2004


def of_parts(
    key: str,
    title: str,
    parts: Sequence[Part],
    unknown: int = 0,
    *,
    lost: str = "",
    known: int | None = None,
    note: str = "",
) -> Plot:
    """Bars with their shares of the known; of whom it is unknown stands last, without a share.

    `lost`: where those are listed; `known`: people, where one may be counted in several parts.
    """
    of = sum(part.many for part in parts) if known is None else known
    shares = [(part, percent(part.many, of)) for part in parts]
    drawn = [(part.label, part.many, f"{number(part.many)}\u2002{share}") for part, share in shares]
    rows = [Row(part.label, (number(part.many), share), part.href) for part, share in shares]
    if unknown:
        drawn.append((UNKNOWN, unknown, number(unknown)))
        rows.append(Row(UNKNOWN, (number(unknown), ""), lost))
    head = (title, _("人数"), _("占已知"))
    return Plot(key, title, _basis(of, unknown), drawing.bars(drawn), head, rows, note)


def of_two(
    key: str, title: str, order: Sequence[str], now: Side, before: Side | None, note: str = ""
) -> Plot:
    """Shares of two groups beside each other; beyond `TOP` words the rest stands only in the table."""
    rows = [_of_word(word, now, before) for word in order]
    sides = [now, before] if before else [now]
    head = (title, *(cell for side in sides for cell in (side.name, _("占已知"))))
    for_all = [Row(UNKNOWN, tuple(cell for side in sides for cell in (number(side.people - side.known), "")))]
    drawn = [
        (word, tuple((side.counts[word] / (side.known or 1), _words_at(word, side)) for side in sides))
        for word in order[:TOP]
    ]
    said = "；".join(f"{side.name} {_basis(side.known, side.people - side.known)}" for side in sides)
    unknown = any(side.known < side.people for side in sides)
    return Plot(key, title, said, drawing.twins(drawn), head, [*rows, *(for_all if unknown else [])], note)


def _of_word(word: str, *sides: Side | None) -> Row:
    cells = [
        (number(side.counts[word]), percent(side.counts[word], side.known))
        for side in sides
        if side is not None
    ]
    return Row(word, tuple(cell for pair in cells for cell in pair))


def _words_at(word: str, side: Side) -> str:
    return f"{number(side.counts[word])}\u2002{percent(side.counts[word], side.known)}"


def _basis(known: int, unknown: int) -> str:
    if not unknown:
        return str(_("共 %(n)s 人", n=number(known)))
    return str(_("已知 %(n)s 人，不详 %(m)s 人", n=number(known), m=number(unknown)))


def largest(parts: Iterable[Part], others: str) -> list[Part]:
    """The largest first; beyond `TOP` all in one, whose label is `others` with their number."""
    ranked = sorted(parts, key=lambda part: -part.many)
    if len(ranked) <= TOP + 1:
        return ranked
    rest = ranked[TOP:]
    return [*ranked[:TOP], Part(agreed(others % {"n": len(rest)}), sum(part.many for part in rest))]


def of_ages(by_sex: Mapping[str | None, Counter[str]], bands: Sequence[str], young: Collection[str]) -> Plot:
    """A pyramid of bands, men left and women right, those of unknown birth at its foot."""
    sexes = [by_sex.get(sex, Counter()) for sex in ("M", "F", None)]
    sums = sum(sexes, Counter())
    known, unsexed = sums.total() - sums[UNKNOWN], sexes[2].total()
    upwards = sorted(
        (band for band in bands if sums[band] or band != UNKNOWN), key=lambda band: band != UNKNOWN
    )
    men = _side("one", _("男"), [sexes[0][band] for band in upwards])
    women = _side("other", _("女"), [sexes[1][band] for band in upwards])
    picture = drawing.pyramid(upwards, men, women)
    said = _basis(known, sums[UNKNOWN])
    if known:
        share = percent(sum(sums[band] for band in young), known)
        said += _("；45 岁及以下占 %(share)s", share=share)
    rows = [_of_band(band, sexes, sums, known) for band in bands]
    note = _("另有 %(n)s 人性别不详，只在表里。", n=number(unsexed)) if unsexed else ""
    head = (_("周岁"), _("男"), _("女"), _("性别不详"), _("占已知"))
    return Plot("ages", _("年龄"), said, picture, head, rows, note)


def _side(name: str, sex: str, numbers: Sequence[int]) -> Series:
    """The topmost number says whose they all are."""
    words = [drawing.brief(number) for number in numbers]
    return Series(name, numbers, [*words[:-1], f"{sex} {words[-1]}" if numbers[-1] else sex])


def _of_band(band: str, sexes: Sequence[Counter[str]], sums: Counter[str], known: int) -> Row:
    share = "" if band == UNKNOWN else percent(sums[band], known)
    return Row(band, (*(number(ages[band]) for ages in sexes), share))
