"""Everything is said in three languages: no message lacks a translation, and no page an English word."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from html.parser import HTMLParser

import pytest
from opencc import OpenCC
from sqlalchemy import select

from registry.config import ROOT
from registry.core.db import Base
from tests import catalogs
from tests.house.furnishing import FILE
from tests.house.walking import READ

VALUE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
HAN = re.compile("[㐀-鿿]+")
ALLOWED = ("简体中文", "繁體中文", "简", "繁", "网络专业委员会", "某研究所")
"""The names of the languages, and what samples keep enciphered."""
READERS = ("staff", "member", "auditor", "supervisor")
SPOKEN = {"aria-label", "title", "placeholder", "alt", "data-label"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_every_message_is_translated(language):
    catalog = catalogs.catalog(language)
    assert [text for text in catalogs.messages() if not (text in catalog and catalog[text].string)] == []


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
def test_a_translation_names_the_values_that_its_source_names(language):
    told = [(row.id, row.string) for row in catalogs.catalog(language) if row.id and row.string]
    assert [pair for pair in told if set(VALUE.findall(pair[0])) != set(VALUE.findall(pair[1]))] == []


class Reading(HTMLParser):
    """What people read on a page, without what is marked as being in another language."""

    def __init__(self):
        super().__init__()
        self.words, self._within = [], []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        silent = self._silent or (names.get("lang") or "").startswith("zh") or tag == "textarea"
        if not silent:
            self.words += [value for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self._within.append((tag, silent))

    def handle_endtag(self, tag):
        while self._within and self._within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._silent:
            self.words.append(data)

    @property
    def _silent(self):
        return bool(self._within and self._within[-1][1])


def written(session):
    """All that people have written: the rows of the database, the file that waits, and the titles of laws."""
    rows = (row for table in Base.metadata.sorted_tables for row in session.execute(select(table)))
    words = {str(value) for row in rows for value in row if value is not None and HAN.search(str(value))}
    laws = (
        tomllib.loads(path.read_text())
        for path in (ROOT / "registry" / "composition" / "packs").glob("*.toml")
    )
    sources = [
        str((pack["source"], [(rule.get("source"), rule.get("checked")) for rule in pack["rule"]]))
        for pack in laws
    ]
    examples = [row.string for row in catalogs.catalog("en") if row.id and HAN.search(row.string)]
    return "\n".join((*words, *examples, *sources, FILE.decode(), *ALLOWED))


@pytest.mark.of_pages
@pytest.mark.parametrize("place", READ, ids=str)
def test_an_english_page_says_nothing_chinese_but_what_people_wrote(place, sign_in, address, session, found):
    known = written(session)
    for reader in READERS:
        answer = sign_in(reader).get(address(place), headers={"Accept-Language": "en"}, follow_redirects=True)
        if answer.mimetype == "text/html":
            reading = Reading()
            reading.feed(answer.text)
            said = Counter(run for words in reading.words for run in HAN.findall(words))
            assert [run for run in said if run not in known] == [], reader


def test_traditional_chinese_is_written_in_its_own_characters():
    """Those of which a word may be written either way are left out."""
    either = set("秘准台床群里")
    to_traditional = OpenCC("s2t")
    words = {row.id: VALUE.sub("", row.string) for row in catalogs.catalog("zh_Hant") if row.id}
    simplified = {
        key: [sign for sign in text if to_traditional.convert(sign) != sign and sign not in either]
        for key, text in words.items()
    }
    assert {key: signs for key, signs in simplified.items() if signs} == {}
