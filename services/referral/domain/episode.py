"""An episode: accepted work with one family, and the support that it gets."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.domain.tier import Opening, Support, TierMove, check_may_move, check_opening, check_tier_move
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, TierChanged
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict


@dataclass
class Episode:
    """Only `move_tier` changes it; its earlier support stays in the tier history."""

    id: UUID
    referral_id: UUID
    family_id: UUID
    opened_on: date
    support: Support
    support_from: date
    """The day on which the present support began."""
    review_on: date | None
    """None when support has ended."""
    version: int = 0

    @classmethod
    def open(
        cls, accepted: ReferralAccepted, family_id: UUID, opening: Opening, roles: frozenset[Role], today: date
    ) -> "tuple[Episode, EpisodeOpened]":
        """Work with a family begins on the day of the decision.

        Raises:
            NotAllowed: the actor may not decide on this support.
            RuleBroken: the pathway forbids it, or a date is wrong.
        """
        opened_on, support = accepted.decided_on, opening.support
        check_opening(opening, roles, today)
        episode_id, referral_id = accepted.episode_id, accepted.referral_id
        return cls(episode_id, referral_id, family_id, opened_on, support, opened_on, opening.review_on), EpisodeOpened(
            episode_id=episode_id,
            referral_id=referral_id,
            level=support.level,
            risk_support=support.risk_support,
            direct_work=support.direct_work,
            opened_on=opened_on,
            review_on=opening.review_on,
        )

    def move_tier(self, move: TierMove, roles: frozenset[Role], today: date, *, seen: int) -> TierChanged:
        """Change the family's support.

        Args:
            seen: version of the episode that the actor decided on.

        Raises:
            NotAllowed: the move is not this actor's to decide.
            Conflict: the family was moved since.
            RuleBroken: the pathway forbids the move, or evidence is missing.
        """
        check_may_move(roles)
        self._check_seen(seen)
        check_tier_move(self.support, move, roles, self.support_from, today)
        before, self.support = self.support, move.to
        self.support_from, self.review_on = move.effective_from, move.review_on
        return TierChanged(
            episode_id=self.id,
            from_level=before.level,
            from_risk_support=before.risk_support,
            from_direct_work=before.direct_work,
            to_level=move.to.level,
            to_risk_support=move.to.risk_support,
            to_direct_work=move.to.direct_work,
            effective_from=move.effective_from,
            reason=move.reason,
            family_agreement=move.family_agreement,
            review_on=move.review_on,
        )

    def _check_seen(self, seen: int) -> None:
        if seen != self.version:
            raise Conflict(
                "episode_changed",
                f"Somebody moved this family to {self.support.in_words()} from {date_words(self.support_from)} "
                "while you had the page open. Nothing that you entered was stored: compare, and decide again.",
            )
