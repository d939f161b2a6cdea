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
from services.referral.people.database.families import Families
from services.referral.people.domain.loss import LOSSES
from services.referral.people.domain.person import MemberKind, Person, PersonDetails
from services.referral.people.web.forms import person as forms
from services.referral.people.web.people_place import OneOfTheFamily, PeoplePlace
from services.referral.people.web.people_screen import PeopleScreen, PersonScreen
from services.referral.people.web.people_words import DAY
from services.referral.staff.domain.capabilities import JUDGE, RECORD
from shared.kernel.calendar import moment_words
from shared.kernel.name_words import may_be_same_name
from shared.staff.answer_words import Ask, Choice, Offered, Values, Words
from shared.staff.does import does
from shared.staff.form_page import Sent
from shared.staff.screen import ConfirmForm

STOPS = (
    "Nothing more is sent to this family from the moment you save this, and what waits to be sent is stopped. "
    "Messages start again only when someone of the team says so."
)
_DetailsForm = forms.BabyDetailsForm | forms.AdultDetailsForm


def others_of(kind: MemberKind, place: PeoplePlace) -> list[UUID]:
    """Who makes a dyad with someone new: each carer, or each baby."""
    family = place.record.family
    people: list[Person] = {MemberKind.BABY: family.carers, MemberKind.CARER: family.babies}.get(kind, [])
    return [person.id for person in people if not person.is_lost]


def _relationship_asks(place: PeoplePlace, kind: MemberKind) -> Mapping[str, Ask]:
    words = "What {} is to this baby" if kind is MemberKind.BABY else "What they are to {}"
    return {
        forms.RELATIONSHIP.format(number=number): Ask(words.format(place.record.name(other)))
        for number, other in enumerate(others_of(kind, place), 1)
    }


def _suggested_relationships(place: PeoplePlace) -> Values:
    """Of a new baby: what each carer is to the twin."""
    dyads = place.record.family.dyads
    known = {dyad.carer_id: dyad.relationship for dyad in dyads}
    return {
        forms.RELATIONSHIP.format(number=number): known.get(carer)
        for number, carer in enumerate(others_of(MemberKind.BABY, place), 1)
    }


async def _add(kind: MemberKind, sent: Sent[PeoplePlace, Any]) -> None:
    relationships = forms.relationships_of(sent.form, others_of(kind, sent.place))
    details = PersonDetails(**forms.details_in(sent.form))
    await add_person(AddPerson(sent.place.family_id, kind, details, relationships), sent.work)


async def _add_baby(sent: Sent[PeoplePlace, forms.AddBabyForm]) -> None:
    await _add(MemberKind.BABY, sent)


async def _add_carer(sent: Sent[PeoplePlace, forms.AddCarerForm]) -> None:
    await _add(MemberKind.CARER, sent)


async def _add_other(sent: Sent[PeoplePlace, forms.AddOtherForm]) -> None:
    details = PersonDetails(**forms.details_in(sent.form))
    await add_person(AddPerson(sent.place.family_id, MemberKind(sent.form.kind.value), details), sent.work)


def _person(place: OneOfTheFamily) -> Person:
    return place.record.family.member(place.id).person


def _details_form(place: OneOfTheFamily) -> type[_DetailsForm]:
    is_baby = place.record.family.member(place.id).kind is MemberKind.BABY
    return forms.BabyDetailsForm if is_baby else forms.AdultDetailsForm


def _known_details(place: OneOfTheFamily) -> Values:
    person = _person(place)
    values: dict[str, Any] = {name: getattr(person.details, name) for name in PersonDetails.__dataclass_fields__}
    return {
        "version": person.version,
        **{name: values[name] for name in _details_form(place).questions() if name in values},
    }


async def _alike_person(sent: Sent[PeoplePlace, Any]) -> Words:
    """Someone who may have the same name is in the family already."""
    name = sent.form.name or ""
    family = await Families(sent.work).get(sent.place.family_id)
    same = [one for one in family.members if may_be_same_name(name, one.person.name or "")]
    return [("Name", same[0].person.name or ""), ("In this family as", same[0].kind.label)] if same else []


async def _change(sent: Sent[OneOfTheFamily, _DetailsForm]) -> None:
    details = replace(_person(sent.place).details, **forms.details_in(sent.form))
    await change_person(ChangePerson(sent.place.family_id, sent.place.id, sent.form.version, details), sent.work)


def _version(place: OneOfTheFamily) -> Values:
    return {"version": _person(place).version}


def _known_birth(place: OneOfTheFamily) -> Values:
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


def _losses(_place: OneOfTheFamily) -> Mapping[str, Sequence[Choice]]:
    return {"outcome": [Offered(outcome.value, outcome.label) for outcome in LOSSES]}


def _booked(place: PeoplePlace) -> str:
    """Appointments are not cancelled by themselves: a visit may be what the family needs most."""
    if not place.record.booked:
        return "No appointment is booked."
    moments = "; ".join(moment_words(moment) for moment in place.record.booked)
    return f"These appointments stay in the diary, without a reminder, for you to keep or cancel: {moments}."


