"""A certificate: what is printed, its code, and what a stranger who holds it may learn of it.

It shows what is printed and nothing else, to one who has the code and the surname. A code is never used again.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.name_words import same_name

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""
LETTERS = 20
"""5 bits each: 100 bits."""
_READ_AS = str.maketrans("OIL", "011")


class CertificateStatus(Code):
    IN_DATE = "in_date", "Real and in date"
    EXPIRED = "expired", "Real, and no longer in date"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REPLACED = "replaced", "Replaced by a newer certificate"


@dataclass(frozen=True)
class Printed:
    """As it was when it was issued, whatever is changed later."""

    name: str
    course: str
    """With its level."""
    days: str
    completed_on: str
    valid_until: str
    """The last day that counts; empty: it never has to be refreshed."""
    given_by: str
    trainer: str


@dataclass(frozen=True)
class Certificate:
    code: str
    completion_id: UUID
    family_name: str
    printed: Printed
    issued_at: datetime
    withdrawn_on: date | None = None
    replaced_by: str | None = None
    signed: str = ""
    """The same as a text that the team signed; empty: issued before certificates were signed."""

    def status(self, until_on: date | None, today: date) -> CertificateStatus:
        """On that day, in London."""
        if self.withdrawn_on:
            return CertificateStatus.WITHDRAWN
        if self.replaced_by:
            return CertificateStatus.REPLACED
        return CertificateStatus.EXPIRED if until_on and today >= until_on else CertificateStatus.IN_DATE

    @property
    def shown_code(self) -> str:
        """7K2M4-QX9TR-0HBVN-C5W8D"""
        return "-".join(self.code[start : start + 5] for start in range(0, LETTERS, 5))


@dataclass
class SaidOf:
    """Of what an event about a certificate is: its digest, and how much was said of it before.

    It is issued, then perhaps replaced, then perhaps withdrawn, each once and in this order.
    """

    id: UUID
    version: int


def code_from(random: bytes) -> str:
    """Of 13 random bytes or more."""
    number = int.from_bytes(random)
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LETTERS))


def code_in(typed: str) -> str:
    """As people copy it: small letters, spaces and hyphens, and O for 0 or I for 1."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_READ_AS)


def is_same_surname(typed: str, printed: str) -> bool:
    """Without accents, apostrophes, hyphens, spaces and capitals, and in Latin letters as usual: `obrien` is O’Brien.

    Never by its sound or its consonants, as it lets a stranger read.
    """
    return same_name(typed, printed)
