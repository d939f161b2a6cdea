"""The words of a letter that are the same on paper and on a screen, so that both say one thing."""

from services.referral.letters.domain.letter import Letterhead
from shared.kernel.calendar import date_words


def about_lines(letterhead: Letterhead) -> tuple[str, ...]:
    """The date, and the letter's number when it has one."""
    reference = (f"Our reference: {letterhead.reference}",) if letterhead.reference else ()
    return (date_words(letterhead.dated_on), *reference)
