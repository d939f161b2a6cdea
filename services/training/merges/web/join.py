"""The same person twice on the register: the two records are joined, and parted again if it was a mistake."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.merges.commands.undo_people_merge import UndoPeopleMerge, undo_people_merge
from services.training.merges.queries.joined_names import JoinedNames, joined_names
from services.training.merges.queries.other_record import other_record
from services.training.merges.web.forms.join import JoinForm
from services.training.staff.database.training_work import TrainingWork
from services.training.staff.domain.capabilities import KEEP_WORKFORCE
from services.training.staff.web.access import STAFF
from services.training.workforce.queries.person_record import PersonRecord, person_record
from services.training.workforce.queries.similar_people import SimilarPerson, similar_people
from shared.kernel.errors import RuleBroken
from shared.staff.answer_words import Ask, Offered
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm, Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class JoinPlace:
    record: PersonRecord
    similar: list[SimilarPerson]

    @property
    def offered(self) -> list[Offered]:
        return [Offered(str(one.person_id), one.shown) for one in self.similar]


async def _read(work: UnitOfWork, person_id: UUID) -> JoinPlace:
    record = await person_record(work, person_id)
    one = record.person
    work.record("person.read", one.id)
    return JoinPlace(record, await similar_people(work, one.name, one.email, but=one.id))


async def _read_joined(work: UnitOfWork, merge_id: UUID) -> JoinedNames:
    names = await joined_names(work, merge_id)
    work.record("person.read", names.kept_id)
    return names


async def _join(sent: Sent[JoinPlace, JoinForm, TrainingWork]) -> None:
    form, kept = sent.form, sent.place.record.person.id
    other = form.other
    if other is None and form.other_known_by:
        other = await other_record(sent.work, form.other_known_by, but=kept)
        if other is None:
            sentence = "Nobody else, or more than one, has this email or staff number. Look at their pages first."
            raise RuleBroken("merge_whom", sentence, field="other_known_by")
    if other is None:
        raise RuleBroken("merge_whom", "Choose who it is, or enter their email or staff number.", field="other")
    await merge_people(MergePeople(sent.intention, other, kept, form.why), sent.work)


async def _part(sent: Sent[JoinedNames, ConfirmForm, TrainingWork]) -> None:
    await undo_people_merge(UndoPeopleMerge(sent.place.merge_id), sent.work)


JOIN = Screen(
    path="/people/{person_id}/join",
    asks_for_proof=True,
    title="The same person twice",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read, lambda place: {"back": f"/people/{place.record.person.id}"}),
    form=JoinForm,
    choices=lambda place: {"other": place.offered},
    leaves_out=lambda place: () if place.similar else ("other",),
    about=lambda place: place.record.person.name,
    intro=(
        "What the other record holds comes over to this one: jobs, places, what was learned. It can be undone.",
        "Two people can have the same name. Join them only if you know.",
    ),
    asks={
        "other": Ask("Who is it too?", "Those whose name or email is like this one"),
        "other_known_by": Ask("Or their email or staff number"),
        "why": Ask("How do you know that it is the same person?"),
    },
    asks_at=lambda place: (
        {} if place.similar else {"other_known_by": Ask("Their email or staff number on the other record")}
    ),
    button="Join the two records",
    store=_join,
    to=lambda place: f"/people/{place.record.person.id}?done=joined",
)
PART = Screen(
    path="/joined/{merge_id}/undo",
    asks_for_proof=True,
    title="They are two people",
    may=STAFF,
    capability=KEEP_WORKFORCE,
    site=Site(_read_joined, lambda names: {"back": f"/people/{names.kept_id}"}),
    form=ConfirmForm,
    about=lambda names: f"{names.kept} and {names.retired}",
    intro=("Each has again what was theirs when the records were joined. What was recorded since then stays here.",),
    button="Part the two records",
    store=_part,
    to=lambda names: f"/people/{names.kept_id}?done=undone",
)
add_forms(router, JOIN, PART)
