"""An episode: accepted work with one family, the support that it gets, and its end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.domain.support import Support
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_SUPPORT
from services.referral.support.domain.ending import DEATHS, DischargeDetails, EndOfWork, check_discharge
from services.referral.support.domain.review import Review, suggested_review
from services.referral.support.domain.tier import Opening, TierMove, check_opening, check_tier_move, ends_support
from shared.contracts.ending import EpisodeDischarged
from shared.contracts.pathway import ReviewCompleted
from shared.contracts.pathway_codes import EpisodeEnding
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, TierChanged
from shared.contracts.vocabulary import FamilyAgreement, Level, Role, TierMoveReason
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict


@dataclass
class Episode:
    """Only its methods change it; its earlier support stays in the tier history."""

    id: UUID
    referral_id: UUID
    family_id: UUID
    opened_on: date
    support: Support
    support_from: date
    """The day on which the present support began."""
    review_on: date | None
    """None when support has ended."""
    ended_on: date | None = None
    ending: EpisodeEnding | None = None
    """Both are None while the work goes on."""
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
        CAPABILITIES.check(roles, DECIDE_SUPPORT)
        self._check_open()
        self._check_seen(seen)
        check_tier_move(self.support, move, roles, self.support_from, today)
        return self._changed(move)

    def _changed(self, move: TierMove) -> TierChanged:
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

    def review(self, review: Review, roles: frozenset[Role], today: date) -> ReviewCompleted:
        """The support was looked at and stays; raises as `Review.complete`, and RuleBroken when the work has ended."""
        self._check_open()
        completed = review.complete(self.support, self.review_on, self.opened_on, roles, today)
        self.review_on = review.next_review_on
        return completed

    def discharge(
        self, details: DischargeDetails, told: FamilyAgreement, work: EndOfWork, roles: frozenset[Role], today: date
    ) -> tuple[TierMove, TierChanged, EpisodeDischarged]:
        """The work ends, and with it the support.

        Raises:
            NotAllowed, RuleBroken: as `check_discharge`; the team lead ends specialist and risk support.
            Conflict: it has ended already.
        """
        self._check_open()
        if details.ending not in DEATHS:
            CAPABILITIES.check(roles, ends_support(self.support))
        check_discharge(details, work, roles, today)
        tier = self.support.tier
        move = TierMove(
            to=Support(Level.COMMUNITY, direct_work=False),
            effective_from=max(details.ended_on, self.support_from),
            reason=TierMoveReason.DISCHARGED,
            family_agreement=told,
            review_on=None,
        )
        changed = self._changed(move)
        self.ended_on, self.ending = details.ended_on, details.ending
        return (
            move,
            changed,
            EpisodeDischarged(
                episode_id=self.id,
                ended_on=details.ended_on,
                ending=details.ending,
                length_days=(details.ended_on - self.opened_on).days,
                attended_count=work.attended_count,
                has_paired_measure=work.has_paired_measure,
                has_infant_voice=bool(details.infant_voice.strip()),
                opened_on=self.opened_on,
                tier=tier,
            ),
        )

    def undo_discharge(self, before: Support, today: date) -> tuple[TierMove, TierChanged]:
        """The work goes on with the support that the family had.

        Args:
            before: the support until the discharge.
        """
        self.ended_on = self.ending = None
        move = TierMove(
            to=before,
            effective_from=max(today, self.support_from),
            reason=TierMoveReason.DISCHARGE_UNDONE,
            family_agreement=FamilyAgreement.NOT_YET_TOLD,
            review_on=suggested_review(before, today),
        )
        return move, self._changed(move)

    def _check_open(self) -> None:
        if self.ended_on is not None:
            raise Conflict(
                "episode_ended",
                f"The work with this family ended on {date_words(self.ended_on)}. Nothing that you entered was saved.",
            )

    def _check_seen(self, seen: int) -> None:
        if seen != self.version:
            raise Conflict(
                "episode_changed",
                f"Someone moved this family to {self.support.in_words()} from {date_words(self.support_from)} "
                "while you had the page open. Nothing that you entered was saved: compare, and decide again.",
            )
