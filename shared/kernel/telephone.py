"""Telephone numbers as people write, paste and export them: one reader for forms, files and FHIR.

What is kept is one text: digits, `ext 234` behind them where there is an extension, and ` or ` between several. A
British number starts with 0 (also where a spreadsheet took the 0 away), any other with + and its country.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from shared.kernel.figures import plain_figures

MOST_NUMBERS = 4
_LONGEST = 200
_OR = " or "
_BETWEEN = re.compile(r"\s*(?:[,/|&\n]|;(?!ext=)|\b(?:or|and)\b)\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:tel|telephone|phone|ph|mobile|mob|cell|home|work|office|landline|direct|number|no|uk|text|sms|whatsapp)\b"
    r"\s*[.:]*|\b[mthwo]\s*:",
    re.IGNORECASE,
)
"""Words beside a number that say nothing which could be lost."""
_EXTENSION = re.compile(
    r"\s*[,(]?\s*(?:;ext=|\b(?:extension|extn|ext|xtn)\b[.:]*|x|#)\s*([0-9]{1,10})\)?$", re.IGNORECASE
)
_BESIDE_DIGITS = re.compile(r"[\s().\-/_]")
_COUNTRY = re.compile(r"^(?:\+|00)44(?:0)?(?=[1-9])|^44(?=[1-37][0-9]{9}$)")
_ABROAD = re.compile(r"^00(?=[1-9])")
_WITHOUT_NOUGHT = re.compile(r"[1-37][0-9]{9}")
_NUMBER = re.compile(r"0[1-9][0-9]{8,9}|\+(?!44)[1-9][0-9]{7,14}")


@dataclass(frozen=True)
class Telephone:
    """One number."""

    digits: str
    """`07700900123`, or `+353861234567` of another country."""
    extension: str = ""

    def __str__(self) -> str:
        return f"{self.digits} ext {self.extension}" if self.extension else self.digits

    @property
    def address(self) -> str:
        """For a link that dials (RFC 3966)."""
        digits = _BESIDE_DIGITS.sub("", self.digits)  # what was kept before numbers were read has spaces
        return f"tel:{digits};ext={self.extension}" if self.extension else f"tel:{digits}"


def read_telephones(text: str) -> str | None:
    """What is kept of the numbers that someone wrote; None if one of them can be none, or there are more than four.

    Nothing is longer than 200 characters.
    """
    if len(text) > _LONGEST:
        return None
    plain = plain_figures(text)
    whole = _read(plain)
    found = [whole] if whole else _each(plain)
    if not 0 < len(found) <= MOST_NUMBERS:
        return None
    return _OR.join(dict.fromkeys(str(one) for one in found if one)) if all(found) else None


def telephones(kept: str) -> tuple[Telephone, ...]:
    """The numbers of a kept text; one that was kept before they were read is itself."""
    return tuple(Telephone(*one.split(" ext ", 1)) for one in kept.split(_OR))


def each_number(kept: Iterable[str | None]) -> frozenset[str]:
    """All the numbers of several kept texts, for comparing."""
    return frozenset(str(one) for numbers in kept if numbers for one in telephones(numbers))


def _each(text: str) -> list[Telephone | None]:
    """Numbers with something between them; an extension behind a comma belongs to the number before it."""
    joined = re.sub(r"[,;]\s*(?=(?:ext|x)[a-z]*[.:=]?\s*[0-9])", " ", text, flags=re.IGNORECASE)
    return [_read(part) for part in _BETWEEN.split(_LABEL.sub(",", joined)) if part.strip(" ().:")]


def _read(text: str) -> Telephone | None:
    bare = re.sub(r"^\s*(?:tel|sms):", "", text, flags=re.IGNORECASE).strip(" :;,")
    found = _EXTENSION.search(bare)
    digits = _BESIDE_DIGITS.sub("", bare[: found.start()] if found else bare)
    digits = _ABROAD.sub("+", _COUNTRY.sub("0", digits))
    if _WITHOUT_NOUGHT.fullmatch(digits):
        digits = f"0{digits}"
    if _NUMBER.fullmatch(digits) is None:
        return None
    return Telephone(digits, found[1] if found else "")
