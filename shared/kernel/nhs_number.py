"""NHS numbers: ten digits, the last of which checks the others. Source: reference of the field, section 3.2."""

import re

_WEIGHTS = range(10, 1, -1)
_SPACING = re.compile(r"[\s-]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_NEVER_ALLOCATED = "999"


def parse_nhs_number(text: str) -> str | None:
    """The ten digits that someone wrote with or without spaces and hyphens; None if it cannot be an NHS number.

    Ten times the same digit passes the check, but was never given to anyone, so it is none.
    """
    digits = _SPACING.sub("", text)
    if _TEN_DIGITS.fullmatch(digits) is None or len(set(digits)) == 1:
        return None
    return digits if check_digit(digits[:9]) == int(digits[9]) else None


def check_digit(first_nine: str) -> int | None:
    """The tenth digit that belongs to nine; None when no number starts with these nine (modulus 11 leaves 10)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True))
    check = 11 - total % 11
    return None if check == 10 else check % 11


def is_invented(nhs_number: str) -> bool:
    """True for the numbers that start with 999: they are never allocated, so demonstrations and tests use them."""
    return nhs_number.startswith(_NEVER_ALLOCATED)


def spaced(nhs_number: str) -> str:
    """As people read it: 999 000 0018."""
    return f"{nhs_number[:3]} {nhs_number[3:6]} {nhs_number[6:]}"
