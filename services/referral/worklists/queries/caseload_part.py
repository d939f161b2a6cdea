"""Parts of the caseload that a practitioner looks at by themselves: each is a filter."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, FromClause

from services.referral.database.tables import episode
from services.referral.staff.queries.asking import ListRules
from services.referral.support.queries.wait_columns import breach_on, is_paused
from services.referral.worklists.queries.need_columns import is_unbooked, lacks_first_measure, seen_on
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.vocabulary import Code
from shared.database.built_once import TODAY

REVIEW_AHEAD_DAYS = 28


class CaseloadPart(Code):
    SAFETY = "safety", "Safety"
    WAIT = "wait", "Help not started in time"
    BOOKING = "booking", "Nothing booked"
    CONTACT = "contact", "Not seen for long"
    REVIEW = "review", "Review due in 4 weeks"
    MEASURE = "measure", "No first measure"


def parts_of_caseload(rules: ListRules, safety: FromClause) -> Mapping[CaseloadPart, ColumnElement[bool]]:
    """Whether a row's family is in each; the row joins `episode`, its `referral` and the families' safety tasks."""
    return {
        CaseloadPart.SAFETY: safety.c.safety_due_on.is_not(None),
        CaseloadPart.WAIT: breach_on(rules.waits[WaitClock.HELP_STARTED]) <= TODAY,
        CaseloadPart.BOOKING: is_unbooked(),
        CaseloadPart.CONTACT: is_quiet(rules),
        CaseloadPart.REVIEW: episode.c.review_on <= TODAY + REVIEW_AHEAD_DAYS,
        CaseloadPart.MEASURE: lacks_first_measure(),
    }


def is_quiet(rules: ListRules) -> ColumnElement[bool]:
    """Nobody has seen a row's family for longer than the team's limit, and the work is not paused."""
    return (seen_on() < TODAY - rules.limits.quiet_days) & ~is_paused()
