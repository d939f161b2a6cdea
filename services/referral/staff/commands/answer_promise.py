"""Someone said that there is danger: what the team did about it."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.staff.database.open_promises import OpenPromises
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_REFERRAL
from services.referral.staff.domain.open_promise import check_promise_answer
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class AnswerPromise:
    promise_id: UUID
    spoken_with: str
    """Whom the actor spoke with, or tried to reach; stays in the team, as the next."""
    answer: str
    """What was done."""


async def answer_promise(command: AnswerPromise, work: TeamWork) -> None:
    """Publish PromiseKept.

    Raises:
        NotFound: this team has made no such promise.
        NotAllowed: the actor neither decides on referrals nor is among those who answer alarms.
        Conflict: it was answered before.
        RuleBroken: the answer says nothing.
    """
    if not work.team.is_alarmed(work.actor.roles):
        CAPABILITIES.check(work.actor.roles, DECIDE_REFERRAL)
    check_promise_answer(command.spoken_with, command.answer)
    promises = OpenPromises(work)
    one = await promises.get_to_change(command.promise_id)
    work.publish(one.keep(work.now), about=one)
    await promises.save_answer(one, command.spoken_with, command.answer)
    work.record("promise.answer", one.about)
