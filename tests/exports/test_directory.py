"""A list for members holds of each only what they chose to show."""

from __future__ import annotations

import pytest

from registry.consents.queries import standings
from registry.consents.services import decide


@pytest.fixture
def agreed(session, cast):
    """Wang shows the telephone, Ouyang did and took it back."""
    for person, said in ((cast.wang, [True]), (cast.ouyang, [True, False])):
        for given in said:
            asked = standings(session, cast.society.id, [person.id])[0]
            decide(session, cast.society.id, person.id, asked, given=given, paper=None, facts=["phone"])
            session.commit()


@pytest.mark.usefixtures("agreed")
def test_what_somebody_did_not_choose_is_left_empty(sign_in):
    text = sign_in("staff").get("/societies/bjcs/members/export.csv?set=all&directory=yes").text
    assert "13800000001" in text
    assert "欧阳晓月" in text
    for kept in ("wang@example.cn", "北京星河大学", "燕山计算研究所"):
        assert kept not in text
    for contact in ("13800000003", "mary@example.org", "+852 2345 6789"):
        assert contact not in text


@pytest.mark.usefixtures("agreed")
def test_for_the_office_it_is_all_there(sign_in):
    assert "13800000003" in sign_in("staff").get("/societies/bjcs/members/export.csv?set=all").text
