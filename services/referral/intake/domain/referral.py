"""A referral: someone asks the team to help a family, and the team answers.

It has been received until it is decided; the decision itself is what makes it accepted or closed, so that a referral
cannot say one thing and be another.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referral.intake.domain.enquiry import Enquiry, ask, supply
from services.referral.intake.domain.referral_request import ReferralRequest, check_request
from services.referral.intake.domain.triage import (
    Acceptance,
    Closure,
    check_acceptance,
    check_closure,
    check_reopening,
    triage_wait,
)
from services.referral.people.domain.age import age_band, check_subject
from services.referral.staff.domain.capabilities import ASK_REFERRER, CAPABILITIES, DECIDE_REFERRAL
from shared.contracts.referral import (
    ReferralAccepted,
    ReferralClosed,
    ReferralCompleted,
    ReferralIncomplete,
    ReferralReceived,
    ReferralReopened,
)
from shared.contracts.vocabulary import (
    Code,
    Role,
    TriageOutcome,
    Urgency,
)
from shared.kernel.calendar import date_words
from shared.kernel.clock import london_date
from shared.kernel.errors import Conflict, RuleBroken


class ReferralState(Code):
    RECEIVED = "received", "Waiting for triage"
    INCOMPLETE = "incomplete", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    CLOSED = "closed", "Closed"


@dataclass
class Referral:
    """One referral of one team. Only triage changes it."""

    id: UUID
    reference: str
    request: ReferralRequest
    received_at: datetime
    """UTC."""
    decision: Acceptance | Closure | None = None
    family_id: UUID | None = None
    """Whose record it belongs to, once someone has said so; of a restricted one, even when it was opened again."""
    version: int = 0
    urgency: Urgency | None = None
    """Clinical priority, from when someone has set it."""
    enquiry: Enquiry | None = None
    """What triage asked for last."""
    reopened_on: date | None = None
    reopening: str | None = None
    """Why it was opened again."""

    @classmethod
    def receive(
        cls, referral_id: UUID, reference: str, request: ReferralRequest, received_at: datetime
    ) -> "tuple[Referral, ReferralReceived]":
        """A new referral, and the event that says so.

        Raises:
            RuleBroken: no reason, no way to reach anyone, or a date that cannot be right.
        """
        referral = cls(referral_id, reference, request, received_at)
        check_subject(request.subject, referral.received_on)
        check_request(request, referral.received_on)
        return referral, ReferralReceived(
            referral_id=referral_id,
            route=request.route,
            source_group=request.referrer.source_group,
            reasons=request.reasons,
            age_band=age_band(request.subject, referral.received_on),
            has_nhs_number=request.nhs_number is not None,
            received_on=referral.received_on,
        )

    @property
    def received_on(self) -> date:
        """The day of receipt in Europe/London; every wait counts from it."""
        return london_date(self.received_at)

    @property
    def state(self) -> ReferralState:
        match self.decision:
            case None:
                asked = self.enquiry is not None and self.enquiry.is_open
                return ReferralState.INCOMPLETE if asked else ReferralState.RECEIVED
            case Acceptance():
                return ReferralState.ACCEPTED
            case Closure():
                return ReferralState.CLOSED

    def accept(self, acceptance: Acceptance, roles: frozenset[Role], *, seen: int) -> ReferralAccepted:
        """The team will work with the family.

        Args:
            seen: version of the referral that the actor decided on.

        Raises:
            NotAllowed: the actor may not decide on referrals.
            Conflict: it was decided, or changed, since.
        """
        self._check_open(roles, seen)
        check_acceptance(acceptance)
        wait = triage_wait(self.received_on, acceptance.decided_on)
        self.decision, self.urgency = acceptance, acceptance.urgency
        return ReferralAccepted(
            referral_id=self.id,
            episode_id=acceptance.episode_id,
            urgency=acceptance.urgency,
            decided_on=acceptance.decided_on,
            triage_days=wait.days,
            triage_working_days=wait.working_days,
        )

    def close(self, closure: Closure, roles: frozenset[Role], *, seen: int) -> ReferralClosed:
        """The team answers with advice, another service or no.

        Args:
            seen: version of the referral that the actor decided on.

        Raises:
            NotAllowed: the actor may not decide on referrals.
            Conflict: it was decided, or changed, since.
            RuleBroken: nothing is said about what the referrer and the family were told.
        """
        self._check_open(roles, seen)
        check_closure(closure)
        if closure.outcome is TriageOutcome.RETURNED:
            self._check_may_be_returned()
        wait = triage_wait(self.received_on, closure.decided_on)
        self.decision, self.family_id = closure, closure.family_id or self.family_id
        return ReferralClosed(
            referral_id=self.id,
            outcome=closure.outcome,
            reason=closure.reason,
            decided_on=closure.decided_on,
            triage_days=wait.days,
            triage_working_days=wait.working_days,
        )

    def set_urgency(self, urgency: Urgency, roles: frozenset[Role], *, seen: int) -> None:
        """Say how soon it must be decided on. Raises as `accept`."""
        self._check_open(roles, seen)
        self.urgency = urgency

    def ask(
        self, asked_for: str, chase_on: date, roles: frozenset[Role], today: date, *, safety_worry: bool, seen: int
    ) -> ReferralIncomplete:
        """Request more information; the wait goes on from the first receipt.

        Raises:
            NotAllowed: the actor does not work in the team.
            Conflict: it was decided, or changed, since.
            RuleBroken: it is not said what is missing, or the day to ask again is wrong.
        """
        CAPABILITIES.check(roles, ASK_REFERRER)
        self._check_undecided(seen)
        worry, is_asked_again = safety_worry or self.request.in_danger, self.enquiry is not None
        self.enquiry = ask(self.enquiry, asked_for, chase_on, today, safety_worry=worry)
        return ReferralIncomplete(
            referral_id=self.id, asked_on=today, received_on=self.received_on, is_asked_again=is_asked_again
        )

    def supply(self, supplied: str, roles: frozenset[Role], today: date, *, seen: int) -> ReferralCompleted:
        """What was asked for has come. Raises as `ask`."""
        CAPABILITIES.check(roles, ASK_REFERRER)
        self._check_undecided(seen)
        self.enquiry = supply(self.enquiry, supplied, today)
        return ReferralCompleted(referral_id=self.id, completed_on=today)

    def reopen(
        self, reason: str, roles: frozenset[Role], today: date, *, seen: int, stays_with_family: bool = False
    ) -> ReferralReopened:
        """Open a closed referral again; it keeps its first receipt.

        Args:
            stays_with_family: it belongs to the record to which it was added until someone accepts it.

        Raises:
            NotAllowed: the actor may not decide on referrals.
            Conflict: it was changed since.
            RuleBroken: it is not closed, or was closed too long ago.
        """
        CAPABILITIES.check(roles, DECIDE_REFERRAL)
        check_reopening(self.decision, reason, today)
        self._check_seen(seen)
        self.decision = None
        if not stays_with_family:
            self.family_id = None
        self.reopened_on, self.reopening = today, reason
        return ReferralReopened(referral_id=self.id, reopened_on=today)

    @property
    def safety_worry(self) -> bool:
        """Whoever referred the family, or triage, fears for someone's safety."""
        return self.request.in_danger or (self.enquiry is not None and self.enquiry.safety_worry)

    def _check_may_be_returned(self) -> None:
        if self.enquiry is None or not self.enquiry.may_be_returned:
            raise RuleBroken(
                "return_early",
                "A referral is returned only when the referrer was asked again twice, and never while there is a worry "
                "about someone's safety.",
                field="outcome",
            )

    def _check_open(self, roles: frozenset[Role], seen: int) -> None:
        CAPABILITIES.check(roles, DECIDE_REFERRAL)
        self._check_undecided(seen)

    def _check_undecided(self, seen: int) -> None:
        if self.decision is not None:
            on = date_words(self.decision.decided_on)
            raise Conflict("referral_decided", f"This referral was {self.state.inside} on {on}. {_NOTHING}")
        self._check_seen(seen)

    def _check_seen(self, seen: int) -> None:
        if seen != self.version:
            raise Conflict("referral_changed", f"This referral was changed while you had the page open. {_NOTHING}")


_NOTHING = "Nothing that you entered was saved."
