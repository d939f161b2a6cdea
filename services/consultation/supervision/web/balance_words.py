"""Minutes of supervision as people say them."""

from fractions import Fraction

from services.consultation.supervision.domain.supervision_balance import Balance

_HOUR = 60


def clock_hours(minutes: int | Fraction) -> str:
    """`5 h 00`, and below nothing `–1 h 15`; rounded here."""
    minutes = round(minutes)
    hours, rest = divmod(abs(minutes), _HOUR)
    return f"{'–' if minutes < 0 else ''}{hours} h {rest:02}"


def spoken(minutes: int) -> str:
    """`1 hour 15`, `2 hours`, `45 minutes`; never below nothing."""
    hours, rest = divmod(minutes, _HOUR)
    if not hours:
        return f"{rest} minute{'' if rest == 1 else 's'}"
    return f"{hours} hour{'' if hours == 1 else 's'}{f' {rest:02}' if rest else ''}"


def needed_words(minutes: int) -> str:
    """`75 minutes`, and from two hours on as `spoken`."""
    return f"{minutes} minutes" if minutes < 2 * _HOUR else spoken(minutes)


def standing(minutes: int) -> str:
    """`1 h 15 behind`, `level`, `0 h 15 ahead`."""
    if minutes == 0:
        return "level"
    return f"{clock_hours(abs(minutes))} {'behind' if minutes < 0 else 'ahead'}"


def standing_of(balance: Balance) -> str:
    return standing(balance.minutes) if balance.owed or balance.given else "nothing owed"


def then_words(minutes: int) -> str:
    """What a balance will be, inside a sentence: `15 minutes behind, which is fine`."""
    if minutes >= 0:
        return "level" if minutes == 0 else f"{spoken(minutes)} ahead"
    return f"{spoken(-minutes)} behind{', which is fine' if minutes > -_HOUR else ''}"
