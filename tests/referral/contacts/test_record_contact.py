import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.database.contact_tables import task
from services.referral.database.family_tables import access_need
from services.referral.database.tables import episode
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family


async def column(team: ATeam, name: str) -> Any:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(episode.c[name]))


async def tasks(team: ATeam) -> list[Any]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(task.c.kind, task.c.detail).order_by(task.c.raised_at))
        return [tuple(row) for row in rows]


async def test_a_session_is_stored_and_told_without_names_or_words(team: ATeam) -> None:
    family = await a_family(team)
    details = family.session(
        note="Leonie sang to Shannon.",
        infant_voice="Shannon turned towards her voice.",
        elements=frozenset({Element.MOMENTS_OF_ATTUNEMENT}),
    )

    contact_id = await family.has(details)

    contact = await family.stored(contact_id)
    assert (contact.details, contact.version) == (details, 1)
    told = next(body for kind, body in await team.published() if kind == "uk.pairs.contact.recorded.v1")
    assert told == {
        "contact_id": str(contact_id),
        "episode_id": str(family.episode_id),
        "held_on": "2026-03-02",
        "kind": "session",
        "attendance": "attended",
        "mode": "face_to_face",
        "venue": "home",
        "minutes": 50,
        "with_whom": ["birth_parent", "baby"],
        "is_with_lead": False,
        "has_infant_voice": True,
        "has_interpreter": None,
        "tier": "targeted",
    }
    assert (await team.audited())[-1] == ("contact.record", family.family_id)


async def test_the_first_session_ends_the_wait_for_a_first_contact_and_the_second_does_not(team: ATeam) -> None:
    family = await a_family(team)
    team.now = NOW + timedelta(days=29)

    await family.has(family.session(held_on=date(2026, 3, 31)))
    await family.has(family.session(held_on=date(2026, 3, 31)))

    stopped = [body for kind, body in await team.published() if kind == "uk.pairs.wait.stopped.v1"]
    assert stopped == [
        {
            "episode_id": str(family.episode_id),
            "clock": "first_contact",
            "stopped_on": "2026-03-31",
            "gross_days": 29,
            "adjusted_days": 29,
            "is_over_target": True,
            "tier": "targeted",
        }
    ]
    assert await column(team, "first_contact_on") == date(2026, 3, 31)
    assert await column(team, "contacts_attended") == 2


async def test_a_missed_visit_ends_no_wait(team: ATeam) -> None:
    family = await a_family(team)

    await family.has(family.missed())

    assert "uk.pairs.wait.stopped.v1" not in [kind for kind, _ in await team.published()]
    assert await column(team, "first_contact_on") is None


async def test_olivia_whose_baby_was_three_times_not_brought_is_not_discharged(team: ATeam) -> None:
    family = await a_family(team)
    team.now = NOW + timedelta(days=20)

    for day in (3, 10, 17):
        await family.has(family.missed(date(2026, 3, day)))

    assert await column(team, "ended_on") is None
    assert await column(team, "level") == "targeted"
    assert await tasks(team) == [("non_attendance", "")]
    assert not any("discharged" in kind for kind, _ in await team.published())


async def test_a_team_may_want_to_think_after_three(team: ATeam) -> None:
    team.rules = {"missed_before_task": 3}
    family = await a_family(team)
    await family.has(family.missed())
    await family.has(family.missed())
    before = await tasks(team)

    await family.has(family.missed())

    assert (before, await tasks(team)) == ([], [("non_attendance", "")])


async def test_a_session_between_two_missed_ones_interrupts_and_a_cancellation_does_not(team: ATeam) -> None:
    family, other = await a_family(team), await a_family(team, request={"nhs_number": None})
    team.now = NOW + timedelta(days=20)

    await family.has(family.missed(date(2026, 3, 3)))
    await family.has(family.session(held_on=date(2026, 3, 10)))
    await family.has(family.missed(date(2026, 3, 17)))
    interrupted = await tasks(team)
    cancelled = other.missed(date(2026, 3, 10), attendance=Attendance.CANCELLED_BY_FAMILY)
    for details in (other.missed(date(2026, 3, 3)), cancelled, other.missed(date(2026, 3, 17))):
        await other.has(details)

    assert (interrupted, await tasks(team)) == ([], [("non_attendance", "")])


async def test_what_to_bring_to_supervision_becomes_a_task(team: ATeam) -> None:
    family = await a_family(team)

    await family.has(supervision="I felt very sleepy with them.")

    assert await tasks(team) == [("supervision", "I felt very sleepy with them.")]


async def test_a_form_that_was_sent_twice_is_one_session(team: ATeam) -> None:
    family, contact_id = await a_family(team), new_id()

    await asyncio.gather(family.has(contact_id=contact_id), family.has(contact_id=contact_id))
    await family.has(family.session(minutes=10), contact_id=contact_id)

    assert [kind for kind, _ in await team.published()].count("uk.pairs.contact.recorded.v1") == 1
    assert (await family.stored(contact_id)).details.minutes == 50


