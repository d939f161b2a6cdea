"""A team's own number for a referral, to say on the telephone: `BLA-2026-000123`. It tells nothing of the family."""


def default_prefix(team: str) -> str:
    """The first three letters of the team's slug."""
    return "".join(letter for letter in team if letter.isalpha())[:3].upper()


def local_reference(prefix: str, year: int, number: int) -> str:
    """The team's prefix, the year of receipt in London, and the count of that year.

    Args:
        number: from the team's counter, from 1.
    """
    return f"{prefix}-{year}-{number:06d}"


def parts_of_reference(reference: str) -> tuple[int, int] | None:
    """Year and number of one; None for text that is none."""
    _, _, numbers = reference.partition("-")
    year, _, number = numbers.partition("-")
    return (int(year), int(number)) if year.isdecimal() and number.isdecimal() else None
