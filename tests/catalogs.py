"""What the product says, and its catalogs of translations; `python -m tests.catalogs` brings them up to date.

Sentences that are put together far from the reader (`f"{n} 人，缺 {lacking}"`) stand in the catalogs as
`%(n)s 人，缺 %(lacking)s`; `registry/web/languages.py` knows them again by that.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = ROOT / "registry" / "translations"
LANGUAGES = ("zh_Hant", "en")
HAN = re.compile("[㐀-鿿]")
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "RuleBroken": (1,),
    "Sentence": (1,),
}
# What reads Chinese, writes files in Chinese, or speaks to the shell says nothing to the reader of a page.
UNSAID = re.compile(
    "demo/|migrations/|cli.py|mail/commands.py|core/(text|numerals|strokes|typed_dates|regions).py|exports/(lists/|workbook|keys)|"
    "exchange/(reading/(compounds|groups|texts|parsing/drawn)|judging/places|packing)|lists/reading|people/former|"
    "printing/word|accounts/browsers|web/(languages|recognising)"
)
# Kinds of problems, from whose sentences `exchange/packing.py` leaves out who is meant.
SHORTENED = (
    "名册里已有同名的人",
    "名册里已有同名且出生日期相同的人",
    "请补上会员编号、证件号码或出生日期，以便断定是不是同一人",
)
_PATTERN = re.compile(r"[\\\[\]|^]|\(\?")
_METHODS = {
    "compile",
    "removesuffix",
    "removeprefix",
    "startswith",
    "endswith",
    "replace",
    "strip",
    "split",
    "sub",
    "count",
    "frozenset",
}


def messages() -> dict[str, set[str]]:
    """Every message with the files that say it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "registry").rglob("*.py")):
        for text in _of_code(path):
            found.setdefault(text, set()).add(str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        with path.open("rb") as source:
            for _line, _function, text, _comments in babel_extract(source, ("_", "gettext"), (), {}):
                found.setdefault(text if isinstance(text, str) else (text or ("",))[0] or "", set()).add(
                    str(path.relative_to(ROOT))
                )
    for path, texts in _of_tables():
        for text in texts:
            found.setdefault(text, set()).add(str(path.relative_to(ROOT)))
    found.update({text: {"registry/exchange/packing.py"} for text in SHORTENED})
    return {text: places for text, places in found.items() if HAN.search(text)}


def _of_code(path: Path) -> Iterator[str]:
    source = path.read_bytes()
    for _line, _function, text, _comments in extract_python(io.BytesIO(source), KEYWORDS, (), {}):
        yield from [text] if isinstance(text, str) else [part for part in (text or ())[:1] if part]
    if not UNSAID.search(path.relative_to(ROOT / "registry").as_posix()):
        yield from _plain(ast.parse(source))


def _plain(node: ast.AST) -> Iterator[str]:
    """Sentences outside the calls that translate; neither docstrings nor what is compared or matched."""
    if _silent(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _said(node.value)
    if isinstance(node, ast.JoinedStr):
        yield from _said(template(node))
    parts = [
        part
        for part in ast.iter_child_nodes(node)
        if not isinstance(node, ast.JoinedStr) or isinstance(part, ast.FormattedValue)
    ]
    for part in parts:
        yield from _plain(part)


def _silent(node: ast.AST) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    called = isinstance(node, ast.Call) and _named(node.func) in {*KEYWORDS, *_METHODS}
    return docstring or called or isinstance(node, ast.Compare | ast.Set)


def _said(text: str) -> Iterator[str]:
    if HAN.search(re.sub(r"%\(\w+\)s", "", text)) and not _PATTERN.search(text):
        yield text


def _named(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")


def template(node: ast.JoinedStr) -> str:
    """The sentence with a name for each of its values."""
    words: list[str] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            words.append(str(part.value).replace("%", "%%"))
        else:
            assert isinstance(part, ast.FormattedValue)
            name = re.sub(r"\W+", "_", ast.unparse(part.value)).strip("_").lower()[-24:].strip("_")
            words.append(f"%({name})s")
    return "".join(words)


def _of_tables() -> Iterator[tuple[Path, list[str]]]:
    registry = ROOT / "registry"
    for path in sorted((registry / "core" / "codes").glob("*.json")):
        if path.stem != "readings":
            yield path, list(_of_codes(json.loads(path.read_text(encoding="utf-8"))))
    words = registry / "journal" / "words.json"
    yield words, list(_strings(json.loads(words.read_text(encoding="utf-8"))))
    for path in sorted((registry / "composition" / "packs").glob("*.toml")):
        yield path, list(_of_pack(tomllib.loads(path.read_text(encoding="utf-8"))))


def _of_codes(table: dict[str, Any]) -> Iterator[str]:
    yield table["title"]
    if "renamed" in table:
        yield from table["renamed"].values()
    else:
        yield from (names[0] for names in table["entries"].values())


def _of_pack(pack: dict[str, Any]) -> Iterator[str]:
    for rule in pack["rule"]:
        yield from (rule["title"], rule["statement"], *rule.get("labels", {}).values())


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for part in content.values():
            yield from _strings(part)
    elif isinstance(content, list):
        for part in content:
            yield from _strings(part)


def path_of(language: str) -> Path:
    """Where the catalog of the language is kept."""
    return CATALOGS / language / "LC_MESSAGES" / "messages.po"


def catalog(language: str) -> Catalog:
    """The catalog as it stands."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def update(language: str) -> None:
    """Take in what is new, and leave out what is no longer said."""
    old, new = catalog(language), Catalog(locale=language, fuzzy=False)
    for text, places in sorted(messages().items(), key=lambda pair: (min(pair[1]), pair[0])):
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(place, 0) for place in sorted(places)])
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    with path_of(language).open("wb") as target:
        write_po(target, new, width=0, omit_header=False, include_lineno=False)


if __name__ == "__main__":
    for known in LANGUAGES:
        update(known)
