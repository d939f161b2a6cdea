from services.referral.intake.commands.promise_answer import PromiseAnswer, promise_answer
from services.referral.intake.database.promises import Promises
from shared.kernel.actor import public_form
from shared.kernel.calendar import moment_words
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam


async def promised(team: ATeam, *, in_danger: bool) -> list[tuple[str, str]]:
    about = new_id()
    for _ in range(2):
        async with team.begin(public_form()) as work:
            await promise_answer(PromiseAnswer(about, in_danger), work)
    async with team.begin(public_form()) as work:
        return [(one.kind, moment_words(one.due_at)) for one in await Promises(work).about(about)]


async def test_whoever_sends_the_form_is_promised_that_it_is_read_and_answered(team: ATeam) -> None:
    assert await promised(team, in_danger=False) == [
        ("read_by", "9 March 2026, 5:00pm"),
        ("heard_by", "10 March 2026, 5:00pm"),
    ]


async def test_whoever_says_that_there_is_danger_is_promised_an_answer_within_an_open_hour(team: ATeam) -> None:
    assert await promised(team, in_danger=True) == [("danger_said", "2 March 2026, 11:30am")]
