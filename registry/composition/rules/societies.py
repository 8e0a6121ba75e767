"""Of the society as a whole: its members, its branches, the bodies that it must have."""

from __future__ import annotations

import re
from collections.abc import Callable

from registry.composition.facts import Branch
from registry.composition.ruling import Case, rule
from registry.composition.verdicts import Verdict, at_least, not_applicable, plain, undetermined


@rule("members_fewest")
def members_fewest(case: Case) -> Verdict:
    """So many persons, or units, or both together."""
    founded, counts = case.snapshot.society.founded_on, case.snapshot.counts
    if founded is not None and founded > case.day:
        return not_applicable(f"{founded} 才成立")
    if counts.persons is None or counts.units is None:
        return undetermined("会员数不详", "会员数")
    persons, units = counts.persons, counts.units
    mixed = persons + units if persons and units else 0
    lack = {
        "发展 {} 名个人会员": case.number("persons") - persons,
        "发展 {} 个单位会员": case.number("units") - units,
    }
    if mixed:
        lack["再发展 {} 名会员（个人或单位）"] = case.number("mixed") - mixed
    words, least = min(lack.items(), key=lambda pair: pair[1])
    said = f"个人会员 {persons} 人，单位会员 {units} 个"
    return plain(
        least <= 0, said, words.format(least), numerator=persons + units, denominator=case.number("mixed")
    )


@rule("branch_regional")
def branch_regional(case: Case) -> Verdict:
    """No branch is one of a region; a 代表机构 is no branch."""
    places = "|".join(map(re.escape, case.words("places")))
    regional = re.compile(f"({places})(?!大学|学院|医院)|[市区县州]分会")
    found = _branches(case, lambda branch: bool(regional.search(branch.name)))
    return _no_branch(case, found, "以地域命名", "更名为专业或工作性质的名称，或改设代表机构")


@rule("branch_legal_name")
def branch_legal_name(case: Case) -> Verdict:
    """No branch is called as a legal person is."""
    ends = tuple(case.words("endings"))
    found = _branches(case, lambda branch: branch.name.endswith(ends))
    return _no_branch(case, found, "用法人组织的名称", "更名为分会、专业委员会或工作委员会")


@rule("branch_depth")
def branch_depth(case: Case) -> Verdict:
    """No branch hangs on another."""
    names = [branch.name for branch in case.snapshot.branches or ()]

    def hangs(branch: Branch) -> bool:
        others = [name for name in names if name != branch.name]
        return branch.host in others or any(branch.name.startswith(name) for name in others)

    return _no_branch(case, _branches(case, hangs), "设在另一分支之下", "并入上一级，或改由学会直接设立")


def _branches(case: Case, bad: Callable[[Branch], bool]) -> tuple[str, ...]:
    every = case.snapshot.branches or ()
    return tuple(branch.name for branch in every if not branch.office and bad(branch))


def _no_branch(case: Case, found: tuple[str, ...], what: str, mend: str) -> Verdict:
    every = case.snapshot.branches
    if every is None:
        return undetermined("分支机构不详", "分支机构名单")
    asked = [branch for branch in every if not branch.office]
    if not asked:
        return not_applicable("没有分支机构")
    said = f"分支机构 {len(asked)} 个，{what}的 {len(found)} 个"
    sound = len(asked) - len(found)
    return plain(not found, said, mend, numerator=sound, denominator=len(asked), things=found)


@rule("body_exists")
def body_exists(case: Case) -> Verdict:
    """There is a body of the kind, and somebody sits in it."""
    kind, what = str(case.parameters["kind"]), str(case.parameters["what"])
    there = [body for body in case.snapshot.bodies if body.kind == kind and body.branch_id is None]
    founded = case.snapshot.society.founded_on
    if founded is not None and founded > case.day:
        return not_applicable(f"{founded} 才成立")
    if not case.snapshot.bodies:
        return undetermined("还没有登记机构", "机构")
    sitting = case.snapshot.own.get(kind)
    many = len(sitting.people) if sitting else 0
    if not there:
        return plain(False, f"没有设立{what}", f"设立{what}并选举产生成员", numerator=0)
    said = f"{there[0].name}在任 {many} 人"
    return plain(many > 0, said, f"选举产生{what}成员，或补登在任名单", numerator=many)


@rule("term_overdue")
def term_overdue(case: Case) -> Verdict:
    """No body of the society sits past its term, and none has lost its term without another."""
    bodies = [body for body in case.snapshot.bodies if body.terms]
    if not bodies:
        return not_applicable("还没有登记过届次")
    late, dark = [], []
    for body in bodies:
        sitting = case.snapshot.sittings.get(body.id)
        due = sitting.term.due_on if sitting else None
        if sitting is None:
            late.append(f"{body.name}：上届已结束，没有新一届")
        elif due is None:
            dark.append(body.name)
        elif due <= case.day:
            late.append(f"{sitting.title}：应于 {due} 换届，已过 {(case.day - due).days} 天")
    sound = len(bodies) - len(late) - len(dark)
    said = f"机构 {len(bodies)} 个，届满未换届 {len(late)} 个，届期不详 {len(dark)} 个"
    if dark and not late:
        return undetermined(said, "计划届满日", mend=f"补登 {len(dark)} 个机构的计划届满日，即可判定")
    mend = f"为这 {len(late)} 个机构换届，或报批延期"
    return plain(not late, said, mend, numerator=sound, denominator=len(bodies), things=tuple(late))


@rule("party_principals")
def party_principals(case: Case) -> Verdict:
    """双向进入、交叉任职: some 负责人 sit in the 党组织."""
    council, party = case.council(), case.snapshot.own.get("party")
    found = [row.person_id for row, _duty in council.principals] if council else []
    if not found:
        return not_applicable("没有在任的理事长、副理事长或秘书长")
    if party is None or not party.people:
        return undetermined("没有在任的党组织名单", "党组织名单")
    inside = set(party.people)
    sides: dict[int, bool | None] = {key: key in inside for key in dict.fromkeys(found)}
    said, mend = "负责人 {all} 人，在党组织任职 {many} 人", "再有 {many} 名负责人进入党组织"
    return at_least(sides, case.number("fewest"), said, "任职", mend)