async def test_a_form_of_another_family_is_not_used_again(team: ATeam) -> None:
    family, other = await a_family(team), await a_family(team, request={"nhs_number": None})
    contact_id = await family.has()

    with pytest.raises(Conflict):
        await other.has(contact_id=contact_id)


async def test_an_appointment_becomes_the_session(team: ATeam) -> None:
    family = await a_family(team)
    contact_id = await family.books(NOW + timedelta(days=1))
    team.now = NOW + timedelta(days=1, hours=2)

    await family.has(family.session(held_on=date(2026, 3, 3)), contact_id=contact_id, appointment_version=1)

    contact = await family.stored(contact_id)
    assert (contact.details.attendance, contact.starts_at) == (Attendance.ATTENDED, NOW + timedelta(days=1))
    assert await column(team, "next_contact_at") is None
    with pytest.raises(Conflict) as refusal:
        await family.has(family.missed(date(2026, 3, 3)), contact_id=contact_id, appointment_version=1)
    assert refusal.value.sentence.startswith("Someone recorded this appointment already: attended, 3 March 2026.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "held_on"),
        ({"held_on": TODAY - timedelta(days=1)}, "held_on"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"people": frozenset[UUID]()}, "people"),
        ({"people": frozenset({new_id()})}, "people"),
        ({"attendance": None}, "attendance"),
        ({"attendance": Attendance.WAS_NOT_BROUGHT}, "minutes"),
        ({"attendance": Attendance.DID_NOT_ATTEND, "minutes": None}, "attendance"),
        ({"attendance": Attendance.NO_ACCESS, "minutes": None, "venue": Venue.CLINIC}, "attendance"),
        ({"attendance": Attendance.WAS_NOT_BROUGHT, "minutes": None, "infant_voice": "She slept."}, "infant_voice"),
        ({"attendance": Attendance.NO_ACCESS, "minutes": None, "elements": frozenset(Element)}, "elements"),
        ({"mode": ContactMode.TELEPHONE}, "venue"),
        ({"venue": Venue.REMOTE}, "venue"),
        ({"kind": ContactKind.GROUP}, "kind"),
        ({"group_session_id": new_id()}, "kind"),
        ({"strand_id": new_id()}, "strand"),
        ({"practitioner_id": new_id()}, "practitioner"),
    ],
)
async def test_what_cannot_have_happened_is_not_stored(team: ATeam, changes: dict[str, Any], field: str) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken) as refusal:
        await family.has(family.session(**changes))

    assert refusal.value.field == field
    assert "uk.pairs.contact.recorded.v1" not in [kind for kind, _ in await team.published()]


async def test_was_not_brought_is_for_a_baby_and_did_not_attend_for_an_adult(team: ATeam) -> None:
    family = await a_family(team)
    alone = frozenset({family.leonie})

    with pytest.raises(RuleBroken) as refusal:
        await family.has(family.missed(people=alone))
    await family.has(family.missed(people=alone, attendance=Attendance.DID_NOT_ATTEND))

    assert refusal.value.code == "contact_not_brought"


async def needs_an_interpreter(family: AFamily) -> None:
    async with family.team.engine.begin() as connection:
        await connection.execute(
            insert(access_need).values(
                id=new_id(), version=1, person_id=family.leonie, asked_on=TODAY, interpreter_language="pol"
            )
        )


@pytest.mark.parametrize("answer", [None, Interpreter.BOOKED, Interpreter.NOT_BOOKED])
async def test_whoever_needs_an_interpreter_is_asked_about(team: ATeam, answer: Interpreter | None) -> None:
    family = await a_family(team)
    await needs_an_interpreter(family)

    with pytest.raises(RuleBroken) as refusal:
        await family.has(family.session(interpreter=answer))
    await family.has(family.session(interpreter=Interpreter.USED))
    await family.has(family.session(people=frozenset({family.dan, family.shannon})))

    assert refusal.value.field == "interpreter"


async def test_the_team_administrator_does_not_record_sessions(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await family.has(actor=an_actor(Role.TEAM_ADMINISTRATOR))


async def test_a_family_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    family, other = await a_family(team), await a_family(other_team)
    family.episode_id = other.episode_id

    with pytest.raises(NotFound):
        await family.has()


async def test_a_session_late_in_the_evening_is_on_the_london_day(team: ATeam) -> None:
    family = await a_family(team)
    team.now = datetime(2026, 4, 1, 23, 30, tzinfo=UTC)

    await family.has(family.session(held_on=date(2026, 4, 2)))

    assert await column(team, "first_contact_on") == date(2026, 4, 2)
