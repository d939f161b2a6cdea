from datetime import UTC, date, datetime, time

from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.intake.database.promises import Promises
from services.referral.intake.domain.promise import danger_answered_by, heard_by, read_by
from services.referral.team.domain.opening_hours import OpeningHours
from shared.contracts.pathway_codes import PromiseKind
from shared.kernel.actor import public_form
from shared.kernel.calendar import moment_words
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam

HOURS = OpeningHours(time(9), time(17))
AT_NIGHT = datetime(2026, 11, 26, 3, 12, tzinfo=UTC)


def test_who_says_at_night_that_there_is_danger_is_promised_an_answer_an_hour_after_the_team_opens() -> None:
    assert moment_words(danger_answered_by(AT_NIGHT, HOURS)) == "26 November 2026, 10:00am"


def test_a_referral_of_thursday_is_read_by_the_next_thursday_and_heard_of_on_the_friday() -> None:
    assert read_by(date(2026, 11, 26), 5, HOURS).date() == date(2026, 12, 3)
    assert moment_words(heard_by(date(2026, 11, 26), 5, HOURS)) == "4 December 2026, 5:00pm"


async def test_a_promise_is_kept_with_the_moment_that_the_page_showed_and_the_team_hears_of_it(team: ATeam) -> None:
    due_at, about = danger_answered_by(AT_NIGHT, HOURS), new_id()

    async with team.begin(public_form()) as work:
        promise_id = await make_promise(MakePromise(PromiseKind.DANGER_SAID, due_at, about), work)

    async with team.begin(public_form()) as work:
        (kept,) = await Promises(work).about(about)
    assert (kept.id, kept.kind, kept.due_at, kept.version) == (promise_id, PromiseKind.DANGER_SAID, due_at, 1)
    assert (await team.published())[-1] == (
        "uk.pairs.promise.made.v1",
        {
            "promise_id": str(promise_id),
            "about_id": str(about),
            "kind": "danger_said",
            "until_on": "2026-11-26",
            "until_minute": 600,
        },
    )


async def test_what_is_promised_again_stands_as_it_was_promised_first(team: ATeam) -> None:
    about, later = new_id(), datetime(2026, 11, 30, 10, 0, tzinfo=UTC)

    async with team.begin(public_form()) as work:
        first = await make_promise(MakePromise(PromiseKind.DANGER_SAID, AT_NIGHT, about), work)
        again = await make_promise(MakePromise(PromiseKind.DANGER_SAID, later, about), work)

    assert first is not None
    assert again is None
    async with team.begin(public_form()) as work:
        assert [one.due_at for one in await Promises(work).about(about)] == [AT_NIGHT]
