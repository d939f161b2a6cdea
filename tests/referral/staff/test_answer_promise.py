"""What a page promised stands on every page of the team until it is done, and cannot be put away without words."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.contents import SERVICE
from services.referral.database.intake_tables import promise
from services.referral.database.letter_tables import message
from services.referral.intake.commands.accept_referral import AcceptedFamily, AcceptReferral, accept_referral
from services.referral.intake.commands.leave_number import LeaveNumber
from services.referral.intake.commands.make_promise import MakePromise, make_promise
from services.referral.intake.commands.promise_answer import PromiseAnswer, promise_answer
from services.referral.intake.timers.notice_overdue_promises import notice_overdue_promises
from services.referral.letters.commands.issue_letter import IssueLetter, issue_letter
from services.referral.staff.commands.answer_promise import AnswerPromise, answer_promise
from services.referral.staff.domain.open_promise import promise_words
from services.referral.staff.web.promise_line import PromiseWatch
from shared.contracts.pathway_codes import PromiseKind
from shared.contracts.vocabulary import Role, Urgency
from shared.kernel.actor import Actor, public_form
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from shared.web.watch import Watched
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, an_actor, an_opening
from tests.referral.contacts.builders import a_family
from tests.referral.intake.test_ask_for_more import ask
from tests.referral.intake.test_close_referral import close
from tests.referral.intake.test_leave_number import LEFT, leaves
from tests.referral.letters.builders import referral_of
from tests.referral.letters.test_issue_letter import a_finished_draft
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER, REGIONAL_LEAD, Visitor
from tests.referral.worklists.builders import statements_of

DANGER = "1 person said that someone is in danger: answer by 10:00"
PAGES = [item.href for item in SERVICE.navigation]


async def promises(team: ATeam, kind: PromiseKind = PromiseKind.DANGER_SAID) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(select(promise).where(promise.c.kind == kind).order_by(promise.c.id)))


async def makes(team: ATeam, kind: PromiseKind, about: UUID, due_at: datetime) -> None:
    async with team.begin(public_form()) as work:
        await make_promise(MakePromise(kind, due_at, about), work)


async def answers(team: ATeam, actor: Actor | None = None, spoken: str = "Leonie", done: str = "She is safe.") -> None:
    (row,) = await promises(team)
    async with team.begin(actor or an_actor(Role.PRACTITIONER)) as work:
        await answer_promise(AnswerPromise(row.id, spoken, done), work)


async def test_danger_in_a_referral_is_promised_an_answer_whichever_way_it_came(team: ATeam) -> None:
    receipt = await team.receives(in_danger=True)
    await team.receives()

    (row,) = await promises(team)

    assert row.about == receipt.referral_id
    assert row.due_at > NOW


async def test_it_stands_on_every_page_of_everybody_of_the_team_until_it_is_answered(
    team: ATeam, staff: Visitor
) -> None:
    receipt = await team.receives()
    team.now = NOW
    await makes(team, PromiseKind.DANGER_SAID, receipt.referral_id, NOW.replace(hour=10, minute=0))
    at_eight = NOW.replace(hour=8)
    team.now = at_eight
    for person in (PRACTITIONER, LEAD, ADMINISTRATOR):
        await staff.signs_in(person)
        for path in PAGES:
            page = (await staff.client.get(path)).text
            assert DANGER in page, f"{person.name}: {path}"
            assert f'href="/referrals/{receipt.referral_id}/danger"' in page
            line = page[page.index("pairs-alarm") : page.index("<main")]
            assert "Leonie" not in line
            assert "Shannon" not in line

    await answers(team)

    assert DANGER not in (await staff.client.get(PAGES[0])).text


async def test_nobody_outside_the_team_is_told(team: ATeam, staff: Visitor) -> None:
    await team.receives(in_danger=True)
    await staff.signs_in(REGIONAL_LEAD)

    assert "in danger" not in (await staff.client.get("/my-day")).text


async def test_a_page_costs_no_statement_more(team: ATeam, staff: Visitor) -> None:
    await staff.client.get("/triage")
    async with statements_of(team) as before:
        await staff.client.get("/waiting")
    for _ in range(5):
        await team.receives(in_danger=True)
    await staff.client.get("/waiting")

    async with statements_of(team) as after:
        await staff.client.get("/waiting")

    assert len(after) <= len(before)


@pytest.mark.parametrize(
    ("kind", "count", "due", "words"),
    [
        (PromiseKind.DANGER_SAID, 1, 10, "1 person said that someone is in danger: answer by 10:00"),
        (PromiseKind.DANGER_SAID, 2, 8, "2 people said that someone is in danger: answer now, it was due 08:00"),
        (PromiseKind.READ_BY, 1, 17, "1 referral to read by 17:00"),
        (PromiseKind.HEARD_BY, 3, 17, "3 people to hear from us by 17:00"),
    ],
)
def test_the_line_counts_and_says_by_when(kind: PromiseKind, count: int, due: int, words: str) -> None:
    now = NOW.replace(hour=9, minute=0)

    assert promise_words(kind, count, now.replace(hour=due), now) == words


def test_every_kind_of_promise_has_words() -> None:
    for kind in PromiseKind:
        assert promise_words(kind, 1, NOW, NOW)


def test_danger_comes_first_and_what_is_overdue_is_red() -> None:
    def said(kind: PromiseKind, due_at: datetime) -> dict[str, Any]:
        return {
            "kind": kind.value,
            "count": 1,
            "due_at": due_at.isoformat(),
            "about": str(new_id()),
            "is_referral": True,
        }

    late, soon = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    value = [said(PromiseKind.READ_BY, late), said(PromiseKind.HEARD_BY, soon), said(PromiseKind.DANGER_SAID, soon)]

    found = PromiseWatch().watched(value, an_actor(Role.TEAM_LEAD), NOW).notices

    assert [one.is_urgent for one in found] == [True, True, False]
    assert "danger" in found[0].words
    assert PromiseWatch().watched(value, an_actor(Role.REGIONAL_LEAD), NOW) == Watched()
    assert PromiseWatch().watched(None, an_actor(Role.TEAM_LEAD), NOW) == Watched([])


async def test_an_answer_says_with_whom_and_what_was_done_and_is_given_once(team: ATeam) -> None:
    await team.receives(in_danger=True)

    for spoken, done in ((" ", "She is safe."), ("Leonie", "")):
        with pytest.raises(RuleBroken):
            await answers(team, spoken=spoken, done=done)
    await answers(team)
    with pytest.raises(Conflict):
        await answers(team)

    (row,) = await promises(team)
    assert (row.spoken_with, row.answer) == ("Leonie", "She is safe.")
    kept = [body for kind, body in await team.published() if kind == "uk.pairs.promise.kept.v1"]
    assert [one["is_late"] for one in kept] == [False]
    assert "She is safe" not in str(await team.published())
    assert ("promise.answer", row.about) in await team.audited()


async def test_who_answers_alarms_may_be_the_office_too(team: ATeam) -> None:
    await team.receives(in_danger=True)
    office = an_actor(Role.TEAM_ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        await answers(team, office)

    team.rules = {"alarmed": frozenset({Role.TEAM_ADMINISTRATOR})}
    await answers(team, office)


async def test_a_referral_in_danger_is_closed_only_when_somebody_answered_or_a_named_colleague_does(
    team: ATeam,
) -> None:
    family = await a_family(team)
    receipt = await team.receives(in_danger=True)

    with pytest.raises(RuleBroken, match="safety_open"):
        await close(team, receipt.referral_id)
    await close(team, receipt.referral_id, safety_to=family.practitioner.id)

    (row,) = await promises(team)
    assert (row.assigned_to, row.answered_at) == (family.practitioner.id, None)
    await answers(team)


async def test_what_was_promised_is_kept_by_what_the_team_does(team: ATeam) -> None:
    asked, closed = (await team.receives()).referral_id, (await team.receives()).referral_id
    family = await a_family(team)
    met = await referral_of(team, family.family_id)
    for one in (asked, closed, met):
        for kind in (PromiseKind.READ_BY, PromiseKind.HEARD_BY):
            await makes(team, kind, one, NOW + timedelta(days=5))

    await ask(team, asked)
    await close(team, closed)
    await family.has()

    read = {row.about: row.answered_at for row in await promises(team, PromiseKind.READ_BY)}
    heard = {row.about: row.answered_at for row in await promises(team, PromiseKind.HEARD_BY)}
    assert read[asked]
    assert read[closed]
    assert heard[closed]
    assert heard[met]
    assert heard[asked] is None


async def test_a_referral_that_was_accepted_was_read(team: ATeam) -> None:
    referral_id = (await team.receives()).referral_id
    await makes(team, PromiseKind.READ_BY, referral_id, NOW + timedelta(days=5))

    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await accept_referral(AcceptReferral(referral_id, 1, Urgency.ROUTINE, an_opening()), work)

    assert (await promises(team, PromiseKind.READ_BY))[0].answered_at


async def test_a_letter_that_was_issued_is_hearing(team: ATeam) -> None:
    family = await a_family(team)
    referral_id = await referral_of(team, family.family_id)
    await makes(team, PromiseKind.HEARD_BY, referral_id, NOW + timedelta(days=5))
    letter_id = await a_finished_draft(family)

    async with team.begin(family.practitioner) as work:
        await issue_letter(IssueLetter(letter_id, 2), work)

    assert (await promises(team, PromiseKind.HEARD_BY))[0].answered_at


async def test_that_one_is_overdue_is_noticed_once_and_told_without_any_person(team: ATeam) -> None:
    await team.receives(in_danger=True)
    team.rules = {"duty_address": "duty@example.org", "mail_server": "smtp://mail.example.org"}
    before = await notice_overdue_promises(team.units)
    team.now = NOW + timedelta(days=4)

    noticed = [await notice_overdue_promises(team.units) for _ in range(2)]

    assert (before, noticed) == (0, [1, 0])
    async with team.engine.connect() as connection:
        (sent,) = await connection.execute(select(message))
    assert sent.address == "duty@example.org"
    assert "Leonie" not in sent.subject + sent.body
    (row,) = await promises(team)
    assert row.answered_at is None


async def test_without_mail_it_is_noticed_and_nothing_is_queued(team: ATeam) -> None:
    await team.receives(in_danger=True)
    team.now = NOW + timedelta(days=4)

    assert await notice_overdue_promises(team.units) == 1
    async with team.engine.connect() as connection:
        assert list(await connection.execute(select(message))) == []


async def test_it_is_answered_from_the_referrals_page(team: ATeam, staff: Visitor) -> None:
    here = f"/referrals/{(await team.receives(in_danger=True)).referral_id}"
    before = (await staff.client.get(here)).text

    answer = await staff.posts(
        f"{here}/danger", {"spoken_with": "Leonie", "answer": "She is with her mother."}, seen_on=f"{here}/danger"
    )
    after = (await staff.client.get(answer.headers["location"])).text

    assert f'href="{here}/danger"' in before
    assert "Answer now" in before
    assert "What was done about the danger" in after
    assert "She is with her mother." in after
    assert "Answer now" not in after


async def accepts(team: ATeam, referral_id: UUID, **changes: Any) -> AcceptedFamily:
    command = AcceptReferral(referral_id, 1, Urgency.URGENT, an_opening(), **changes)
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        return await accept_referral(command, work)


def alarm_in(page: str) -> str:
    found = re.search(r'<[^>]*pairs-alarm.*?href="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("others", [0, 1])
async def test_the_red_line_leads_to_whoever_nobody_has_answered_even_when_the_referral_was_accepted(
    team: ATeam, staff: Visitor, others: int
) -> None:
    family = await a_family(team)
    answered = await team.receives(in_danger=True)
    await answers(team)
    accepted = (await team.receives(in_danger=True)).referral_id
    await accepts(team, accepted, safety_to=family.practitioner.id)
    numbers = [await leaves_a_number(team) for _ in range(others)]

    address = alarm_in((await staff.client.get("/waiting")).text)
    page = (await staff.client.get(address)).text

    assert address == ("/triage" if others else f"/referrals/{accepted}/danger")
    if others:
        assert f'href="/referrals/{accepted}/danger"' in page
        assert f'href="/callbacks/{numbers[0]}"' in page
        assert f'href="/referrals/{answered.referral_id}/danger"' not in page
        assert page.count("Someone in danger") == 1 + others
        assert PRACTITIONER.name in page


async def test_the_red_line_about_a_number_leads_to_the_number(team: ATeam, staff: Visitor) -> None:
    number = await leaves_a_number(team)

    assert alarm_in((await staff.client.get("/waiting")).text) == f"/callbacks/{number}"


async def test_a_referral_in_danger_is_accepted_only_when_somebody_answered_or_a_named_colleague_does(
    team: ATeam,
) -> None:
    family = await a_family(team)
    referral_id = (await team.receives(in_danger=True)).referral_id

    with pytest.raises(RuleBroken, match="safety_open"):
        await accepts(team, referral_id)
    await accepts(team, referral_id, safety_to=family.practitioner.id)

    (row,) = await promises(team)
    assert (row.assigned_to, row.answered_at) == (family.practitioner.id, None)


async def leaves_a_number(team: ATeam) -> UUID:
    number = (await leaves(team, LeaveNumber(new_id(), LEFT))).id
    async with team.begin(public_form()) as work:
        await promise_answer(PromiseAnswer(number, in_danger=True), work)
    return number
