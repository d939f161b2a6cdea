"""One human in the team's records: who they are, how they are reached, and what became of a pregnancy.

An unborn baby is a person with a due date and no birth date; birth changes that row and makes no other one.
Source: reference 3.1 and 3.2.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from services.referral.people.domain.age import DAYS_OF_PREGNANCY, check_subject
from services.referral.people.domain.subject import Baby
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.contracts.vocabulary import Code
from shared.kernel.errors import RuleBroken, changed_meanwhile
from shared.kernel.same_fields import same_fields

LEAST_DAYS, MOST_DAYS = 140, 310
"""Of a pregnancy that ends with a live birth: 20 to 44 weeks; anything else is a slip of the pen."""


class MemberKind(Code):
    BABY = "baby", "Baby"
    CARER = "carer", "Parent or carer"
    SIBLING = "sibling", "Brother or sister"
    OTHER = "other", "Someone else"


class Known(Code):
    """An answer that may not be known."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class DueSource(Code):
    """What a due date rests on."""

    SCAN = "scan", "Scan"
    LAST_PERIOD = "lmp", "First day of the last period"
    NOT_KNOWN = "unknown", "Not known"


class Gender(Code):
    """Gender identity of MHSDS version 6; 1 to 3 are verified, the others are proposals (reference 3.2)."""

    MALE = "1", "Male, including trans man"
    FEMALE = "2", "Female, including trans woman"
    NON_BINARY = "3", "Non-binary"
    OTHER = "4", "Other"
    NOT_KNOWN = "X", "Not known"
    NOT_STATED = "Z", "Does not wish to say"


class Ethnicity(Code):
    """Ethnic category of the 2001 census, as MHSDS takes it (reference 3.2)."""

    BRITISH = "A", "White: British"
    IRISH = "B", "White: Irish"
    OTHER_WHITE = "C", "White: another background"
    WHITE_AND_CARIBBEAN = "D", "Mixed: White and Black Caribbean"
    WHITE_AND_AFRICAN = "E", "Mixed: White and Black African"
    WHITE_AND_ASIAN = "F", "Mixed: White and Asian"
    OTHER_MIXED = "G", "Mixed: another background"
    INDIAN = "H", "Asian: Indian"
    PAKISTANI = "J", "Asian: Pakistani"
    BANGLADESHI = "K", "Asian: Bangladeshi"
    OTHER_ASIAN = "L", "Asian: another background"
    CARIBBEAN = "M", "Black: Caribbean"
    AFRICAN = "N", "Black: African"
    OTHER_BLACK = "P", "Black: another background"
    CHINESE = "R", "Chinese"
    OTHER = "S", "Another ethnic group"
    NOT_STATED = "Z", "Does not wish to say"
    NOT_KNOWN = "99", "Not known"


def shown_name(name: str | None, birth_order: int | None) -> str:
    """A person's name, never empty: `Shannon Example`, `Baby, no name`, `Baby 2, no name`.

    It does not say "not yet": the baby may have died. The age beside it says what is to come.
    """
    if name:
        return name
    return f"Baby {birth_order}, no name" if birth_order else "Baby, no name"


def told_apart(name: str | None, birth_order: int | None) -> str:
    """The shown name, which says of twins who have one which of them it is: `Mia Example (baby 2)`."""
    words = shown_name(name, birth_order)
    return f"{words} (baby {birth_order})" if birth_order and name else words


LEFT_THE_FAMILY = "Someone who left the family"
"""Instead of the name of a person who is none of the family's any more."""


@dataclass(frozen=True)
class PersonDetails:
    """What a page lets someone enter or correct about a person."""

    name: str | None = None
    born_on: date | None = None
    due_on: date | None = None
    due_source: DueSource | None = None
    birth_order: int | None = None
    """1, 2 … for twins and more."""
    nhs_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    gp_practice: str | None = None
    gender: Gender | None = None
    ethnicity: Ethnicity | None = None
    care_experienced: Known = Known.NOT_KNOWN
    """Whether a parent was in care as a child; sensitive."""
    contact_unsafe: bool = False
    """Nothing may be sent to this person, and nobody calls them."""
    contact_note: str = ""
    """What to mind when reaching them."""


@dataclass(frozen=True)
class Birth:
    """A baby on record before birth was born alive."""

    born_on: date
    name: str | None = None
    nhs_number: str | None = None
    days_of_pregnancy: int | None = None
    """At birth; None: counted from the due date."""


