"""What a team's referral service reckons when a month is over: how many there are, which no single event says.

One about the same month takes the place of the one before: late and corrected records change what is told of the last
twelve months. Source: reference 7.1 and 9.2.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.event import Event, Month, RegionEvent
from shared.contracts.referral import WaitDays
from shared.contracts.region import Bucket, in_buckets
from shared.contracts.regional_codes import WaitBand, wait_band

Families = Annotated[int, Field(ge=0, le=100_000)]
Fields = Annotated[int, Field(ge=0, le=1_000_000)]
Percent = Annotated[int, Field(ge=0, le=100)]

LEAST_WAITING = 5
LEAST_ANSWERS = 5
"""Of fewer, a longest wait or a mean would be that of one family, or close to it."""


class CaseloadReckoned(Event):
    """Families of the team on the last day of a month."""

    type: ClassVar[str] = "uk.pairs.caseload.reckoned.v1"

    month: Month
    waiting: Families
    """Referred and not yet met, decided or not."""
    waiting_over_28_days: Families
    longest_wait: WaitDays
    open_universal: Families
    """By the tier at which they were; together all with whom the team works."""
    open_targeted: Families
    open_specialist: Families
    open_risk: Families
    reviews_overdue: Families
    with_dad: Families
    """Open families with a dad or partner whom it is safe to contact; the next two are among them."""
    dads_invited: Families
    dads_met: Families
    """He came to a contact at least once."""
    looked_after: Families
    """Open families with a baby who is looked after or on a child protection plan."""
    fields_required: Fields
    """What must be on record of the open families, and how much of it is."""
    fields_complete: Fields

    def for_region(self) -> "RegionalCaseloadReckoned":
        same = self.model_dump(exclude={"longest_wait", "looked_after"})
        has_enough = self.waiting >= LEAST_WAITING
        return RegionalCaseloadReckoned(
            **same,
            longest_wait=wait_band(self.longest_wait) if has_enough else None,
            looked_after=in_buckets(self.looked_after),
        )


class RegionalCaseloadReckoned(RegionEvent):
    """How many families a team has. Private enough: counts of a whole team on one day of a month.

    The longest wait is a band, and none where fewer than 5 wait; babies who are looked after are counted in fives.
    """

    type: ClassVar[str] = "uk.pairs.regional.caseload_reckoned.v1"

    month: Month
    waiting: Families
    waiting_over_28_days: Families
    longest_wait: WaitBand | None
    open_universal: Families
    open_targeted: Families
    open_specialist: Families
    open_risk: Families
    reviews_overdue: Families
    with_dad: Families
    dads_invited: Families
    dads_met: Families
    looked_after: Bucket
    fields_required: Fields
    fields_complete: Fields


class ExperienceReckoned(Event):
    """What parents and carers said of the help in a month, by the Experience of Service Questionnaire."""

    type: ClassVar[str] = "uk.pairs.experience.reckoned.v1"

    month: Month
    asked: Families
    """Links that were sent in the month, and answers that came without one."""
    answered: Families
    certainly_true: Percent
    """The mean of the shares of answers that are "certainly true"; 0 where nobody answered."""

    def for_region(self) -> "RegionalExperienceReckoned":
        has_enough = self.answered >= LEAST_ANSWERS
        return RegionalExperienceReckoned(
            month=self.month,
            asked=self.asked,
            answered=self.answered,
            certainly_true=self.certainly_true if has_enough else None,
        )


class RegionalExperienceReckoned(RegionEvent):
    """What families think of a team. Private enough: a mean of five answers or more, and no single one."""

    type: ClassVar[str] = "uk.pairs.regional.experience_reckoned.v1"

    month: Month
    asked: Families
    answered: Families
    certainly_true: Percent | None
    """None where fewer than 5 answered."""
