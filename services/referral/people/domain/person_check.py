"""What may be entered about a person: refused where a date, a number or a place cannot be right."""

from datetime import date, timedelta
from uuid import UUID

from services.referral.people.domain.age import check_subject, is_child
from services.referral.people.domain.person import MemberKind, Person, PersonDetails
from services.referral.people.domain.subject import Baby, Unborn
from shared.kernel.errors import RuleBroken


def check_details(kind: MemberKind, details: PersonDetails, today: date) -> None:
    """Refuse what cannot be right of someone in that place.

    Raises:
        RuleBroken: a name or a date is missing or impossible; an unborn baby has an NHS number.
    """
    if kind is MemberKind.BABY:
        _check_baby(details, today)
        return
    if not details.name:
        raise RuleBroken("person_name", "Enter their name.", field="name")
    if details.born_on is not None and details.born_on > today:
        raise RuleBroken("born_on_future", "The date of birth must be today or in the past.", field="born_on")
    if kind is MemberKind.CARER and details.born_on is not None and today - details.born_on < timedelta(10 * 365):
        raise RuleBroken(
            "born_on_carer", "Check the year: a parent or carer under 10 cannot be right.", field="born_on"
        )


def check_change(person: Person, details: PersonDetails, *, is_unsafe_carer: bool) -> None:
    """Refuse a correction that has a command of its own.

    Raises:
        RuleBroken: an unborn baby gets a birth date, a born one loses it, or an unsafe carer becomes safe in passing.
    """
    if person.is_unborn and details.born_on is not None:
        raise RuleBroken("birth_here", "Record the birth on its own page instead.", field="born_on")
    if person.born_on is not None and details.born_on is None and details.due_on is not None:
        raise RuleBroken("birth_date_gone", "Enter the date of birth.", field="born_on")
    if is_unsafe_carer and not details.contact_unsafe:
        raise RuleBroken(
            "contact_unsafe",
            "This carer is recorded as not safe to contact for a baby. Change that first, in the table of carers.",
            field="contact_unsafe",
        )


def check_new_number(holder: UUID | None) -> None:
    """Raises RuleBroken when someone on record has the NHS number."""
    if holder is not None:
        raise RuleBroken(
            "nhs_number_taken",
            "Someone on record has this NHS number. Check it; if it is the same person, add them by their NHS number.",
            field="nhs_number",
        )


def check_place(kind: MemberKind, person: Person, *, has_relationship: bool) -> None:
    """Raises RuleBroken when someone on record cannot have that place in another family."""
    if person.is_lost:
        raise RuleBroken("person_lost", "This person has died.", field="person_id")
    if kind is MemberKind.BABY and person.born_on is None and person.due_on is None:
        raise RuleBroken("baby_date", "Nothing is known of this person's birth, so not as a baby.", field="kind")
    if kind is MemberKind.CARER and not has_relationship:
        raise RuleBroken("carer_relationship", "Choose what they are to the baby.", field="relationship")


def is_young_parent(kind: MemberKind, person: Person, today: date) -> bool:
    """A parent or carer who is a child in law: the safeguarding lead is told (reference 3.1)."""
    return kind is MemberKind.CARER and person.born_on is not None and is_child(person.born_on, today)


def _check_baby(details: PersonDetails, today: date) -> None:
    if details.born_on is not None:
        check_subject(Baby("", details.born_on), today)
    elif details.due_on is not None:
        if details.due_on > today:
            check_subject(Unborn(details.due_on), today)
        if details.nhs_number:
            raise RuleBroken(
                "nhs_number_unborn", "A baby gets an NHS number at birth. Leave it out until then.", field="nhs_number"
            )
    else:
        raise RuleBroken("baby_date", "Enter the date of birth, or the due date of an unborn baby.", field="born_on")
