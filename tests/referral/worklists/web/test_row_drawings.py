"""What the rows of a list draw of a family, and say in words."""

from datetime import date
from decimal import Decimal

import pytest

from services.referral.measures.domain.measure import Respondent
from services.referral.measures.domain.measure_pair import Series, Taken
from services.referral.measures.packs.measures import MEASURES
from services.referral.team.domain.wait_clock import Wait, WaitState
from services.referral.team.domain.wait_count import Count
from services.referral.worklists.web.row_drawings import (
    ScoreLine,
    contact_words,
    contacts_drawn,
    score_drawn,
    score_line,
    wait_cell,
    wait_words,
)
from shared.contracts.pathway_codes import Attendance, WaitClock
from shared.kernel.identifiers import new_id

USUAL = ("EPDS", "KPCS")


def scored(*scores: int, code: str = "EPDS", days_apart: int = 10, version: str = "1") -> ScoreLine | None:
    series = Series(code, version, "", Respondent.CAREGIVER, new_id(), None)
    scale = MEASURES[code].scales[0].code
    taken = [
        Taken(new_id(), series, date.fromordinal(739_000 + days_apart * place), {scale: Decimal(score)})
        for place, score in enumerate(scores)
    ]
    return score_line(taken, USUAL, MEASURES)


def waited(days: int, state: WaitState = WaitState.RUNNING) -> Wait:
    count = Count(days, 28, date(2026, 3, 30), date(2026, 3, 29))
    return Wait(WaitClock.HELP_STARTED, state, 28, in_working_days=False, gross=count, adjusted=count)


@pytest.mark.parametrize(
    ("scores", "sign", "manner"),
    [
        ((20, 18, 9), "▼", "pairs-better"),
        ((9, 12, 20), "▲", "pairs-worse"),
        ((15, 16, 14), "", ""),
        ((13,), "", ""),
    ],
    ids=["reliably better", "reliably worse", "within the measure's own noise", "one score"],
)
def test_a_score_has_an_arrow_only_where_its_change_is_reliable(
    scores: tuple[int, ...], sign: str, manner: str
) -> None:
    drawn = score_drawn(scored(*scores), "EPDS")

    assert [one for one in "▲▼" if one in drawn] == list(sign)
    assert f'class="{manner}"' in drawn
    assert f"{scores[-1]}" in drawn


def test_an_arrow_says_up_or_down_and_its_colour_better_or_worse() -> None:
    drawn = score_drawn(scored(20, 45, code="KPCS", days_apart=14), "KPCS")

    assert "▲" in drawn
    assert "pairs-better" in drawn


def test_scores_that_are_less_than_14_days_apart_are_not_compared() -> None:
    assert "▲" not in score_drawn(scored(5, 20, days_apart=13), "EPDS")


def test_the_drawing_says_the_scores_and_what_their_change_means() -> None:
    assert 'aria-label="EPDS 9, 12, 20: reliable deterioration"' in score_drawn(scored(9, 12, 20), "EPDS")


def test_another_measure_than_the_columns_is_named_beside_its_score() -> None:
    assert "KPCS</span>" in score_drawn(scored(40, code="KPCS"), "EPDS")
    assert "EPDS</span>" not in score_drawn(scored(12), "EPDS")


def test_a_score_by_another_version_is_shown_and_not_compared() -> None:
    drawn = score_drawn(scored(9, 25, version="0"), "EPDS")

    assert "25" in drawn
    assert "<svg" not in drawn
    assert "▲" not in drawn


def test_a_family_without_a_score_has_an_empty_cell() -> None:
    assert not score_drawn(None, "EPDS")


def test_the_last_contacts_are_drawn_and_counted_in_words() -> None:
    contacts = [Attendance.ATTENDED, Attendance.CANCELLED_BY_SERVICE, Attendance.NO_ACCESS, Attendance.ATTENDED]

    assert contact_words(contacts) == "2 attended, 1 cancelled, 1 missed"
    assert 'aria-label="Oldest first: 2 attended, 1 cancelled, 1 missed"' in contacts_drawn(contacts)
    assert not contacts_drawn([])


@pytest.mark.parametrize("attendance", list(Attendance))
def test_whatever_became_of_a_contact_has_a_sign_of_its_own(attendance: Attendance) -> None:
    assert contact_words([attendance])


def test_a_wait_says_how_long_it_is_until_help_starts_and_then_how_long_it_was() -> None:
    assert wait_words(waited(150)) == "150 of 28 days"
    assert wait_words(waited(21, WaitState.STOPPED)) == "started day 21"


@pytest.mark.parametrize(
    ("wait", "colour"),
    [
        (waited(21), "d-ok"),
        (waited(22), "d-near"),
        (waited(28), "d-near"),
        (waited(29), "d-late"),
        (waited(27, WaitState.STOPPED), "d-ok"),
        (waited(40, WaitState.STOPPED), "d-late"),
    ],
    ids=["a week left", "less than a week left", "the last day", "over it", "started in time", "started late"],
)
def test_a_wait_is_coloured_by_how_it_stands_to_its_target(wait: Wait, colour: str) -> None:
    assert f'class="{colour}"' in wait_cell(wait)
    assert ("over target" in wait_cell(wait)) == wait.breached
