"""Postcodes of the United Kingdom. Source of the pattern: reference of the field, section 3."""

import re

from shared.kernel.figures import plain_figures

_POSTCODE = re.compile(
    r"GIR0AA|BFPO[0-9]{1,4}|ZZ99[0-9][A-Z]{2}"
    r"|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])[0-9][ABD-HJLNP-UW-Z]{2}"
)
_FORCES = "BFPO"
_AS_DIGITS = str.maketrans("OIL", "011")


def parse_postcode(text: str) -> str | None:
    """The postcode in capitals with one space (`FY1 9ZZ`, `BFPO 57`); None if it cannot be one.

    Only its form is checked: whether it exists is the post's business. `ZZ99 3VZ` stands for no fixed abode. Whatever
    is between or around its letters and figures does not count, and where only a figure can stand an O is a nought.
    """
    squeezed = re.sub("[^A-Z0-9]", "", plain_figures(text).upper())
    if _POSTCODE.fullmatch(squeezed) is None:
        squeezed = squeezed[:-3] + squeezed[-3:-2].translate(_AS_DIGITS) + squeezed[-2:]
    if _POSTCODE.fullmatch(squeezed) is None:
        return None
    if squeezed.startswith(_FORCES):
        return f"{_FORCES} {squeezed.removeprefix(_FORCES)}"
    return f"{squeezed[:-3]} {squeezed[-3:]}"
