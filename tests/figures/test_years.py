"""From spells to years: who was there, who came and went, and what is to come."""

from __future__ import annotations

from registry.figures.years import yearly


def rows(years):
    return {row.year: (row.members, row.joined, row.gone, row.moved) for row in years}


def test_members_are_those_who_came_less_those_who_left():
    begun = [(2019, 0, 5), (2021, 0, 2)]
    ended = [(2020, 0, "resigned", 1), (2021, 0, "died", 1), (2021, 0, None, 1)]
    years = yearly(begun, ended, [], 2022, ahead=True)
    assert rows(years) == {2019: (5, 5, 0, 0), 2020: (4, 0, 1, 0), 2021: (4, 2, 2, 0), 2022: (4, 0, 0, 0)}
    assert years[2].left == {"died": 1, "resigned": 1}


def test_a_spell_that_goes_on_in_another_is_a_move():
    years = yearly([(2019, 0, 5), (2021, 0, 3)], [(2021, 0, "changed", 2)], [(2021, 0, 3)], 2021, ahead=True)
    assert rows(years)[2021] == (6, 0, 0, 1)


def test_earlier_years_than_are_shown_count_into_the_first():
    years = yearly([(1990, 0, 7), (2020, 0, 1)], [(1995, 0, "died", 2)], [], 2021, ahead=True)
    assert [row.year for row in years] == list(range(2012, 2022))
    assert years[0].members == 5
    assert years[-1].members == 6


def test_what_is_to_come_changes_no_number_of_members():
    begun, ended = [(2021, 0, 4), (2021, 1, 1), (2023, 1, 2)], [(2022, 1, "resigned", 3), (2040, 1, None, 9)]
    years = yearly(begun, ended, [], 2021, ahead=True)
    assert [(row.year, row.members, row.joining, row.leaving) for row in years] == [
        (2021, 4, 1, 0),
        (2022, 4, 0, 3),
        (2023, 4, 2, 0),
    ]


def test_of_a_day_gone_by_nothing_to_come_is_told():
    years = yearly([(2020, 0, 4), (2021, 1, 1)], [], [], 2020, ahead=False)
    assert [(row.year, row.joining) for row in years] == [(2020, 0)]


def test_where_nothing_ever_was_the_year_itself_stands_alone():
    assert rows(yearly([], [], [], 2021, ahead=True)) == {2021: (0, 0, 0, 0)}
