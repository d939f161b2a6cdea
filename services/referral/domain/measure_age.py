"""Whether a measure was made for a baby or a parent of that age. It warns: care never waits for a measure."""

from services.referral.domain.measure import AgeWindow


def age_warnings(window: AgeWindow | None, baby_months: int | None, respondent_years: int | None) -> tuple[str, ...]:
    """A sentence for each age that the measure was not made for.

    Args:
        baby_months: completed months; None before birth.
        respondent_years: completed years; None when not known.
    """
    if window is None:
        return ()
    found: list[str] = []
    if baby_months is None:
        if not window.in_pregnancy:
            found.append("This form is for after the birth.")
    elif not (window.baby_from_months or 0) <= baby_months < (window.baby_until_months or baby_months + 1):
        found.append(f"This form is for babies {_months_in_words(window)}.")
    if respondent_years is not None and respondent_years < (window.respondent_from_years or 0):
        found.append(f"This form is for people aged {window.respondent_from_years} or older.")
    return tuple(found)


def _months_in_words(window: AgeWindow) -> str:
    if window.baby_until_months is None:
        return f"from {window.baby_from_months} months"
    return f"from {window.baby_from_months or 0} months to under {window.baby_until_months} months"
