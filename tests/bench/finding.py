"""Every filter of the roster in every order: how the registry is asked, and the least that SQL must ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.demo.stock import DAY
from registry.memberships.mirrored import SORTED
from registry.roster.clauses import YEAR
from registry.roster.question import FEW
from tests.bench.floor import ACTIVE, Floor

_OFFICE = f"""m.person_id IN (SELECT t.person_id FROM tenure t
WHERE t.society_id = 1 AND t.starts_on <= '{DAY}'
AND (t.ends_on IS NULL OR t.ends_on > '{DAY}') AND t.voided_at IS NULL)"""
_NO_DOCUMENT = """NOT EXISTS (SELECT 1 FROM identity_document d
WHERE d.society_id = m.society_id AND d.person_id = m.person_id)"""
_CONFIRMED = "EXISTS (SELECT 1 FROM person c WHERE c.id = m.person_id AND c.confirmed_on"


@dataclass(frozen=True)
class Filter:
    """One filter: its words, its address, and its clause; {0} stands before a column that has an index."""

    name: str
    query: str
    clause: str = ""
    state: str = ACTIVE


FILTERS = (
    Filter("everybody", ""),
    Filter("region HK", "region=HK", "{0}m.region = 'HK'"),
    Filter("region HK or MO", "region=HK&region=MO", "{0}m.region IN ('HK', 'MO')"),
    Filter("category senior", "category=senior", "{0}m.category_id = {senior}"),
    Filter("branch", "branch={branch}", "{0}m.branch_id = {branch_id}"),
    Filter("title senior", "title_level=senior", "{0}m.title_level = 'senior'"),
    Filter("title unknown", "title_level=unknown", "{0}m.title_level IS NULL"),
    Filter("discipline 460", "disciplines=460", "' ' || m.disciplines || ' ' LIKE '% 460 %'"),
    Filter("discipline 620", "disciplines=620", "' ' || m.disciplines || ' ' LIKE '% 620 %'"),
    Filter("hospital", "employer_kind=hospital", "{0}m.employer_kind = 'hospital'"),
    Filter("grassroots", "grassroots=yes", "{0}m.grassroots"),
    Filter("degree doctor", "degree=2", "{0}m.degree = '2'"),
    Filter("education", "education=30", "{0}m.education = '30'"),
    Filter("women", "sex=F", "{0}m.sex = 'F'"),
    Filter("ethnic 10", "ethnic=10", "{0}m.ethnic = '10'"),
    Filter("political 09", "political=09", "{0}m.political = '09'"),
    Filter(
        "age 40 to 50",
        "age_from=40&age_to=50",
        "{0}m.birth > '{younger}' AND {0}m.birth <= '{older}' AND m.birth NOT IN ('{year}', '{month}')",
    ),
    Filter("birth in March", "birth_month=03", "{0}m.birth_month = '03'"),
    Filter(
        "joined 2020",
        "joined_from=2020&joined_to=2020",
        "{0}m.starts_on BETWEEN '2020-01-01' AND '2020-12-31'",
    ),
    Filter("office", "office=any", _OFFICE),
    Filter("no phone", "lack=phone", "({0}m.gaps & 1) = 1"),
    Filter("no document", "lack=document", _NO_DOCUMENT),
    Filter("confirmed this year", "confirmed=year", f"{_CONFIRMED} >= '{DAY - YEAR}')"),
    Filter("never confirmed", "confirmed=never", f"{_CONFIRMED} IS NULL)"),
    Filter("died", "state=died", state=f"{{0}}m.end_reason = 'died' AND m.ends_on <= '{DAY}'"),
    Filter(
        "any state", "state=all", state="(m.end_reason IS NULL OR m.end_reason NOT IN ('changed', 'voided'))"
    ),
    Filter(
        "HK and senior and women",
        "region=HK&title_level=senior&sex=F",
        "{0}m.region = 'HK' AND +m.title_level = 'senior' AND +m.sex = 'F'",
    ),
    Filter(
        "HK or hospital",
        "region=HK&employer_kind=hospital&match=any",
        "(+m.region = 'HK' OR +m.employer_kind = 'hospital')",
    ),
)


def addresses(floor: Floor) -> Iterator[tuple[str, str, str]]:
    """Of every filter and order the name, the query of the registry, and the floor's address."""
    known = _known(floor)
    for one in FILTERS:
        walked = _many(floor, one, known)
        for sort, column in SORTED.items():
            path = f"/{one.name}/{sort}".replace(" ", "-")
            clause, state = (_filled(floor, text, known, aside=walked) for text in (one.clause, one.state))
            floor.serve(path, clause and f"AND {clause}", few=not walked, by=f"m.{column}", state=state)
            query = one.query.replace("{branch}", str(known["branch"]))
            yield f"{one.name}, by {sort}", f"{query}&sort={sort}", path


def _known(floor: Floor) -> dict[str, object]:
    branch = floor.execute("SELECT code, id FROM branch WHERE society_id = 1 ORDER BY id LIMIT 1 OFFSET 6")[0]
    senior = floor.execute("SELECT id FROM category WHERE society_id = 1 AND code = 'senior'")[0][0]
    born = {word: str(DAY.replace(year=DAY.year - years)) for word, years in (("older", 40), ("younger", 51))}
    rough = {"year": born["older"][:4], "month": born["older"][:7]}
    return {"branch": branch[0], "branch_id": branch[1], "senior": senior, **born, **rough}


def _filled(floor: Floor, text: str, known: dict[str, object], *, aside: bool) -> str:
    """A + keeps SQLite from the column's index; PostgreSQL knows none."""
    plus = "+" if floor.dialect == "sqlite" else ""
    filled = text.replace("{0}", plus if aside else "").replace("+m.", f"{plus}m.")
    for key, value in known.items():
        filled = filled.replace(f"{{{key}}}", str(value))
    return filled


def _many(floor: Floor, one: Filter, known: dict[str, object]) -> bool:
    """Too many to be sorted."""
    clause, state = (_filled(floor, text, known, aside=False) for text in (one.clause, one.state))
    where = " AND ".join(filter(None, ("m.society_id = 1 AND m.person_id IS NOT NULL", state, clause)))
    found = floor.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM membership m WHERE {where} LIMIT {FEW + 1}) n"
    )
    return bool(found[0][0] > FEW)
