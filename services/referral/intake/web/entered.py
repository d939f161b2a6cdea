"""What somebody entered, for the page that shows it beside what somebody else stored meanwhile."""

from datetime import date

from services.referral.intake.web.forms.decision import AcceptForm, CloseReferralForm
from shared.kernel.calendar import date_words

Entered = list[tuple[str, str]]
"""Question and answer."""


def entered_acceptance(form: AcceptForm) -> Entered:
    return [
        ("Decision", "Accept"),
        ("Urgency", form.urgency.label),
        ("Support", form.support.in_words()),
        ("Team discussion", _day(form.mdt_on)),
        ("First review", date_words(form.review_on)),
        ("How the family is kept safe while it waits", form.safe_wait_plan or "None"),
        ("Next contact while it waits", _day(form.waiting_well_on)),
    ]


def entered_closure(form: CloseReferralForm) -> Entered:
    return [
        ("Decision", form.outcome.label),
        ("Reason", form.reason.label),
        ("What people are told", form.explanation),
    ]


def _day(day: date | None) -> str:
    return date_words(day) if day else "None"
