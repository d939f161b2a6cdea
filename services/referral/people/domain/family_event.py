"""The kinds of things that happen to a family, for the timeline of its record."""

from shared.contracts.vocabulary import Code


class EventKind(Code):
    """In the order of a filter's list."""

    CONTACT = "contact", "Sessions and visits"
    SUPPORT = "support", "Changes of support"
    REVIEW = "review", "Reviews"
    UNDERSTANDING = "understanding", "Assessment and formulation"
    PLAN = "plan", "Plan and goals"
    MEASURE = "measure", "Measures"
    LIAISON = "liaison", "Liaison and attempts"
    RISK = "risk", "Risk notes"
    LETTER = "letter", "Letters"
    PAUSE = "pause", "Pauses"
    ENDING = "ending", "Hand-over and discharge"
