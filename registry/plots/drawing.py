"""Plots drawn by pygal as SVG that holds nothing but shapes and words: the style sheet does the rest.

Widths and heights are in the pixels of a letter of 12: a plot is shown at about its own size.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

import pygal
from markupsafe import Markup
from pygal.style import Style

from registry.web.languages import said, speaks

# pygal leaves a finder of plug-ins behind, in a form that Python warns of at every later import.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

WIDTH = 340
ROW = 24
LABEL = 11
"""Characters of a label before it is cut; the table beside the plot has it whole."""

_MYRIAD = 10_000
# pygal reckons 0.6 of the size for a letter; a Chinese one is as wide as it is high.
_LETTERS = Style(label_font_size=20, major_label_font_size=20, value_font_size=12)
_FIGURES = Style(label_font_size=12, major_label_font_size=12, value_font_size=12)
_DROPPED = {"style", "script", "desc", "title", "defs"}
_IDLE = {"background", "tooltip-overlay", "titles", "line"}
_TRICKS = {"reactive", "tooltip-trigger"}
_COMMON = {
    "width": WIDTH,
    "css": (),
    "js": (),
    "disable_xml_declaration": True,
    "show_legend": False,
    "print_values": True,
    "print_values_position": "top",
    "print_zeroes": False,
    "spacing": 6,
    "no_data_text": "",
    "truncate_label": 12,
}

Values = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Series:
    """Numbers under a name that the style sheet knows; `words` stand at them instead of the numbers."""

    name: str
    numbers: Sequence[int]
    words: Sequence[str] = ()


def columns(rows: Values) -> Markup:
    """A column for each (label, number)."""
    most = max([number for _label, number in rows], default=0)
    chart = pygal.Bar(
        height=190, range=(0, max(most, 1) * 1.12), show_y_labels=False, margin=4, style=_FIGURES, **_COMMON
    )
    chart.x_labels = [said(label) for label, _number in rows]
    _add(chart, [Series("members", [number for _label, number in rows])])
    return _drawn(chart, "members")


def up_and_down(labels: Sequence[str], series: Sequence[Series], sides: tuple[str, str]) -> Markup:
    """Stacked columns, of which negative numbers hang down; `sides` names above and below."""
    chart = pygal.StackedBar(height=200, margin=4, margin_top=16, margin_left=14, style=_FIGURES, **_COMMON)
    chart.x_labels = [said(label) for label in labels]
    chart.y_labels = _middles(sides, [one.numbers for one in series])
    _add(chart, series)
    return _drawn(chart, *(one.name for one in series))


def _middles(sides: tuple[str, str], series: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """Where the words for above and below stand: half-way to the tallest column of their side."""
    stacks = list(zip(*series, strict=True))
    tall = max([sum(n for n in stack if n > 0) for stack in stacks], default=0)
    deep = min([sum(n for n in stack if n < 0) for stack in stacks], default=0)
    return [
        {"label": said(word), "value": far / 2} for word, far in zip(sides, (tall, deep), strict=True) if far
    ]


def bars(rows: Sequence[tuple[str, float, str]], whole: int = 0) -> Markup:
    """A bar for each (label, number, words at its end), as long as its share of the longest or of `whole`."""
    most = whole or max([number for _label, number, _words in rows], default=0)
    widest = max([_width(words) for _label, _number, words in rows], default=0)
    labels = max([_width(_cut(label)) for label, _number, _words in rows], default=0)
    room = WIDTH - labels - 24
    chart = pygal.HorizontalBar(
        height=ROW * max(len(rows), 1) + 8,
        range=(0, (most or 1) * room / max(room - widest - 10, 1)),
        show_x_labels=False,
        margin=4,
        style=_LETTERS,
        **_COMMON,
    )
    chart.x_labels = [_cut(label) for label, _number, _words in reversed(rows)]
    chart.add("many", [{"value": n, "formatter": _saying(words)} for _label, n, words in reversed(rows)])
    return _drawn(chart, "many")


def twins(rows: Sequence[tuple[str, Sequence[tuple[float, str]]]]) -> Markup:
    """Of each (label, (share, words at its end)…) a bar, and below it a paler one of another group."""
    groups = max([len(pairs) for _label, pairs in rows], default=1)
    most = max([share for _label, pairs in rows for share, _words in pairs], default=0)
    widest = max([_width(words) for _label, pairs in rows for _share, words in pairs], default=0)
    labels = max([_width(_cut(label)) for label, _pairs in rows], default=0)
    room = WIDTH - labels - 24
    chart = pygal.HorizontalBar(
        height=(ROW + 14 * (groups - 1)) * max(len(rows), 1) + 8,
        range=(0, (most or 1) * room / max(room - widest - 10, 1)),
        show_x_labels=False,
        margin=4,
        style=_LETTERS,
        **_COMMON,
    )
    chart.x_labels = [_cut(label) for label, _pairs in reversed(rows)]
    names = ["many", "left"][:groups]
    for index in range(groups):
        values = [pairs[index] for _label, pairs in reversed(rows)]
        chart.add(str(index), [{"value": share, "formatter": _saying(words)} for share, words in values])
    return _drawn(chart, *names)


def pyramid(labels: Sequence[str], left: Series, right: Series) -> Markup:
    """Two series back to back, the first label at the bottom."""
    most = max([*left.numbers, *right.numbers, 1]) * 1.3
    chart = pygal.HorizontalStackedBar(
        height=ROW * len(labels) + 8,
        range=(-most, most),
        show_x_labels=False,
        margin=4,
        style=_LETTERS,
        **_COMMON,
    )
    chart.x_labels = [said(label) for label in labels]
    _add(chart, (replace(left, numbers=[-number for number in left.numbers]), right))
    return _drawn(chart, left.name, right.name)


def brief(number: float) -> str:
    """A number that fits over a column, without its sign: 9876, 1.2万, 23万."""
    many = abs(int(number))
    if many < _MYRIAD:
        return str(many)
    if speaks() == "en":
        return f"{many / 1000:.0f}k"
    return f"{many / _MYRIAD:.0f}万" if many >= 10 * _MYRIAD else f"{many / _MYRIAD:.1f}万"


def _add(chart: Any, series: Iterable[Series]) -> None:
    for one in series:
        words = one.words or [brief(number) for number in one.numbers]
        pairs = zip(one.numbers, words, strict=True)
        chart.add(one.name, [{"value": number, "formatter": _saying(said)} for number, said in pairs])


def _saying(words: str) -> Any:
    return lambda _number: words


def _cut(label: str) -> str:
    words = said(label)
    room = 2 * LABEL if words.isascii() else LABEL
    return words if len(words) <= room + 1 else f"{words[:room]}…"


def _width(words: str) -> float:
    """Of a text of 12, about."""
    return sum(12 if ord(letter) > 0x2E80 else 7 for letter in words)  # noqa: PLR2004


def _drawn(chart: Any, *names: str) -> Markup:
    chart.add_xml_filter(lambda root: _bare(root, names))
    return Markup(chart.render(is_unicode=True))  # noqa: S704  # pygal escapes what it is given


def _bare(root: Element, names: Sequence[str]) -> Element:
    """Without styles, scripts, tooltips and names of its own, which the page's security policy refuses."""
    for parent in list(root.iter()):
        for child in list(parent):
            if _idle(child):
                parent.remove(child)
    for node in root.iter():
        _shorten(node, names)
    root.attrib.pop("id", None)
    root.attrib["aria-hidden"] = "true"
    return root


def _idle(node: Any) -> bool:
    """The tag of a comment is a function."""
    if not isinstance(node.tag, str) or node.tag in _DROPPED or _flat(node):
        return True
    return bool(_IDLE.intersection(node.get("class", "").split()))


def _flat(node: Any) -> bool:
    return node.tag == "rect" and not (float(node.get("width") or 0) and float(node.get("height") or 0))


def _shorten(node: Element, names: Sequence[str]) -> None:
    """A tenth of a pixel is exact enough, and half as long to send; series go by their names."""
    for key in ("style", "rx", "ry", "text-anchor"):
        node.attrib.pop(key, None)
    for key in ("x", "y", "width", "height"):
        if key in node.attrib:
            node.attrib[key] = f"{float(node.attrib[key]):.1f}".removesuffix(".0")
    words = node.attrib.pop("class", "").split()
    kept = [_named(word, names) for word in words if word not in _TRICKS and not word.startswith("color-")]
    if kept:
        node.attrib["class"] = " ".join(kept)


def _named(word: str, names: Sequence[str]) -> str:
    """`serie-1` → the name of the second."""
    return names[int(word.removeprefix("serie-"))] if word.startswith("serie-") else word
