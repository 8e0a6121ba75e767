"""What a row would change of a person on the register, and how somebody new would begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from registry.core.dates import PartialDate
from registry.core.regions import Region
from registry.exchange.judging.differences import (
    Change,
    Difference,
    both_moved,
    compare_emptied,
    compare_facts,
    emptied,
)
from registry.exchange.judging.matching import Known, Spell, other_document
from registry.exchange.judging.places import Places
from registry.exchange.judging.told import Told
from registry.exchange.reading.readings import Problem, Reading
from registry.exchange.reading.texts import tidy
from registry.memberships.models import END_REASONS, EndReason
from registry.people import documents
from registry.people.documents import Proof


def admission(reading: Reading, marks: list[str], places: Places, today: date) -> Difference:
    """Somebody new: the facts as read, what the documents prove, and the spell that begins."""
    facts = {key: value for key, value in reading.facts.items() if value not in (None, "", ())}
    proved = {key: value for key, value in reading.proved.items() if key not in facts}
    outcome = Difference(facts={**facts, **proved}, proofs=_once(reading, marks))
    if reading.birth:
        outcome.facts["birth"] = reading.birth
    _refuse_region_conflict(outcome, reading, outcome.facts)
    foreign = outcome.facts.get("region") == Region.FOREIGN and places.foreign
    outcome.member = {"category_id": (foreign or places.ordinary).id, "branch_id": None}
    _read_places(outcome, reading, places)
    _doubt_state(outcome, reading)
    began = reading.member.get("starts_on")
    outcome.member |= {
        "number": reading.member.get("number", ""),
        "starts_on": began.first if began else today,
        "starts_known": _known(began) if began else "D",
        "remark": reading.member.get("remark", ""),
    }
    return outcome


def _once(reading: Reading, marks: list[str]) -> list[Proof]:
    """A number that two columns repeat is one document."""
    return list({mark: proof for mark, (proof, _column) in zip(marks, reading.proofs, strict=True)}.values())


def _known(began: PartialDate) -> str:
    return "D" if began.day else "M" if began.month else "Y"


def _read_places(outcome: Difference, reading: Reading, places: Places) -> None:
    """Category and branch as given; an unknown category is refused, an unknown branch doubtful."""
    member = reading.member
    if member.get("category"):
        category = places.category(member["category"])
        if category is None or not category.open:
            why = "是单位会员的类别，这里只导入个人会员" if category else "本会没有这个会员类别"
            outcome.refused.append(_at(reading, "category", f"“{member['category']}”：{why}"))
        else:
            outcome.member["category_id"] = category.id
    if member.get("branch"):
        branch = places.branch(member["branch"])
        if branch is None or not branch.open:
            why = (
                "这个分支机构已经终止"
                if branch
                else "本会没有叫这个名称的分支机构，请先建立，或把这一列设为不导入"
            )
            outcome.doubts.append(_at(reading, "branch", f"“{member['branch']}”：{why}"))
        else:
            outcome.member["branch_id"] = branch.id


def objections_to_places(reading: Reading, places: Places) -> list[Problem]:
    """What is wrong with category and branch, of a row that is refused anyway."""
    outcome = Difference()
    _read_places(outcome, reading, places)
    return [*outcome.refused, *outcome.doubts]


def difference(told: Told, person: Known, places: Places, today: date) -> Difference:
    """Somebody on the register: only what the row gives and the register has otherwise."""
    outcome, reading, marks = Difference(standing=person), told.reading, told.marks
    compare_facts(outcome, told, person)
    compare_emptied(outcome, told, person)
    _compare_documents(outcome, reading, marks, person)
    merged = {**person.facts, **outcome.facts}
    _refuse_region_conflict(outcome, reading, merged)
    _doubt_proofs(outcome, reading, merged)
    spell = _spell_on(person.spells, today)
    if speaks_of_the_past(reading, person):
        return outcome
    if spell is not None:
        _compare_spell(outcome, told, person, spell, places)
    elif person.spells:
        if told.key is None or reading.member.get("state"):
            _doubt_return(outcome, reading, person)
    else:
        newcomer = admission(reading, marks, places, today)
        outcome.member = newcomer.member
        outcome.refused += newcomer.refused
        outcome.doubts += newcomer.doubts
        category = places.name("category", outcome.member["category_id"])
        outcome.changes.append(Change(None, "会籍", "", category))
    return outcome


def speaks_of_the_past(reading: Reading, person: Known) -> bool:
    """True for a row about an ended spell that is on the register: exports of former members have them."""
    state, began = reading.member.get("state"), reading.member.get("starts_on")
    return (
        state not in {None, "active"}
        and began is not None
        and any(spell.end_reason == state and began.agrees(spell.began) for spell in person.spells)
    )


def _doubt_return(outcome: Difference, reading: Reading, person: Known) -> None:
    """A former member in the file: no doubt only where the file says so too."""
    last = person.spells[0]
    word = END_REASONS[EndReason(last.end_reason)] if last.end_reason else "未生效"
    if reading.member.get("state") in {None, "active"}:
        reason = f"{person.words}的会籍现为“{word}”，重新入会请在会员页面办理"
        outcome.doubts.append(_at(reading, "name", reason))
    _doubt_number_and_start(outcome, reading, person)


def _doubt_state(outcome: Difference, reading: Reading) -> None:
    """The file calls somebody a former member who is none."""
    if reading.member.get("state", "active") != "active":
        outcome.doubts.append(_at(reading, "state", "这里写的不是在会会员；结束会籍请在会员页面办理"))


def _spell_on(spells: Iterable[Spell], today: date) -> Spell | None:
    return next(
        (s for s in spells if s.starts_on <= today and (s.ends_on is None or s.ends_on > today)), None
    )


def _compare_documents(outcome: Difference, reading: Reading, marks: list[str], person: Known) -> None:
    held = {mark for kept in person.documents.values() for mark, _last4 in kept}
    for mark, (proof, column) in zip(marks, reading.proofs, strict=True):
        conflict = other_document(person, proof.kind, mark)
        if conflict:
            outcome.doubts.append(Problem(column, conflict))
        elif mark not in held:
            held.add(mark)
            outcome.proofs.append(proof)
            after = f"{documents.SHORT[proof.kind]} {documents.masked(proof.number[-4:])}"
            outcome.changes.append(Change(column, "证件", "", after))


def _refuse_region_conflict(outcome: Difference, reading: Reading, merged: Mapping[str, Any]) -> None:
    region, nationality = merged.get("region"), merged.get("nationality")
    if region and nationality and (region == Region.FOREIGN) == (nationality == "CN"):
        column = reading.where.get("nationality", reading.where.get("region"))
        outcome.refused.append(
            Problem(column, "地区与国籍不符：外籍人员的国籍不是中国，其他人员的国籍只能是中国")
        )


def _doubt_proofs(outcome: Difference, reading: Reading, merged: Mapping[str, Any]) -> None:
    """The row's document against what only the register knows."""
    facts = {key: merged.get(key) for key in ("region", "birth", "sex")}
    for proof, column in reading.proofs:
        outcome.doubts += [
            Problem(column, f"与登记不符：{sentence}")
            for _key, sentence in documents.contradictions(proof, **facts)
        ]


