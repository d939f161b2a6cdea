"""What each entry of this service's audit trail says was done."""

from shared.staff.audit_words import OURS

ACTIONS = {
    **OURS,
    "people.export": "Downloaded the people",
    "people.read": "Looked at the people",
}
