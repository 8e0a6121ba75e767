"""For each rule and each verdict a snapshot that has it; None where a rule cannot answer so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from registry.composition.facts import Branch, Counts, Meeting, Official, Vote
from registry.composition.snapshot import Snapshot
from registry.core.dates import PartialDate
from tests.composition.altered import (
    ELSEWHERE,
    HEADS,
    LATE,
    OLD,
    Case,
    branched,
    cadre,
    changed,
    due,
    empty,
    ended,
    everybody,
    first_term,
    forgotten,
    joined,
    large,
    late_from,
    met_so,
    newly,
    no_past,
    nothing,
    same,
    twice_more,
    unborn,
    uncounted,
    unplanned,
    unrecorded,
    unsized,
)
from tests.composition.made import (
    ASSEMBLY,
    COUNCIL,
    DIRECTOR,
    PARTY,
    PRESIDENT,
    SECRETARY,
    STANDING,
    SUPERVISOR,
    SUPERVISORS,
    VICE,
    hold,
    only,
    sound,
    with_office,
    with_person,
    without,
    without_body,
)

AGES = {
    "not_met": lambda s: with_person(s, 1, birth=OLD),
    "undetermined": lambda s: with_person(s, 1, birth=None),
    "met": same,
    "not_applicable": lambda s: without(s, COUNCIL, *HEADS),
}


PARTY_BODY = {"undetermined": nothing, "met": same, "not_applicable": unborn}


CASES: dict[str, dict[str, Case]] = {
    "members_fewest": {
        "not_met": lambda s: replace(s, counts=Counts(20, 10)),
        "undetermined": lambda s: replace(s, counts=Counts()),
        "met": same,
        "not_applicable": unborn,
    },
    "branch_depth": {
        "not_met": branched(Branch(1, "机床分会"), Branch(2, "机床分会青年组", "机床分会")),
        "undetermined": lambda s: replace(s, branches=None),
        "met": same,
        "not_applicable": branched(),
    },
    "branch_regional": {
        "not_met": branched(Branch(1, "天津分会")),
        "undetermined": lambda s: replace(s, branches=None),
        "met": same,
        "not_applicable": branched(Branch(1, "天津联络处", office=True)),
    },
    "branch_legal_name": {
        "not_met": branched(Branch(1, "青年研究会")),
        "undetermined": lambda s: replace(s, branches=None),
        "met": same,
        "not_applicable": branched(),
    },
    "legal_representative": {
        "not_met": lambda s: with_person(s, 1, elsewhere=(ELSEWHERE,)),
        "undetermined": lambda s: with_person(s, 1, elsewhere=None),
        "met": same,
        "not_applicable": nothing,
    },
    "retirement_age": AGES,
    "retirement_ahead": {**AGES, "not_met": lambda s: with_person(s, 1, birth=LATE)},
    "consecutive_terms": {
        "not_met": twice_more,
        "undetermined": forgotten,
        "met": same,
        "not_applicable": AGES["not_applicable"],
    },
    "secretary_full_time": {
        "not_met": lambda s: with_office(s, COUNCIL, SECRETARY, full_time=False),
        "undetermined": lambda s: with_office(s, COUNCIL, SECRETARY, full_time=None),
        "met": same,
        "not_applicable": lambda s: without(s, COUNCIL, SECRETARY),
    },
    "term_length": {
        "not_met": due(date(2030, 5, 1)),
        "undetermined": due(None),
        "met": same,
        "not_applicable": ended(COUNCIL),
    },
    "turnover": {
        "not_met": due(date(2026, 5, 1)),
        "undetermined": due(date(2026, 5, 1), extended_until=date(2027, 5, 1)),
        "met": due(date(2026, 5, 1), extended_until=date(2027, 5, 1), extension_approval="京民社〔2026〕1号"),
        "not_applicable": ended(COUNCIL),
    },
    "standing_share": {
        "not_met": large(STANDING, 7, 21),
        "undetermined": empty(COUNCIL),
        "met": same,
        "not_applicable": ended(STANDING),
    },
    "council_meets": {
        "not_met": met_so(Meeting(COUNCIL, "第一次会议", date(2024, 6, 1))),
        "undetermined": met_so(),
        "met": same,
        "not_applicable": newly(COUNCIL),
    },
    "standing_meets": {
        "not_met": met_so(Meeting(STANDING, "第一次会议", date(2026, 4, 1))),
        "undetermined": unrecorded,
        "met": same,
        "not_applicable": newly(STANDING),
    },
    "quorum": {
        "not_met": met_so(Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, 9)),
        "undetermined": met_so(Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, None)),
        "met": same,
        "not_applicable": met_so(),
    },
    "votes": {
        "not_met": met_so(Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, 15, (Vote(9, 15),))),
        "undetermined": met_so(Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, 15, (Vote(None, 15),))),
        "met": same,
        "not_applicable": met_so(Meeting(COUNCIL, "第五次会议", date(2026, 9, 1), 15, 15)),
    },
    "rank_chain": {
        "not_met": joined(COUNCIL, 9, VICE),
        "undetermined": empty(STANDING),
        "met": same,
        "not_applicable": ended(COUNCIL),
    },
    "good_standing": {
        "not_met": lambda s: with_person(s, 7, belongs=((date(2010, 1, 1), date(2025, 1, 1)),)),
        "undetermined": lambda s: with_person(s, 7, belongs=None),
        "met": same,
        "not_applicable": empty(COUNCIL),
    },
    "seats_filled": {
        "not_met": lambda s: without(s, COUNCIL, PRESIDENT),
        "undetermined": None,  # a seat that is not counted is none
        "met": same,
        "not_applicable": unsized(COUNCIL),
    },
    "holding_over": {
        "not_met": lambda s: with_office(s, COUNCIL, DIRECTOR, planned_end_on=date(2026, 1, 1)),
        "undetermined": unplanned,
        "met": same,
        "not_applicable": empty(COUNCIL),
    },
    "term_overdue": {
        "not_met": due(date(2026, 5, 1)),
        "undetermined": due(None),
        "met": same,
        "not_applicable": nothing,
    },
    "council_size": {
        "not_met": lambda s: only(s, COUNCIL, 6),
        "undetermined": empty(COUNCIL),
        "met": same,
        "not_applicable": ended(COUNCIL),
    },
    "standing_size": {
        "not_met": lambda s: only(s, STANDING, 4),
        "undetermined": empty(STANDING),
        "met": same,
        "not_applicable": ended(STANDING),
    },
    "principals_share": {
        "not_met": lambda s: only(s, COUNCIL, 9),
        "undetermined": empty(COUNCIL),
        "met": same,
        "not_applicable": AGES["not_applicable"],
    },
    "supervisors_exist": {**PARTY_BODY, "not_met": lambda s: without_body(s, SUPERVISORS)},
    "supervisors_size": {
        "not_met": lambda s: only(s, SUPERVISORS, 2),
        "undetermined": empty(SUPERVISORS),
        "met": same,
        "not_applicable": ended(SUPERVISORS),
    },
    "supervisors_apart": {
        "not_met": joined(SUPERVISORS, 6, SUPERVISOR),
        "undetermined": empty(COUNCIL),
        "met": same,
        "not_applicable": empty(SUPERVISORS),
    },
    "changes_within_term": {
        "not_met": changed(4),
        "undetermined": late_from,
        "met": changed(3),
        "not_applicable": ended(COUNCIL),
    },
    "council_of_members": {
        "not_met": lambda s: only(s, ASSEMBLY, 40),
        "undetermined": uncounted,
        "met": same,
        "not_applicable": ended(COUNCIL),
    },
    "employer_share": {
        "not_met": lambda s: with_person(s, 1, 2, 3, 4, employer="北京星河大学"),
        "undetermined": lambda s: with_person(s, 1, 2, 3, employer=""),
        "met": same,
        "not_applicable": empty(COUNCIL),
    },
    "retired_officials": {
        "not_met": cadre(Official.RETIRED, "", elsewhere=()),
        "undetermined": lambda s: with_person(s, 1, official=None),
        "met": cadre(Official.RETIRED, "京组〔2024〕3号"),
        "not_applicable": same,
    },
    "serving_officials": {
        "not_met": cadre(Official.SERVING, ""),
        "undetermined": lambda s: with_person(s, 1, official=None),
        "met": cadre(Official.SERVING, "京组〔2024〕3号"),
        "not_applicable": same,
    },
    "grassroots_rises": {
        "not_met": everybody(grassroots=False),
        "undetermined": no_past,
        "met": same,
        "not_applicable": first_term,
    },
    "young_rises": {
        "not_met": everybody(birth=PartialDate(1960)),
        "undetermined": everybody(birth=None),
        "met": same,
        "not_applicable": first_term,
    },
    "party_exists": {**PARTY_BODY, "not_met": lambda s: without_body(s, PARTY)},
    "party_principals": {
        "not_met": lambda s: s.with_holders(PARTY, [hold(9, 41)]),
        "undetermined": empty(PARTY),
        "met": same,
        "not_applicable": AGES["not_applicable"],
    },
    "women": {
        "not_met": everybody(sex="M"),
        "undetermined": everybody(sex=None),
        "met": same,
        "not_applicable": empty(COUNCIL),
    },
    "beyond_mainland": {
        "not_met": everybody(region="CN"),
        "undetermined": everybody(region=None),
        "met": same,
        "not_applicable": empty(COUNCIL),
    },
    "posts_elsewhere": {
        "not_met": lambda s: with_person(s, 2, elsewhere=(ELSEWHERE,)),
        "undetermined": lambda s: with_person(s, 2, elsewhere=None),
        "met": same,
        "not_applicable": AGES["not_applicable"],
    },
}


def case(rule_id: str, answer: str) -> Snapshot | None:
    """The snapshot of a rule that has the verdict."""
    made = CASES[rule_id][answer]
    return made(sound()) if made else None
