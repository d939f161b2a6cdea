"""Days in FHIR resources."""

from datetime import date, datetime
from typing import Any

from services.referral.fhir.web.outcome import Issue, WrongResource
from shared.kernel.calendar import EARLIEST, LATEST
from shared.kernel.clock import london_date


def whole_day(value: Any, path: str) -> date:
    """The day, or that of a moment in Europe/London.

    Raises:
        WrongResource: it is missing, a year or a month alone (in the FHIR library a text), or nobody can mean it.
    """
    if not isinstance(value, date) or not EARLIEST.year <= value.year <= LATEST.year:
        raise WrongResource(
            Issue.VALUE if value else Issue.REQUIRED,
            "Give the whole date, as YYYY-MM-DD, between 1900 and 2100. A year or a month alone is not enough.",
            path,
        )
    return london_date(value) if isinstance(value, datetime) else value
