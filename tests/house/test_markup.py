"""Every page and part is valid HTML: parsed strictly, and held against what a parser lets pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from html5lib.constants import E as SENTENCES

from tests.house.walking import READ, grants, may_read

ROLES = ("staff", "member", "supervisor", "branch")
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
REFERENCES = (
    "for", "form", "list", "headers", "popovertarget", "commandfor", "aria-labelledby", "aria-describedby",
    "aria-controls", "aria-owns", "aria-activedescendant", "aria-details", "aria-errormessage",
)  # fmt: skip
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TYPED = {
    "text",
    "search",
    "tel",
    "url",
    "email",
    "password",
    "date",
    "month",
    "number",
    "file",
    "checkbox",
    "radio",
}


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_every_page_and_part_is_valid_html(place, sign_in, address, session, cast, found):
    faults = {}
    for role in ROLES:
        if may_read(place, grants(session, cast, role), found):
            client, where = sign_in(role), address(place)
            answer = client.get(where, follow_redirects=True)
            assert answer.status_code < 300, role
            faults[role] = whole(answer)
            faults[f"{role}, part"] = part(client.get(where, headers=PART))
    assert not any(faults.values()), {role: found for role, found in faults.items() if found}


def test_a_refusal_is_valid_html(sign_in, client):
    answers = {
        403: sign_in("member").get("/societies/bjcs/members/"),
        404: sign_in("staff").get("/nowhere"),
        422: client.post("/login", data={"username": "", "password": ""}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert whole(answer) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><div>a</div></p>", "unexpected-end-tag"),
        ("<p id=a>1</p><p id=a>2</p>", "id twice: a"),
        ("<a href='/'> </a>", "says nothing: a"),
        ("<button type=button><svg></svg></button>", "says nothing: button"),
        ("<input name=q>", "no label: q"),
        ("<img src='/a.png'>", "no alt: /a.png"),
        ("<table><tr><td>1</td></tr></table>", "a table without headers"),
        ("<h2>a</h2><h4>b</h4>", "h2 before h4"),
        ("<ul><li>a</li><p>b</p></ul>", "p in ul"),
        ("<a href='/'><button>b</button></a>", "button in a"),
    ],
)
def test_what_is_wrong_is_found(html, fault):
    assert any(fault in line for line in faults_of(html, part=True))


def whole(answer) -> list[str]:
    """Faults of a page, which has a title and one heading."""
    if answer.status_code == 204 or answer.mimetype != "text/html":
        return []
    tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
    heads = len(tree.findall(".//h1"))
    lines = [] if heads == 1 else [f"{heads} times h1"]
    lines += [] if (tree.findtext(".//title") or "").strip() else ["no title"]
    lines += [] if len(tree.findall(".//main")) == 1 else ["not one main"]
    return lines + faults_of(answer.text)


def part(answer) -> list[str]:
    """Faults of a part by itself; what it refers to may stand in the page around it."""
    if answer.mimetype != "text/html" or "<html" in answer.text:
        return []
    return faults_of(answer.text, part=True)


def faults_of(html: str, *, part: bool = False) -> list[str]:
    """What is wrong, each as one line."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html, container=container(html)) if part else parser.parse(html)
    lines = [f"line {at[0]}: {code}: {SENTENCES[code] % facts}" for at, code, facts in parser.errors]
    checks = CHECKS if part else (*CHECKS, broken)
    return lines + [line for check in checks for line in check(tree)]


def container(html: str) -> str:
    """Where a part will stand: rows stand in a table's body, for instance."""
    start = html.lstrip()[:4].lower()
    return {"<tr ": "tbody", "<tr>": "tbody", "<td ": "tr", "<td>": "tr", "<th ": "tr"}.get(start, "div")


def each(tree: Element, *tags: str) -> Iterator[Element]:
    """The elements of these tags, in the order of the page."""
    yield from (element for element in tree.iter() if element.tag in tags)


def identities(tree: Element) -> Counter[str]:
    return Counter(element.get("id") for element in tree.iter() if element.get("id"))


def repeated(tree: Element) -> Iterator[str]:
    yield from (f"id twice: {name}" for name, times in identities(tree).items() if times > 1)


def broken(tree: Element) -> Iterator[str]:
    """References to an id that does not stand in the same page."""
    known = identities(tree)
    for element in tree.iter():
        for name in REFERENCES:
            wanted = (element.get(name) or "").split()
            yield from (f"{element.tag} {name}: no {one}" for one in wanted if one not in known)


def words(element: Element) -> str:
    """What is read aloud: the text that is not hidden, or the label in its place."""
    if element.get("aria-label"):
        return element.get("aria-label", "").strip()
    if element.get("aria-hidden") == "true" or element.tag == "template":
        return ""
    inner = "".join(words(child) + (child.tail or "") for child in element if isinstance(child.tag, str))
    return ((element.text or "") + inner + (element.get("alt") or "")).strip()


def silent(tree: Element) -> Iterator[str]:
    """Links, buttons, headings and summaries that say nothing."""
    for element in each(tree, "a", "button", "summary", "label", "legend", "option", *HEADINGS):
        named = words(element) or element.get("aria-labelledby") or element.get("value")
        if not named and element.get("hidden") is None:
            yield f"says nothing: {element.tag} {dict(element.attrib)}"


def unlabelled(tree: Element) -> Iterator[str]:
    """Fields without a label of any kind, and pictures without words."""
    labelled = {label.get("for") for label in each(tree, "label")}
    held = {
        id(field) for label in each(tree, "label") for field in each(label, "input", "select", "textarea")
    }
    for field in each(tree, "input", "select", "textarea"):
        seen = field.tag != "input" or field.get("type", "text") in TYPED
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        if seen and not named and id(field) not in held:
            yield f"no label: {field.get('name')}"
    yield from (f"no alt: {image.get('src')}" for image in each(tree, "img") if image.get("alt") is None)


def headless(tree: Element) -> Iterator[str]:
    """Tables without headers."""
    for table in each(tree, "table"):
        if table.find(".//th") is None:
            yield "a table without headers"


def leaps(tree: Element) -> Iterator[str]:
    """Headings that leave a level out."""
    levels = [int(element.tag[1]) for element in each(tree, *HEADINGS)]
    yield from (f"h{upper} before h{lower}" for upper, lower in pairwise(levels) if lower > upper + 1)


ONLY = {"ul": {"li", "template"}, "ol": {"li", "template"}, "dl": {"dt", "dd", "div", "template"}}


def misplaced(tree: Element) -> Iterator[str]:
    """What stands where the content model has no place for it."""
    for parent in each(tree, *ONLY):
        yield from (f"{child.tag} in {parent.tag}" for child in parent if child.tag not in ONLY[parent.tag])
    for outer in each(tree, "a", "button", "label"):
        inside = {"a", "button"} if outer.tag != "label" else {"label"}
        yield from (f"{e.tag} in {outer.tag}" for e in outer.iter() if e is not outer and e.tag in inside)
    for line in each(tree, "p", "span", "h1", "h2", "h3", "button", "summary"):
        yield from (
            f"{e.tag} in {line.tag}" for e in each(line, "div", "ul", "ol", "dl", "table", "section", "form")
        )


CHECKS = (repeated, silent, unlabelled, headless, leaps, misplaced)
