"""How complete the register is, as a plot."""

from __future__ import annotations

from flask_babel import gettext as _

from registry.figures.queries import ONLY_MAINLAND, Known
from registry.people.fields import FIELDS
from registry.plots import drawing
from registry.plots.plotting import Plot, Row, number, percent


def of_completeness(known: dict[str, Known], lacking: dict[str, str]) -> Plot:
    """Of each fact the share that is known; `lacking` = where those are listed who lack it."""
    labels = {key: FIELDS[key].label if key in FIELDS else str(_("证件")) for key in known}
    shares = {key: percent(fact.many, fact.of) for key, fact in known.items()}
    drawn = [(labels[key], fact.many / fact.of if fact.of else 0, shares[key]) for key, fact in known.items()]
    rows = [
        Row(labels[key], (shares[key], number(fact.of - fact.many)), lacking.get(key, ""))
        for key, fact in known.items()
    ]
    every = sum(fact.many for fact in known.values())
    asked = sum(fact.of for fact in known.values())
    said = _("%(n)s 项资料平均填了 %(share)s", n=len(known), share=percent(every, asked) or "0%")
    note = _("民族、政治面貌只问内地会员。") if ONLY_MAINLAND & known.keys() else ""
    head = (_("资料"), _("已填"), _("缺的人数"))
    return Plot("completeness", _("资料完整度"), said, drawing.bars(drawn, 1), head, rows, note)
