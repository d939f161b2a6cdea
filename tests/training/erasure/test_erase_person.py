"""Whoever is erased is named nowhere afterwards, and is still counted."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import JSON, LargeBinary, Text, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.training.certificates.commands.reissue_certificate import ReissueCertificate, reissue_certificate
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.database.course_tables import booking, certificate, completion, confidence_answer, message
from services.training.database.workforce_tables import person, workforce_import
from services.training.erasure.commands.erase_person import ErasePerson, erase_person
from services.training.erasure.database.erasers import ERASERS
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.metadata import metadata
from services.training.places.domain.booking import BookingState
from services.training.workforce.commands.send_people import SendPeople, send_people
from services.training.workforce.domain.person import ErasedWhy
from shared.contracts.training import PlaceEnded
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound
from shared.kernel.identifiers import new_id
from shared.testing.visitor import hidden_in
from tests.training.a_course import LEAD, TeachingTeam
from tests.training.conftest import ANN, TOM, TrainedTeam

ASKED = b"organisation,email,first name,last name,profession\nX,quill@x.example,Zebedee,Quillfeather,Midwife\n"
SAID = ("zebedee", "quillfeather", "quill@")
"""Of whom no word may be left."""
NOT_OF_A_PERSON = {
    "cohort": "course venue filling co_trainer",
    "organisation": "name sector home_team",
    "workforce_import": "content same_people counts",
    "team_key": "team public_key",
    "heard_certificate": "team course",
    "headcount": "profession",
    "date_watch": "course email secret",
}
CODES = {
    "person": "given_name family_name earlier_names email erased_why name_words known_keys",
    "post": "profession",
    "booking": "sector profession state how",
    "confidence_answer": "moment",
    "completion": "course sector profession delivered_by",
    "certificate": "code replaced_by",
    "champion_activity": "kind",
    "accreditation": "course sector profession",
    "supervised_case": "course state came_back_why",
    "standing": "places held",
    "task": "kind detail page asked_for",
    "message": "kind about",
}
"""Of the person's own record all goes, by the domain; the rest has no room for a name."""


def test_every_column_with_room_for_a_word_is_erased_or_says_nothing_of_whom() -> None:
    room = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text | JSON | JSONB | LargeBinary)
        or (isinstance(column.type, ARRAY) and isinstance(column.type.item_type, Text))
    }
    kept = {f"{table}.{name}" for table, names in [*NOT_OF_A_PERSON.items(), *CODES.items()] for name in names.split()}
    erased = {f"{one.table.name}.{name}" for one in ERASERS for name in one.leaves}

    assert room - kept == erased & room
    assert kept & erased == set()


