"""Record a review with a family, and set the next one."""

from dataclasses import dataclass

from services.referral.support.database.endings import Endings
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.clinical_rule import check_seen
from services.referral.support.domain.review import Review
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class HoldReview:
    seen: int
    """Version of the episode on the page."""
    review: Review
    """Its id is made when the page is opened."""


async def hold_review(command: HoldReview, work: UnitOfWork) -> None:
    """Publish ReviewCompleted with the days beyond the date that had been set.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: the work ended, or was changed after the page was opened.
        RuleBroken: something is not written, or a day is wrong.
    """
    episodes = Episodes(work)
    episode = await episodes.get_to_change(command.review.episode_id)
    check_seen(episode.version, command.seen)
    was_due_on = episode.review_on
    work.publish(episode.review(command.review, work.actor.roles, work.today), about=episode)
    await episodes.save_review(episode)
    await Endings(work).add_review(command.review, was_due_on, work)
    work.record("review.hold", episode.family_id)
