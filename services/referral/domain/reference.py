"""A team's own number for a referral, to say on the telephone: `BLA-2026-000123`. It tells nothing of the family."""


def local_reference(team: str, year: int, number: int) -> str:
    """The first three letters of the team's slug, the year of receipt in London, and the count of that year.

    Args:
        team: the team's slug.
        number: from the team's counter, from 1.
    """
    prefix = "".join(letter for letter in team if letter.isalpha())[:3].upper()
    return f"{prefix}-{year}-{number:06d}"
