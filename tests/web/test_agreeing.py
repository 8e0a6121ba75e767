"""In English words agree with their numbers, wherever a sentence is put together."""

from __future__ import annotations

import re

import pytest
from flask_babel import force_locale, gettext

from registry.core.sentences import Sentence
from registry.web.agreeing import agreed
from registry.web.languages import said
from registry.web.phrases import phrase
from tests import catalogs

COUNTED = re.compile(
    r"%\((?:n|m|many|days|rows|len_\w+)\)[sd] (?:more |unit |member )?"
    r"(?:people|members|lines|days|items|branches|units|offices|findings|columns|pairs|rules)\b"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 member¦members", "1 member"),
        ("0 member¦members", "0 members"),
        ("1,001 member¦members", "1,001 members"),
        ("21 member¦members", "21 members"),
        (
            "<b>1</b> person¦people has¦have left, 2 person¦people stays¦stay",
            "<b>1</b> person has left, 2 people stay",
        ),
        ("A ¦ B", "A ¦ B"),
    ],
)
def test_a_word_takes_the_form_of_the_number_before_it(text, found):
    assert agreed(text) == found


@pytest.mark.parametrize(("n", "words"), [(1, "1 applicant admitted"), (3, "3 applicants admitted")])
def test_so_it_is_however_the_sentence_is_put_together(app, n, words):
    text = "%(n)s 名申请人已入会"
    with app.test_request_context(), force_locale("en"):
        assert gettext(text, n=n) == words
        assert phrase(text, n=n) == words
        assert said(Sentence(text, n=n)) == words
        assert said(f"{n} 名申请人已入会") == words


def test_no_english_sentence_counts_in_the_plural_alone():
    assert [row.string for row in catalogs.catalog("en") if row.id and COUNTED.search(row.string)] == []


def test_a_name_is_not_taken_for_markup(app):
    with app.test_request_context(), force_locale("en"):
        assert "<b>" not in phrase("“%(tag)s”，%(n)s 人", tag="<b>", n=1)