PERSON_SCREENS = (
    PeopleScreen(
        path="/{family_id}/people/add-baby",
        capability=RECORD,
        title="Add a baby",
        form=forms.AddBabyForm,
        form_at=lambda place: forms.with_relationships(forms.AddBabyForm, len(others_of(MemberKind.BABY, place))),
        suggested=_suggested_relationships,
        asks_at=lambda place: _relationship_asks(place, MemberKind.BABY),
        intro=("Give the date of birth, or the due date of a baby who is not born yet.",),
        store=_add_baby,
        alike=_alike_person,
        button="Add the baby",
        done="The baby is added.",
    ),
    PeopleScreen(
        path="/{family_id}/people/add-carer",
        capability=RECORD,
        title="Add a parent or carer",
        form=forms.AddCarerForm,
        form_at=lambda place: forms.with_relationships(forms.AddCarerForm, len(others_of(MemberKind.CARER, place))),
        asks_at=lambda place: _relationship_asks(place, MemberKind.CARER),
        store=_add_carer,
        alike=_alike_person,
        button="Add the parent or carer",
        done="The parent or carer is added.",
    ),
    PeopleScreen(
        path="/{family_id}/people/add-other",
        capability=RECORD,
        title="Add someone else",
        form=forms.AddOtherForm,
        intro=("A brother, a sister, or someone else who belongs to the family. This opens no record of their own.",),
        store=_add_other,
        alike=_alike_person,
        button="Add the person",
        done="The person is added.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/details",
        capability=RECORD,
        title="Change details",
        form=forms.BabyDetailsForm,
        form_at=_details_form,
        about=lambda place: place.name,
        suggested=_known_details,
        intro=("The version before is kept.",),
        store=_change,
        done="The details are changed.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/birth",
        capability=RECORD,
        title="Record a birth",
        form=forms.BirthForm,
        about=lambda place: place.name,
        suggested=_known_birth,
        intro=("The record stays the same one. Of twins, each birth is recorded by itself.",),
        store=does(
            record_birth,
            lambda sent: RecordBirth(sent.place.family_id, sent.place.id, sent.form.version, sent.form.birth),
        ),
        button="Record the birth",
        done="The birth is recorded.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/loss",
        capability=RECORD,
        title="Record the end of a pregnancy",
        form=forms.PregnancyLossForm,
        about=lambda place: place.name,
        suggested=lambda place: {"outcome": _person(place).pregnancy_outcome, **_version(place)},
        choices=_losses,
        intro=("We are sorry. Take the time that you need before you write this down.",),
        sentence=_booked,
        warning=STOPS,
        store=does(
            record_pregnancy_loss,
            lambda sent: RecordPregnancyLoss(
                sent.place.family_id, sent.place.id, sent.form.version, sent.form.outcome, sent.form.ended_on
            ),
        ),
        button="Record this and stop all messages",
        done="This is recorded. Nothing more is sent to the family.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/death",
        capability=RECORD,
        title="Record a death",
        form=forms.DeathForm,
        about=lambda place: place.name,
        suggested=lambda place: {"died_on": _person(place).died_on, **_version(place)},
        intro=("We are sorry. Check that you have opened the record of the right person.",),
        sentence=_booked,
        warning=STOPS,
        store=does(
            record_death,
            lambda sent: RecordDeath(sent.place.family_id, sent.place.id, sent.form.version, sent.form.died_on),
        ),
        button="Record this and stop all messages",
        done="This is recorded. Nothing more is sent to the family.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/undo",
        capability=JUDGE,
        title="Take back a birth, a loss or a death",
        form=forms.UndoOutcomeForm,
        about=lambda place: place.name,
        suggested=_version,
        asks={"reason": Ask("How the mistake came about", "This stays in the team")},
        intro=(
            "For something that was recorded by mistake. What was recorded is kept with your reason.",
            "If messages were stopped, they stay stopped until someone starts them again.",
        ),
        store=does(
            undo_outcome,
            lambda sent: UndoOutcome(sent.place.family_id, sent.place.id, sent.form.version, sent.form.reason),
        ),
        button="Take it back",
        done="This is taken back. Messages stay as they were.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/leave",
        capability=JUDGE,
        title="Take someone out of this family",
        form=ConfirmForm,
        about=lambda place: place.name,
        intro=("Their own record stays, and so does everything that was recorded with them here.",),
        store=does(end_membership, lambda sent: EndMembership(sent.place.family_id, sent.place.id)),
        button="Take them out",
        done="The person does not belong to this family any more. Nothing was deleted.",
    ),
    PersonScreen(
        path="/{family_id}/people/{subject_id}/invite",
        capability=RECORD,
        title="Record invitation",
        form=forms.InviteForm,
        about=lambda place: place.name,
        suggested=lambda place: {"invited_on": place.record.family.member(place.id).invited_on or place.today},
        asks={"invited_on": Ask("When they were invited in their own right", DAY)},
        intro=("Dads and other carers are invited themselves, not through someone else.",),
        store=does(
            invite_caregiver, lambda sent: InviteCaregiver(sent.place.family_id, sent.place.id, sent.form.invited_on)
        ),
        button="Record the invitation",
        done="The invitation is recorded.",
    ),
)
