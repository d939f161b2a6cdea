"""What a file of the region says first: what it is, of whom, for whom, and when it was made."""

from datetime import datetime

from shared.kernel.calendar import moment_words

INSIDE = "Inside, under agreement. Do not pass it on."


def about_file(page: str, of: str, made: datetime, *more: tuple[str, str], to: str = INSIDE) -> list[tuple[str, str]]:
    """The lines of its first sheet.

    Args:
        page: what it is taken from, by its heading.
        of: which part of the region.
        more: what else there is to know before a number is read.
        to: who may read it.
    """
    return [("Page", page), ("Of", of), ("For", to), *more, ("Made", moment_words(made))]
