"""Postcodes of the United Kingdom. Source of the pattern: reference of the field, section 3."""

import re

_POSTCODE = re.compile(
    r"GIR0AA|BFPO[0-9]{1,4}|ZZ99[0-9][A-Z]{2}"
    r"|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])[0-9][ABD-HJLNP-UW-Z]{2}"
)
_FORCES = "BFPO"


def parse_postcode(text: str) -> str | None:
    """The postcode in capitals with one space (`FY1 9ZZ`, `BFPO 57`); None if it cannot be one.

    Only its form is checked: whether it exists is the post's business. `ZZ99 3VZ` stands for no fixed abode.
    """
    squeezed = "".join(text.split()).upper()
    if _POSTCODE.fullmatch(squeezed) is None:
        return None
    if squeezed.startswith(_FORCES):
        return f"{_FORCES} {squeezed.removeprefix(_FORCES)}"
    return f"{squeezed[:-3]} {squeezed[-3:]}"