async def everything(team: TeachingTeam) -> str:
    """All that the database has, as text in small letters: so are words of an index."""
    async with team.engine.connect() as connection:
        names = await connection.scalars(
            text("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        )
        rows = [await connection.scalar(text(f'SELECT json_agg(one)::text FROM "{name}" one')) for name in names.all()]
    return "".join(row or "" for row in rows).lower()


async def as_lead(team: TeachingTeam, does: Callable[..., Awaitable[Any]], asked: Any) -> None:
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await does(asked, work)


async def version_of(team: TeachingTeam, who: UUID) -> int:
    [row] = await team.rows(select(person.c.version).where(person.c.id == who))
    return row.version


async def erases(team: TeachingTeam, who: UUID) -> None:
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await erase_person(ErasePerson(who, await version_of(team, who), ErasedWhy.ASKED), work)


async def known_everywhere(team: TeachingTeam) -> tuple[UUID, UUID]:
    """Zebedee, whose name stands wherever one can; gives them, and the booking that is to come."""
    held = await team.plan(starts=team.now.replace(month=5, day=12))
    asks: dict[str, Any] = {
        "given_name": "Zebedee",
        "family_name": "Quillfeather",
        "email": "quill@x.example",
        "phone": "Zebedee",
    }
    done = await team.book(held, 1, **asks)
    await team.held(held, [done])
    await team.answers(done)
    [counted] = await team.completions()
    await as_lead(team, reissue_certificate, ReissueCertificate(counted.id))
    await as_lead(team, withdraw_completion, WithdrawCompletion(counted.id, counted.version, "Zebedee was not there"))
    coming = await team.plan(starts=team.now.replace(month=9, day=8), capacity=1)
    place = await team.book(coming, 1, **asks)
    await team.book(coming, 2)
    asks |= {"given_name": "Zeb", "email": "zeb.quill@x.example"}
    other = await team.book(await team.plan(), 3, **asks)
    await as_lead(team, merge_people, MergePeople(new_id(), other.person_id, done.person_id, "Quillfeather told us"))
    await as_lead(team, send_people, SendPeople(new_id(), ASKED))
    async with team.engine.begin() as connection:
        typed = {"needs": "Zebedee needs a loop", "why_moved_up": "Quillfeather asked"}
        await connection.execute(update(booking).where(booking.c.person_id == done.person_id).values(typed))
        await connection.execute(update(confidence_answer).values(words="Signed, Zebedee"))
        await connection.execute(update(completion).values(waived_why="Quillfeather is away"))
    return done.person_id, place.id


async def test_nothing_names_them_afterwards_and_what_counted_them_goes_on(teaching: TeachingTeam) -> None:
    who, _ = await known_everywhere(teaching)
    before = [await counts(teaching), *[word in await everything(teaching) for word in SAID]]

    await erases(teaching, who)

    left = await everything(teaching)
    assert [word for word in SAID if word in left] == []
    assert before == [await counts(teaching), True, True, True]
    assert {row.signed for row in await teaching.rows(select(certificate))} == {""}
    assert {row.content for row in await teaching.rows(select(workforce_import))} == {b""}
    assert not any(row.sent_at is None and row.stopped_at is None for row in await of_them(teaching, who))


async def counts(team: TeachingTeam) -> list[int]:
    """Bookings, completions, and answers."""
    return [len(await team.rows(select(table))) for table in (booking, completion, confidence_answer)]


async def of_them(team: TeachingTeam, who: UUID) -> Sequence[Any]:
    theirs = select(booking.c.id).where(booking.c.person_id == who)
    return await team.rows(select(message).where(message.c.booking_id.in_(theirs)))


async def test_a_place_that_is_to_come_goes_to_who_waits(teaching: TeachingTeam) -> None:
    who, coming = await known_everywhere(teaching)

    await erases(teaching, who)

    [place] = await teaching.rows(select(booking).where(booking.c.id == coming))
    waiting = await teaching.rows(select(booking.c.state).where(booking.c.cohort_id == place.cohort_id))
    assert place.state == BookingState.ENDED
    assert BookingState.OFFERED in {row.state for row in waiting}
    assert PlaceEnded.type in {row.type for row in await teaching.told()}


async def test_the_lead_may_once_and_nobody_else(trained: TrainedTeam) -> None:
    [row] = await trained.rows(person, id=trained.person_id)
    asked = ErasePerson(row.id, row.version, ErasedWhy.KEPT_LONG_ENOUGH)

    for who, wanted, kind in ((ANN, asked, NotAllowed), (TOM, ErasePerson(row.id, 99, asked.why), Conflict)):
        with pytest.raises(kind):
            async with trained.begin(who) as work:
                await erase_person(wanted, work)
    async with trained.begin(TOM) as work:
        await erase_person(asked, work)
    with pytest.raises(NotFound):
        async with trained.begin(TOM) as work:
            await erase_person(asked, work)

    [gone] = await trained.rows(person, id=trained.person_id)
    assert (gone.family_name, gone.erased_by, gone.erased_why) == ("(erased)", TOM.id, "kept_long_enough")


async def test_the_lead_erases_somebody_on_their_page(trained: TrainedTeam) -> None:
    tom, address = trained.walked.clients[TOM], f"/people/{trained.person_id}/erase"

    [row] = await trained.rows(person, id=trained.person_id)
    sent = {**hidden_in((await tom.get(address)).text), "version": row.version, "why": "asked"}
    stored = await tom.post(address, data=sent)
    page = (await tom.get(stored.headers["location"])).text

    assert "They are erased" in page
    assert (await tom.get(f"/people/{trained.person_id}")).status_code == 404
