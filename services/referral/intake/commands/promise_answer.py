"""Keep what the last page of the public form promises to whoever sent it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.intake.domain.promise import promised
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class PromiseAnswer:
    about: UUID
    """The referral, or the number that was left."""
    in_danger: bool


async def promise_answer(command: PromiseAnswer, work: TeamWork) -> None:
    """By when it is read and answered, or by when one of the team is in touch because of danger; published."""
    team = work.team
    dues = promised(work.now, team.answers_within, team.hours, in_danger=command.in_danger)
    for kind, due_at in dues.items():
        await make_promise(MakePromise(kind, due_at, command.about), work)
