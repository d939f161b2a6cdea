"""What someone needs so that they can take part, and what a family prefers.

Needs follow the Accessible Information Standard; an interpreter is never a member of the family. Source: reference 3.4.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken, changed_meanwhile


class Language(Code):
    """Languages by ISO 639-3, the most asked for; the dialect, or another language, is in words beside it."""

    BRITISH_SIGN = "bfi", "British Sign Language"
    ALBANIAN = "sqi", "Albanian"
    ARABIC = "ara", "Arabic"
    BENGALI = "ben", "Bengali"
    BULGARIAN = "bul", "Bulgarian"
    CANTONESE = "yue", "Cantonese"
    CZECH = "ces", "Czech"
    DARI = "prs", "Dari"
    FARSI = "fas", "Farsi"
    FRENCH = "fra", "French"
    GUJARATI = "guj", "Gujarati"
    HUNGARIAN = "hun", "Hungarian"
    ITALIAN = "ita", "Italian"
    KURDISH = "kur", "Kurdish"
    LATVIAN = "lav", "Latvian"
    LITHUANIAN = "lit", "Lithuanian"
    MANDARIN = "cmn", "Mandarin"
    PASHTO = "pus", "Pashto"
    POLISH = "pol", "Polish"
    PORTUGUESE = "por", "Portuguese"
    PUNJABI = "pan", "Punjabi"
    ROMANIAN = "ron", "Romanian"
    RUSSIAN = "rus", "Russian"
    SLOVAK = "slk", "Slovak"
    SOMALI = "som", "Somali"
    SPANISH = "spa", "Spanish"
    TIGRINYA = "tir", "Tigrinya"
    TURKISH = "tur", "Turkish"
    UKRAINIAN = "ukr", "Ukrainian"
    URDU = "urd", "Urdu"
    VIETNAMESE = "vie", "Vietnamese"
    OTHER = "mis", "Another language"


class GenderPreference(Code):
    """Of an interpreter or a practitioner."""

    ANY = "any", "No preference"
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"


class MeetingFormat(Code):
    ONE_FAMILY = "one_family", "With the family alone"
    GROUP = "group", "In a group"
    TELEPHONE = "telephone", "By telephone"
    VIDEO = "video", "By video call"


class MeetingPlace(Code):
    HOME = "home", "At home"
    FAMILY_HUB = "family_hub", "At a family hub"
    CLINIC = "clinic", "At a clinic"
    ELSEWHERE = "elsewhere", "Somewhere else"


@dataclass(frozen=True)
class NeedDetails:
    """What someone said when they were asked; all empty is "asked, and needs nothing"."""

    asked_on: date
    contact_method: str | None = None
    information_format: str | None = None
    communication_professional: str | None = None
    communication_support: str | None = None
    interpreter_language: Language | None = None
    interpreter_dialect: str | None = None
    interpreter_gender: GenderPreference | None = None
    adjustments: str | None = None


@dataclass(frozen=True)
class PreferenceDetails:
    venue: MeetingPlace | None = None
    format: MeetingFormat | None = None
    practitioner_gender: GenderPreference | None = None
    times: str | None = None
    network: str | None = None
    """Who helps the family besides services."""


@dataclass(frozen=True)
class AccessNeed:
    """The answers of one person; version 0 is: not asked yet."""

    id: UUID
    person_id: UUID
    details: NeedDetails
    version: int


@dataclass(frozen=True)
class FamilyPreference:
    """The wishes of one family; version 0 is: not asked yet."""

    id: UUID
    family_id: UUID
    details: PreferenceDetails
    version: int


def check_need(details: NeedDetails, today: date) -> None:
    """Raises RuleBroken when the day is to come, or another language is not named."""
    if details.asked_on > today:
        raise RuleBroken("need_asked", "The day must be today or in the past.", field="asked_on")
    if details.interpreter_language is Language.OTHER and not details.interpreter_dialect:
        raise RuleBroken("need_language", "Name the language.", field="interpreter_dialect")


def check_seen(seen: int, version: int) -> None:
    """Raises Conflict when it was recorded again after the page was opened."""
    if seen != version:
        raise changed_meanwhile("answers_changed", "Someone changed this")
