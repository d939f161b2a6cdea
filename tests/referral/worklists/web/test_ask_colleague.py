"""A form that someone may not send becomes a request to those who may, who find it among their tasks."""

import html
import re
from urllib.parse import quote
from uuid import UUID

import pytest

from services.referral.contents import SERVICE
from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.restriction import RestrictionReason
from services.referral.staff.domain.capabilities import CAPABILITIES
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capability
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.referral.a_team import ATeam
from tests.referral.builders import an_actor
from tests.referral.contacts.builders import a_family
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.web.every_form import FORMS
from tests.referral.web.test_staff_pages import MOVE
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER, Visitor
from tests.referral.worklists.builders import a_family as a_listed_family

WORDS = "Leonie rang, and they want to come again."


async def asks(visitor: Visitor, form: str) -> tuple[str, str]:
    """An administrator opens the form, and asks; what they were shown, and where they were led."""
    await visitor.signs_in(ADMINISTRATOR)
    page = await visitor.client.get(form, follow_redirects=True)
    asked = str(page.url.raw_path, "ascii")
    sent = await visitor.posts(asked, {"words": WORDS}, seen_on=asked)
    assert sent.status_code == 303, sent.text
    return page.text, (await visitor.client.get(sent.headers["location"])).text


async def is_answered(team: ATeam, visitor: Visitor, who: Person, form: str, kind: TaskKind) -> None:
    """Whoever may finds it among their own tasks, with a way to the family and to the form, and answers it."""
    family_id = UUID(form.split("/")[2])
    task_id = (await team.published())[-1][1]["task_id"]
    await visitor.signs_in(who)

    tasks = (await visitor.client.get("/tasks?whose=mine")).text
    answered = await visitor.posts(
        f"/tasks/{task_id}", {"version": "1", "answer": "Done today."}, seen_on=f"/tasks/{task_id}"
    )

    assert kind.label in tasks
    assert WORDS in tasks
    assert f'href="/families/{family_id}"' in tasks
    assert f'href="{form}"' in tasks
    assert answered.status_code == 303
    assert [("task.ask", family_id), ("task.answer", family_id)] == [
        one for one in await team.audited() if one[0] in {"task.ask", "task.answer"}
    ]


def says_that_it_was_asked(shown: str, who: Person, after: str, kind: TaskKind) -> None:
    assert "Ask someone who may" in shown
    assert who.name in shown
    assert "Asked." in after
    assert kind.label in after
    assert ">Wed 4 Mar</time>" in after


async def test_what_an_administrator_asks_of_the_lead_is_among_the_leads_own_tasks(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.signs_in(LEAD)
    family = await a_family(team)
    await discharge(family)
    form = f"/families/{family.family_id}/plan/undo-discharge"

    shown, after = await asks(visitor, form)

    says_that_it_was_asked(shown, LEAD, after, TaskKind.ASKED_OF_LEAD)
    await is_answered(team, visitor, LEAD, form, TaskKind.ASKED_OF_LEAD)


async def test_what_an_administrator_asks_of_a_practitioner_is_among_the_practitioners_own_tasks(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.signs_in(PRACTITIONER)
    form = f"/families/{await a_listed_family(team)}/sessions/new"

    shown, after = await asks(visitor, form)

    says_that_it_was_asked(shown, PRACTITIONER, after, TaskKind.ASKED_OF_PRACTITIONER)
    await is_answered(team, visitor, PRACTITIONER, form, TaskKind.ASKED_OF_PRACTITIONER)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "https://example.org/",
        "//example.org/families/{family}/discharge",
        "/families/{family}",
        "/families/{other}/discharge",
        "/families/{family}/discharge/../../..",
        "/families/{family}/plan/not-an-id/rate-goal",
        "javascript:alert(1)",
    ],
)
async def test_somebody_is_asked_only_for_a_form_about_the_family(team: ATeam, visitor: Visitor, page: str) -> None:
    family_id = (await a_family(team)).family_id
    await visitor.signs_in(ADMINISTRATOR)

    asked = quote(page.format(family=family_id, other=new_id()), safe="")
    answer = await visitor.client.get(f"/families/{family_id}/ask?for={asked}")

    assert answer.status_code == 404
    assert "There is no such form about this record." in answer.text


async def test_nobody_is_asked_without_words_and_the_page_says_so(team: ATeam, visitor: Visitor) -> None:
    family_id = (await a_family(team)).family_id
    address = f"/families/{family_id}/ask?for=/families/{family_id}/discharge"
    await visitor.signs_in(ADMINISTRATOR)

    empty = await visitor.posts(address, {"words": " "}, seen_on=address)

    assert (empty.status_code, "Write what you need, and why" in empty.text) == (422, True)


async def restricted(team: ATeam) -> UUID:
    family_id = (await a_family(team)).family_id
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        command = RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "Leonie works here.", frozenset(), None)
        await restrict_family(command, work)
    return family_id


@pytest.mark.parametrize("end", ["discharge", "plan/undo-discharge", "holds/new", "ask"])
async def test_of_a_restricted_family_the_record_is_refused_and_nobody_is_told_of_roles(
    team: ATeam, visitor: Visitor, end: str
) -> None:
    family_id = await restricted(team)
    await visitor.signs_in(ADMINISTRATOR)

    form = f"/families/{family_id}/{end}"
    query = f"?for=/families/{family_id}/discharge" if end == "ask" else ""
    answer = await visitor.client.get(f"{form}{query}")

    assert answer.status_code == 403
    assert "Only named colleagues may open this record." in answer.text
    assert "Ask someone who may" not in answer.text


def test_every_form_about_a_family_that_a_colleague_can_be_asked_for_has_a_name() -> None:
    about_a_family = [form for form in FORMS if form.path.startswith("/families/") and form.page.opens]
    not_for_all = [
        form
        for form in about_a_family
        if isinstance(form.page.capability, Capability)
        and CAPABILITIES.roles_with(form.page.capability) != SERVICE.roles
    ]

    assert len(not_for_all) > 30
    assert [form.path for form in not_for_all if not form.page.title] == []


async def test_a_change_that_only_the_lead_decides_on_is_asked_of_the_lead_from_where_it_was_refused(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.signs_in(LEAD)
    form = f"/families/{(await team.accepts()).family_id}/tier"
    step_up = MOVE | {"level": "specialist", "mdt_on-day": "2", "mdt_on-month": "3", "mdt_on-year": "2026"}
    await visitor.signs_in(PRACTITIONER)

    refused = await visitor.posts(form, step_up, seen_on=form)
    (link,) = re.findall(r'<a href="(/families/[^"]*/ask\?[^"]*)"', refused.text)
    asked = await visitor.posts(html.unescape(link), {"words": WORDS}, seen_on=html.unescape(link))

    assert refused.status_code == 403
    assert asked.status_code == 303
    await is_answered(team, visitor, LEAD, form, TaskKind.ASKED_OF_LEAD)
