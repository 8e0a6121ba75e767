"""Certificates: what they tell is chosen, what they are worth the register says, anybody can check them."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pypdf import PdfReader

from registry.certificates import drawing, queries, witness
from registry.certificates.models import CertificateKind
from registry.certificates.services import Issue, Worth, issue, revoke, worth
from registry.core.errors import RuleBroken
from registry.memberships.models import EndReason
from registry.memberships.services import End, end
from tests.databases import TODAY

OWN = "/societies/bjcs/members/B00001/certificates/"


@pytest.fixture
def issued(session, cast):
    told = {"society": cast.society.name, "name": "王富", "number": "B00001"}
    row = issue(
        session,
        cast.society.id,
        Issue(CertificateKind.MEMBERSHIP, cast.wang.id, told, cast.wang_member.id),
        TODAY,
    )
    session.commit()
    return row


@pytest.fixture
def of_office(session, cast):
    told = {"society": cast.society.name, "name": "王富", "post": "理事"}
    row = issue(
        session,
        cast.society.id,
        Issue(CertificateKind.OFFICE, cast.wang.id, told, tenure_id=cast.director.id),
        TODAY,
    )
    session.commit()
    return row


def test_a_code_cannot_be_guessed_and_differs(session, cast, issued, of_office):
    assert re.fullmatch("[a-z2-7]{26}", issued.code)
    assert issued.code != of_office.code


def test_a_membership_that_goes_on_stands_and_one_that_ended_is_past(session, cast, issued):
    assert worth(session, issued, TODAY) is Worth.STANDS
    end(session, cast.wang_member, End(date(2026, 11, 1), EndReason.RESIGNED))
    session.commit()
    assert worth(session, issued, TODAY) is Worth.PAST


def test_an_office_that_ended_was_true(session, cast, of_office):
    assert worth(session, of_office, TODAY) is Worth.STANDS
    assert worth(session, of_office, date(2020, 1, 1)) is Worth.STANDS


def test_what_is_revoked_holds_no_longer_and_needs_a_reason(session, issued):
    with pytest.raises(RuleBroken):
        revoke(session, issued, " ", datetime.now(UTC))
    revoke(session, issued, "姓名有误", datetime.now(UTC))
    session.commit()
    assert worth(session, issued, TODAY) is Worth.REVOKED
    with pytest.raises(RuleBroken):
        revoke(session, issued, "再撤一次", datetime.now(UTC))


def test_the_signed_text_is_checked_with_the_public_key_alone(session, issued):
    vault = session.info["vault"]
    text = witness.text_of(vault, issued.code, issued.issued_on, issued.told)
    plain, _bar, signature = text.rpartition("|")
    key = load_pem_public_key(vault.public_key.encode())
    key.verify(urlsafe_b64decode(signature + "=="), re.sub(r"\s", "", plain).encode())
    assert witness.read(vault, text)[2]["name"] == "王富"


def test_lines_that_break_do_no_harm_and_a_changed_letter_does(session, issued):
    vault = session.info["vault"]
    text = witness.text_of(vault, issued.code, issued.issued_on, issued.told)
    broken = "\n".join(text[at : at + 20] for at in range(0, len(text), 20))
    assert witness.read(vault, f"  {broken}\n")[0] == issued.code
    for other in (text.replace("王富", "王贵"), text[:-1], "XHMC1|a|2026-01-01|name=x|", "", "|||", "中文|x"):
        assert witness.read(vault, other) is None


def test_a_member_chooses_what_is_told_and_fetches_the_paper(sign_in, session, cast):
    member = sign_in("member")
    page = member.get(f"{OWN}?facts=number&facts=since").text
    assert "draft.png?of=m" in page
    typed = {"of": f"m{cast.wang_member.id}", "facts": ["number", "since"]}
    done = member.post(OWN, data=typed, follow_redirects=True).text
    assert "证明已出具" in done
    row = queries.of_rows(session, cast.society.id, [cast.wang_member.id], [])[0]
    assert set(row.told) == {"society", "name", "number", "since"}
    answer = member.get(f"{OWN}{row.id}.pdf")
    text = "".join(part.extract_text() for part in PdfReader(BytesIO(answer.data)).pages)
    text = text.replace("\u200b", "")
    assert "会员证明" in text.replace(" ", "")
    assert "2010年5月4日" in text
    assert "汉族" not in text
    signed = text[text.index("XHMC1") : text.rindex("离线核验")]
    assert witness.read(session.info["vault"], signed) == (row.code, TODAY, row.told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh_Hans", ("会员证明", "王\u3000富", "2026年11月24日")),
        ("zh_Hant", ("會員證明", "茲證明", "2026年11月24日")),
        ("en", ("Certificate of membership", "Wang Fu 王富", "24 November 2026", "B00001")),
        (
            "both",
            ("会员证明", "Certificate of Membership", "王\u3000富 Wang Fu", "兹证明", "This is to certify"),
        ),
    ],
)
def test_it_is_fetched_in_every_language(sign_in, issued, language, said):
    answer = sign_in("member").get(f"{OWN}{issued.id}.pdf?language={language}")
    text = PdfReader(BytesIO(answer.data)).pages[0].extract_text().replace("\u200b", "")
    for words in said:
        assert "".join(words.split()) in "".join(text.split())


def test_an_office_is_certified_with_its_days(sign_in, session, cast):
    client = sign_in("staff")
    client.post(OWN, data={"of": f"o{cast.director.id}"})
    row = queries.of_rows(session, cast.society.id, [], [cast.director.id])[0]
    assert (row.told["post"], row.told["from"], row.told["to"]) == ("理事", "2023-05-01", "今")


def test_the_draft_is_a_picture(sign_in, cast):
    assert sign_in("member").get(f"{OWN}draft.png").data.startswith(b"\x89PNG")


def test_nobody_has_a_certificate_of_another(sign_in, issued, cast):
    assert sign_in("member").get("/societies/bjcs/members/B00003/certificates/").status_code == 403
    other = OWN.replace("B00001", "B00003")
    assert sign_in("staff").get(f"{other}{issued.id}.pdf").status_code == 404


def test_a_stranger_checks_a_code(client, session, issued):
    answer = client.get(f"/verify/{issued.code}")
    assert "有效" in answer.text
    assert "B00001" in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"/verify/{issued.code.upper()}").status_code == 200


def test_of_what_is_revoked_a_stranger_learns_nothing_more(sign_in, client, session, issued):
    sign_in("staff").post(f"{OWN}{issued.id}/revoke", data={"why": "姓名有误"})
    page = client.get(f"/verify/{issued.code}").text
    assert "已经撤回" in page
    assert "王富" not in page
    assert "姓名有误" not in page
    assert sign_in("staff").get(f"{OWN}{issued.id}.pdf").status_code == 404


def test_an_unknown_code_is_answered_in_the_same_words(client, cast):
    for path in ("/verify/nothing", f"/verify/{'a' * 26}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "查无此证" in answer.text


def test_the_signed_text_is_checked_on_the_page_too(client, app, session, issued):
    text = witness.text_of(session.info["vault"], issued.code, issued.issued_on, issued.told)
    assert "有效" in client.post("/verify/", data={"text": text}).text
    assert client.post("/verify/", data={"text": text.replace("王富", "王贵")}).status_code == 404
    assert "BEGIN PUBLIC KEY" in client.get("/verify/key").text


def test_both_codes_stand_on_the_paper(sign_in, app, session, issued):
    with app.test_request_context():
        told = drawing.data(
            "membership", issued.told, issued.issued_on, "https://x/verify/abc", "XHMC1|abc", draft=False
        )
    assert told["online"].startswith("<svg")
    assert told["online"] != told["offline"]
