"""Forms about one person: joining a family, details, birth, loss, death, and what takes a mistake back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.referral.people.commands.add_person import AddPerson, add_person
from services.referral.people.commands.change_person import ChangePerson, change_person
from services.referral.people.commands.end_membership import EndMembership, end_membership
from services.referral.people.commands.invite_caregiver import InviteCaregiver, invite_caregiver
from services.referral.people.commands.record_birth import RecordBirth, record_birth
from services.referral.people.commands.record_death import RecordDeath, record_death
from services.referral.people.commands.record_pregnancy_loss import RecordPregnancyLoss, record_pregnancy_loss
from services.referral.people.commands.undo_outcome import UndoOutcome, undo_outcome
from services.referral.people.domain.loss import LOSSES
from services.referral.people.domain.person import MemberKind, Person, PersonDetails
from services.referral.people.web.forms import person as forms
from services.referral.people.web.people_screen import Choice, Place, Screen, Values
from services.referral.people.web.people_words import DAY, Ask
from shared.kernel.calendar import moment_words
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form

STOPS = (
    "Nothing more is sent to this family from the moment you save this, and what waits to be sent is stopped. "
    "Messages start again only when somebody of the team says so."
)


def others_of(kind: MemberKind, place: Place) -> list[UUID]:
    """Who makes a dyad with somebody new: each carer, or each baby."""
    family = place.record.family
    people: list[Person] = {MemberKind.BABY: family.carers, MemberKind.CARER: family.babies}.get(kind, [])
    return [person.id for person in people if not person.is_lost]


def _relationship_asks(place: Place, kind: MemberKind) -> Mapping[str, Ask]:
    words = "What {} is to this baby" if kind is MemberKind.BABY else "What they are to {}"
    return {
        forms.RELATIONSHIP.format(number=number): Ask(words.format(place.record.name(other)))
        for number, other in enumerate(others_of(kind, place), 1)
    }


def _suggested_relationships(place: Place) -> Values:
    """Of a new baby: what each carer is to the twin."""
    dyads = place.record.family.dyads
    known = {dyad.carer_id: dyad.relationship for dyad in dyads}
    return {
        forms.RELATIONSHIP.format(number=number): known.get(carer)
        for number, carer in enumerate(others_of(MemberKind.BABY, place), 1)
    }


async def _add(kind: MemberKind, form: Form, place: Place, work: UnitOfWork) -> None:
    others = others_of(kind, place)
    relationships = forms.relationships_of(form, others)
    details = PersonDetails(**forms.details_in(form))
    await add_person(AddPerson(place.record.family.id, kind, details, relationships), work)


async def _add_baby(form: forms.AddBabyForm, place: Place, work: UnitOfWork) -> None:
    await _add(MemberKind.BABY, form, place, work)


async def _add_carer(form: forms.AddCarerForm, place: Place, work: UnitOfWork) -> None:
    await _add(MemberKind.CARER, form, place, work)


async def _add_other(form: forms.AddOtherForm, place: Place, work: UnitOfWork) -> None:
    details = PersonDetails(**forms.details_in(form))
    await add_person(AddPerson(place.record.family.id, MemberKind(form.kind.value), details), work)


def _name(place: Place) -> str:
    place.record.family.member(place.id)
    return place.record.name(place.id)


def _person(place: Place) -> Person:
    return place.record.family.member(place.id).person


def _details_form(place: Place) -> type[Form]:
    is_baby = place.record.family.member(place.id).kind is MemberKind.BABY
    return forms.BabyDetailsForm if is_baby else forms.AdultDetailsForm


def _known_details(place: Place) -> Values:
    person = _person(place)
    values: dict[str, Any] = {name: getattr(person.details, name) for name in PersonDetails.__dataclass_fields__}
    return {
        "version": person.version,
        **{name: values[name] for name in _details_form(place).questions() if name in values},
    }


async def _change(form: forms.BabyDetailsForm, place: Place, work: UnitOfWork) -> None:
    details = replace(_person(place).details, **forms.details_in(form))
    await change_person(ChangePerson(place.record.family.id, place.id, form.version, details), work)


def _version(place: Place) -> Values:
    return {"version": _person(place).version}


def _known_birth(place: Place) -> Values:
    person = _person(place)
    days = person.days_of_pregnancy
    weeks_and_days = (None, None) if days is None else divmod(days, 7)
    return {
        "version": person.version,
        "born_on": person.born_on,
        "name": person.name,
        "nhs_number": person.nhs_number,
        "weeks": weeks_and_days[0],
        "days": weeks_and_days[1],
    }


async def _be_born(form: forms.BirthForm, place: Place, work: UnitOfWork) -> None:
    await record_birth(RecordBirth(place.record.family.id, place.id, form.version, form.birth), work)


async def _lose(form: forms.LossForm, place: Place, work: UnitOfWork) -> None:
    command = RecordPregnancyLoss(place.record.family.id, place.id, form.version, form.outcome, form.ended_on)
    await record_pregnancy_loss(command, work)


async def _die(form: forms.DeathForm, place: Place, work: UnitOfWork) -> None:
    await record_death(RecordDeath(place.record.family.id, place.id, form.version, form.died_on), work)


async def _undo(form: forms.UndoForm, place: Place, work: UnitOfWork) -> None:
    await undo_outcome(UndoOutcome(place.record.family.id, place.id, form.version, form.reason), work)


async def _leave(_form: forms.ConfirmForm, place: Place, work: UnitOfWork) -> None:
    await end_membership(EndMembership(place.record.family.id, place.id), work)


async def _invite(form: forms.InviteForm, place: Place, work: UnitOfWork) -> None:
    await invite_caregiver(InviteCaregiver(place.record.family.id, place.id, form.invited_on), work)


def _losses(_place: Place) -> Mapping[str, Sequence[Choice]]:
    return {"outcome": [Choice(outcome.value, outcome.label) for outcome in LOSSES]}


def _booked(place: Place) -> str:
    """Appointments are not cancelled by themselves: a visit may be what the family needs most."""
    if not place.record.booked:
        return "No appointment is booked."
    moments = "; ".join(moment_words(moment) for moment in place.record.booked)
    return f"These appointments stay in the diary, without a reminder, for you to keep or cancel: {moments}."


PERSON_SCREENS: Mapping[str, Screen] = {
    "add-baby": Screen(
        "Add a baby",
        lambda place: forms.with_relationships(forms.AddBabyForm, len(others_of(MemberKind.BABY, place))),
        _add_baby,
        "The baby is added.",
        button="Add the baby",
        known=_suggested_relationships,
        asks=lambda place: _relationship_asks(place, MemberKind.BABY),
        intro=("Give the date of birth, or the due date of a baby who is not born yet.",),
    ),
    "add-carer": Screen(
        "Add a parent or carer",
        lambda place: forms.with_relationships(forms.AddCarerForm, len(others_of(MemberKind.CARER, place))),
        _add_carer,
        "The parent or carer is added.",
        button="Add the parent or carer",
        asks=lambda place: _relationship_asks(place, MemberKind.CARER),
    ),
    "add-other": Screen(
        "Add somebody else",
        lambda _: forms.AddOtherForm,
        _add_other,
        "The person is added.",
        button="Add the person",
        intro=("A brother, a sister, or somebody else who belongs to the family. This opens no record of their own.",),
    ),
    "details": Screen(
        "Change details",
        _details_form,
        _change,
        "The details are changed.",
        about=_name,
        known=_known_details,
        intro=("The version before is kept.",),
    ),
    "birth": Screen(
        "Record a birth",
        lambda _: forms.BirthForm,
        _be_born,
        "The birth is recorded.",
        button="Record the birth",
        about=_name,
        known=_known_birth,
        intro=("The record stays the same one. Of twins, each birth is recorded by itself.",),
    ),
    "loss": Screen(
        "Record the end of a pregnancy",
        lambda _: forms.LossForm,
        _lose,
        "This is recorded. Nothing more is sent to the family.",
        button="Record this and stop all messages",
        about=_name,
        known=lambda place: {"outcome": _person(place).pregnancy_outcome, **_version(place)},
        choices=_losses,
        intro=("We are sorry. Take the time that you need before you write this down.",),
        intro_of=_booked,
        warning=STOPS,
    ),
    "death": Screen(
        "Record a death",
        lambda _: forms.DeathForm,
        _die,
        "This is recorded. Nothing more is sent to the family.",
        button="Record this and stop all messages",
        about=_name,
        known=lambda place: {"died_on": _person(place).died_on, **_version(place)},
        intro=("We are sorry. Check that you have opened the record of the right person.",),
        intro_of=_booked,
        warning=STOPS,
    ),
    "undo": Screen(
        "Take back a birth, a loss or a death",
        lambda _: forms.UndoForm,
        _undo,
        "This is taken back. Messages stay as they were.",
        button="Take it back",
        about=_name,
        known=_version,
        asks=lambda _: {"reason": Ask("How the mistake came about", "This stays in the team")},
        intro=(
            "For something that was recorded by mistake. What was recorded is kept with your reason.",
            "If messages were stopped, they stay stopped until somebody starts them again.",
        ),
    ),
    "leave": Screen(
        "Take somebody out of this family",
        lambda _: forms.ConfirmForm,
        _leave,
        "The person does not belong to this family any more. Nothing was deleted.",
        button="Take them out",
        about=_name,
        intro=("Their own record stays, and so does everything that was recorded with them here.",),
    ),
    "invite": Screen(
        "Record an invitation",
        lambda _: forms.InviteForm,
        _invite,
        "The invitation is recorded.",
        button="Record the invitation",
        about=_name,
        known=lambda place: {"invited_on": place.record.family.member(place.id).invited_on or place.today},
        asks=lambda _: {"invited_on": Ask("When they were invited in their own right", DAY)},
        intro=("Dads and other carers are invited themselves, not through somebody else.",),
    ),
}
"""By the last part of the address."""
