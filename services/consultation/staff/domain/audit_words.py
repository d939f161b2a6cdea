"""What each entry of this service's audit trail says was done."""

from shared.staff.audit_words import OURS

ACTIONS = {
    **OURS,
    "consultation.identify": "Linked a consultation to a family",
    "consultation.log": "Logged a consultation",
    "consultation.read": "Looked at a consultation",
    "consultation.want_referral": "Asked for a referral after a consultation",
    "consultation.withdraw": "Withdrew a consultation",
    "consultations.export": "Downloaded the consultations",
    "consultations.read": "Looked at the consultations",
    "diary.export": "Downloaded the diary",
    "diary.read": "Looked at the diary",
    "evaluation.answer": "Said whether a consultation helped",
    "evaluation.ask": "Asked whether a consultation helped",
    "log.open": "Began to log a consultation",
    "meeting.book": "Booked a place in a meeting",
    "meeting.cancel": "Cancelled a meeting",
    "meeting.mark": "Marked who came to a meeting",
    "meeting.plan": "Planned a meeting",
    "meeting.read": "Looked at the register of a meeting",
    "organisation.add": "Added an organisation",
    "organisation.close": "Closed an organisation",
    "organisation.open": "Opened a form about organisations",
    "organisations.export": "Downloaded the organisations",
    "organisations.read": "Looked at the organisations",
}