def _compare_spell(outcome: Difference, told: Told, person: Known, spell: Spell, places: Places) -> None:
    """Category and branch change from the import day on; number and first day are corrected elsewhere."""
    reading, member = told.reading, told.reading.member
    outcome.member = {"category_id": spell.category_id, "branch_id": spell.branch_id}
    outcome.spell_id = spell.id
    _doubt_state(outcome, reading)
    _read_places(outcome, reading, places)
    for key, label in (("category", "会员类别"), ("branch", "分支机构")):
        before, after = getattr(spell, f"{key}_id"), outcome.member[f"{key}_id"]
        if before != after:
            names = places.name(key, before), places.name(key, after)
            change = Change(reading.where.get(key), label, *names)
            if outcome.weigh(change, told.word(key), _moved_place(told, key, before, places, change)):
                outcome.member[f"{key}_id"] = before
            else:
                outcome.moves = True
    remark = member.get("remark", "")
    if remark and tidy("remark", remark) != tidy("remark", spell.remark):
        change = Change(reading.where.get("remark"), "备注", spell.remark, remark)
        if not outcome.weigh(change, told.word("remark"), ""):
            outcome.member["remark"] = remark
    _compare_emptied(outcome, told, spell, places)
    _doubt_number_and_start(outcome, reading, person)


def _compare_emptied(outcome: Difference, told: Told, spell: Spell, places: Places) -> None:
    """A branch or remark that the row names no more: left, or erased, only on the clerk's word."""
    where = told.reading.where
    if "branch" in told.emptied and spell.branch_id is not None:
        change = Change(where.get("branch"), "分支机构", places.name("branch", spell.branch_id), "")
        moved = _moved_place(told, "branch", spell.branch_id, places, change)
        if not outcome.weigh(change, told.word_on_emptied("branch", moved), emptied(change, moved)):
            outcome.member["branch_id"], outcome.moves = None, True
    if "remark" in told.emptied and spell.remark:
        change = Change(where.get("remark"), "备注", spell.remark, "")
        if not outcome.weigh(change, told.word_on_emptied("remark", ""), emptied(change, "")):
            outcome.member["remark"] = ""


def _moved_place(told: Told, key: str, standing: int | None, places: Places, change: Change) -> str:
    """As for facts: the words where category or branch became another since the file left."""
    if told.left is None:
        return ""
    text = told.left.member.get(key, "")
    then = (places.category(text) if key == "category" else places.branch(text)) if text else None
    if (then.id if then else None) == standing:
        return ""
    return both_moved(text, change)


def _doubt_number_and_start(outcome: Difference, reading: Reading, person: Known) -> None:
    number, began = reading.member.get("number"), reading.member.get("starts_on")
    if number and number not in {spell.number for spell in person.spells}:
        words = f"{person.words}的编号与这里的 {number} 不同，更正请在会员页面办理"
        outcome.doubts.append(_at(reading, "number", words))
    if began and not any(began.agrees(spell.began) for spell in person.spells):
        words = f"登记的入会日期是 {person.spells[-1].began}，与这里的 {began} 不同，更正请在会员页面办理"
        outcome.doubts.append(_at(reading, "starts_on", words))


def _at(reading: Reading, target: str, reason: str) -> Problem:
    return Problem(reading.where.get(target), reason)
