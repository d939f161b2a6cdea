"""Parts of the families who wait that a team looks at by themselves: each is a filter."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement

from services.referral.database.tables import episode
from services.referral.staff.queries.asking import ListRules
from services.referral.support.queries.wait_columns import breach_on
from services.referral.team.domain.wait_clock import ClockRule
from services.referral.worklists.queries.need_columns import is_unbooked
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY


class WaitingPart(Code):
    OVER = "over", "Over target"
    SOON = "soon", "Over target in 7 days"
    BOOKING = "booking", "Nothing booked"
    LEAD = "no_lead", "No practitioner"


def parts_of_waiting(rules: ListRules, rule: ClockRule) -> Mapping[WaitingPart, ColumnElement[bool]]:
    """Whether a row's family is in each, of those for whom the clock runs; the row joins `episode` and `referral`."""
    over_on = breach_on(rule)
    return {
        WaitingPart.OVER: over_on <= TODAY,
        WaitingPart.SOON: (over_on > TODAY) & (over_on <= TODAY + rules.limits.ahead_days),
        WaitingPart.BOOKING: is_unbooked(),
        WaitingPart.LEAD: episode.c.lead_id.is_(None),
    }
