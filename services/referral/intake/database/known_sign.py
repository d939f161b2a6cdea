"""Does a referral seem to be of a family that is known? What a list can see at a glance, in the database.

Exact signs only, two of them where one alone says nothing (`domain.duplicate`), and names that may be the same
(`shared.kernel.name_words`), as it says only that somebody should look. The referral's own page compares with everyone
and finds those that are nearly alike, too.
"""

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.referral.database.family_tables import family, family_member, person
from services.referral.database.name_words import may_be_same
from services.referral.database.tables import referral
from services.referral.intake.domain.duplicate import NO_HOME
from shared.database.built_once import built_once


@built_once
def seems_known() -> ColumnElement[bool]:
    """Of a row of `referral`."""
    return or_(_on_record(), _in_another_referral())


def _on_record() -> ColumnElement[bool]:
    beside, beside_person = family_member.alias("beside"), person.alias("beside_person")
    agrees = (
        exists()
        .where(
            beside.c.family_id == family_member.c.family_id,
            beside_person.c.id == beside.c.person_id,
            _agrees(beside_person.c),
        )
        .correlate(referral, family_member)
    )
    signs = _signs(person.c, person.c.phone, agrees)
    return (
        exists(select(person.c.id))
        .where(
            signs,
            family_member.c.person_id == person.c.id,
            family_member.c.until_on.is_(None),
            family.c.id == family_member.c.family_id,
            family.c.merged_into.is_(None),
        )
        .correlate(referral)
    )


def _in_another_referral() -> ColumnElement[bool]:
    other = referral.alias("other_referral")
    signs = _signs(other.c, other.c.caregiver_phone, _agrees(other.c))
    return (
        exists(select(other.c.id))
        .where(signs, other.c.family_id.is_(None), other.c.id != referral.c.id)
        .correlate(referral)
    )


def _signs(known: Any, phone: Any, agrees: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(
        known.nhs_number == referral.c.nhs_number,
        and_(known.born_on == referral.c.born_on, may_be_same(known.known_keys, referral.c.baby_asked_keys)),
        and_(phone.is_not(None), _numbers(phone).overlap(_their_numbers()), agrees),
    )


def _numbers(kept: Any) -> Any:
    """Each of a kept text, as its index has them."""
    return func.string_to_array(kept, " or ", type_=ARRAY(Text))


def _their_numbers() -> Any:
    return _numbers(func.concat_ws(" or ", referral.c.caregiver_phone, referral.c.other_caregiver_phone))


def _agrees(known: Any) -> ColumnElement[bool]:
    """What makes two families of people who share a phone one."""
    return or_(
        known.born_on == referral.c.born_on,
        known.due_on == referral.c.due_on,
        and_(known.postcode == referral.c.postcode, known.postcode.not_like(f"{NO_HOME}%")),
        may_be_same(known.known_keys, referral.c.asked_keys),
    )
