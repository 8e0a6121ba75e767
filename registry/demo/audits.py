"""What an audit asks beyond the bodies: who is a leading cadre, and what the charter says otherwise."""

from __future__ import annotations

from datetime import date

from registry.composition import queries
from registry.composition.facts import Official
from registry.composition.services import SetParameter, set_parameter, tell_officials
from registry.demo.clerk import Clerk, Plan, Sitting
from registry.demo.stock import DAY
from registry.journal.services import act, seal


def happen(clerk: Clerk, sitting: Sitting, plan: Plan) -> None:
    """Charters, and the cadres of a society that has asked its officers; one that has not knows of nobody."""
    for key, value, article, since in plan.get("charter", ()):
        command = SetParameter(key, value, article, date.fromisoformat(since))
        set_parameter(clerk.session, clerk.society, command)
        seal(clerk.session)
    if "cadres" in plan:
        _ask(clerk, sitting, plan["cadres"])


def _ask(clerk: Clerk, sitting: Sitting, cadres: Plan) -> None:
    """Of the 理事 of no further office some are cadres; of these a part has its approval on file."""
    own = queries.snapshot(clerk.session, clerk.society.id, DAY).own
    asked = {key for kind in ("council", "standing", "supervisors") for key in own[kind].people}
    ordinary = [who for who in sitting.council if who.person_id in asked and who not in sitting.standing]
    retired, serving = ordinary[:3], ordinary[3:5]
    told = dict.fromkeys(sorted(asked), Official.NEITHER)
    told |= {who.person_id: Official.RETIRED for who in retired}
    told |= {who.person_id: Official.SERVING for who in serving}
    tell_officials(clerk.session, clerk.society, told)
    seal(clerk.session)
    act(clerk.session, "tenure:correct", clerk.society.id, "补登兼职审批文号")
    for who in (*retired[: cadres["approved"]], *serving[:1]):
        for tenure in clerk.tenures(who, *sitting.terms.values()):
            tenure.approval = cadres["approval"]
    clerk.session.flush()
    seal(clerk.session)
