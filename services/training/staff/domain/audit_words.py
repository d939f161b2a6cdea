"""What each entry of this service's audit trail says was done."""

from shared.staff.audit_words import OURS

ACTIONS = {
    **OURS,
    "booking.open_link": "Opened their booking by its link",
    "booking.read": "Looked at a booking",
    "cohort.call_off": "Called a course off",
    "cohort.change": "Changed a cohort",
    "cohort.open": "Opened the form of a cohort",
    "cohort.plan": "Planned a cohort",
    "cohort.read": "Looked at a cohort",
    "cohorts.export": "Downloaded the cohorts",
    "cohorts.read": "Looked at the cohorts",
    "courses.read": "Looked at the courses",
    "people.export": "Downloaded the people",
    "people.read": "Looked at the people",
    "place.accept": "Said yes to a place",
    "place.book": "Asked for a place",
    "place.forget_needs": "Forgot what people needed on the day",
    "place.give_up": "Gave up a place, or the waiting list",
    "place.lapse": "A place that was held lapsed",
    "place.move": "Asked for other dates",
    "place.move_up": "Moved someone up the waiting list",
    "place.offer": "A free place was offered",
    "place.tell_needs": "Said what is needed on the day",
}