@dataclass
class Person:
    """Changes only through the methods here; each raises `version`, and the command keeps the version before."""

    id: UUID
    name: str | None = None
    """None for a baby who has no name yet."""
    born_on: date | None = None
    due_on: date | None = None
    nhs_number: str | None = None
    phone: str | None = None
    postcode: str | None = None
    version: int = 1
    due_source: DueSource | None = None
    birth_order: int | None = None
    email: str | None = None
    address: str | None = None
    gp_practice: str | None = None
    gender: Gender | None = None
    ethnicity: Ethnicity | None = None
    care_experienced: Known = Known.NOT_KNOWN
    contact_unsafe: bool = False
    contact_note: str = ""
    days_of_pregnancy: int | None = None
    """At birth."""
    pregnancy_outcome: PregnancyOutcome | None = None
    pregnancy_ended_on: date | None = None
    """When it did not end with a live birth."""
    died_on: date | None = None

    @classmethod
    def of(cls, person_id: UUID, details: PersonDetails) -> "Person":
        """Someone who is new to the records."""
        return cls(person_id, **details_of(details))

    @property
    def is_unborn(self) -> bool:
        """Expected still: neither born nor lost."""
        return self.born_on is None and self.due_on is not None and not self.is_lost

    @property
    def is_lost(self) -> bool:
        """Died, or was not born alive."""
        return self.died_on is not None or self.pregnancy_outcome not in (None, PregnancyOutcome.LIVE_BIRTH)

    @property
    def details(self) -> PersonDetails:
        return same_fields(PersonDetails, self)

    def check_seen(self, seen: int) -> None:
        """Raises Conflict when the person was changed after the page was opened."""
        if seen != self.version:
            raise changed_meanwhile("person_changed", "Someone changed this person's details")

    def change(self, details: PersonDetails) -> None:
        """Take corrected details; birth and loss have commands of their own."""
        for name, value in details_of(details).items():
            setattr(self, name, value)
        self.version += 1

    def mark_unsafe(self) -> None:
        """Nothing may be sent to this person from now on."""
        self.contact_unsafe = True
        self.version += 1

    def be_born(self, birth: Birth, today: date) -> None:
        """Raises RuleBroken when nobody is expected, or a date cannot be right."""
        if self.due_on is None or not self.is_unborn:
            raise RuleBroken("birth_known", "This baby is not expected any more. Change the details instead.")
        check_subject(Baby("", birth.born_on), today)
        days = birth.days_of_pregnancy
        if days is None:
            days = DAYS_OF_PREGNANCY - (self.due_on - birth.born_on).days
        if not LEAST_DAYS <= days <= MOST_DAYS:
            raise RuleBroken(
                "birth_gestation",
                "Check the date of birth, the due date and the weeks of pregnancy: a birth is between 20 and 44 weeks.",
                field="born_on",
            )
        self.name, self.born_on = birth.name or self.name, birth.born_on
        self.nhs_number, self.days_of_pregnancy = birth.nhs_number, days
        self.pregnancy_outcome = PregnancyOutcome.LIVE_BIRTH
        self.version += 1

    def be_lost(self, outcome: PregnancyOutcome, on: date, today: date) -> None:
        """The pregnancy ended without a live birth.

        Raises:
            RuleBroken: nobody is expected, or the day is to come.
        """
        if not self.is_unborn:
            raise RuleBroken("loss_known", "This baby is not expected any more, so there is no pregnancy to end.")
        if on > today:
            raise RuleBroken("loss_on", "The day must be today or in the past.", field="ended_on")
        self.pregnancy_outcome, self.pregnancy_ended_on = outcome, on
        self.version += 1

    def die(self, on: date, today: date) -> None:
        """Raises RuleBroken when the person died already, was never born, or the day cannot be right."""
        if self.is_lost:
            raise RuleBroken("death_known", "This is on record already.")
        if self.born_on is None and self.due_on is not None:
            raise RuleBroken("death_unborn", "This baby was not born. Record how the pregnancy ended instead.")
        if on > today or (self.born_on is not None and on < self.born_on):
            raise RuleBroken("died_on", "The day must be today or in the past, and not before birth.", field="died_on")
        self.died_on = on
        self.version += 1

    def undo_outcome(self) -> None:
        """Take back what was recorded last by mistake: the death, else the loss, else the birth.

        Raises:
            RuleBroken: there is none of them.
        """
        if self.died_on is not None:
            self.died_on = None
        elif self.is_lost:
            self.pregnancy_outcome = self.pregnancy_ended_on = None
        elif self.pregnancy_outcome is not None and self.due_on is not None:
            self.born_on = self.days_of_pregnancy = self.pregnancy_outcome = self.nhs_number = None
        else:
            raise RuleBroken("outcome_none", "No birth, loss or death is on record that could be taken back.")
        self.version += 1


def details_of(details: PersonDetails) -> dict[str, Any]:
    """Field → value."""
    return {one.name: getattr(details, one.name) for one in fields(details)}
