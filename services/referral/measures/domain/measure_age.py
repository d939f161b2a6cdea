"""Whether a measure was made for a baby or a parent of that age. It warns: care never waits for a measure."""

from services.referral.measures.domain.measure import AgeWindow


def baby_warning(window: AgeWindow | None, months: int | None) -> str:
    """A sentence when the measure was not made for such a baby, else nothing.

    Args:
        months: completed months; None before birth.
    """
    if window is None:
        return ""
    if months is None:
        return "" if window.in_pregnancy else "This form is for after the birth."
    if (window.baby_from_months or 0) <= months < (window.baby_until_months or months + 1):
        return ""
    return f"This form is for babies {_months_in_words(window)}."


def respondent_warning(window: AgeWindow | None, years: int | None) -> str:
    """A sentence when the measure was not made for someone so young, else nothing.

    Args:
        years: completed years; None when not known.
    """
    if window is None or years is None or years >= (window.respondent_from_years or 0):
        return ""
    return f"This form is for people aged {window.respondent_from_years} or older."


def _months_in_words(window: AgeWindow) -> str:
    if window.baby_until_months is None:
        return f"from {window.baby_from_months} months"
    return f"from {window.baby_from_months or 0} months to under {window.baby_until_months} months"
