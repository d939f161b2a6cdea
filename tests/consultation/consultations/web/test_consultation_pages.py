"""The pages of consultation, as those who work with them use them."""

import httpx
import pytest

from services.consultation.consultations.reactions.on_consent_recorded import on_consent_recorded
from services.consultation.consultations.reactions.on_consent_withdrawn import on_consent_withdrawn
from services.consultation.organisations.queries.organisation_list import organisations_offered
from shared.contracts.family import ConsentRecorded, ConsentWithdrawn
from shared.contracts.pathway_codes import ConsentScope
from shared.testing.visitor import hidden_in
from tests.consultation.conftest import ANN, BETH, NOW, PRIYA, REFERENCE, TOM, AskedTeam
from tests.consultation.consultations.test_families_known_by_reference import DELIVERY


async def logs(asked: AskedTeam, **changes: str) -> httpx.Response:
    """Sends the form as it is filled in within a minute."""
    page = await asked.priya.get("/consultations/new")
    fields = {
        **hidden_in(page.text),
        "organisation": str(asked.organisation_id),
        "kind": "theme",
        "words": "How dads bond.",
        "profession": "health_visitor",
        "minutes": "30",
        "mode": "phone",
        "held_on-day": str(NOW.day),
        "held_on-month": str(NOW.month),
        "held_on-year": str(NOW.year),
        **changes,
    }
    return await asked.priya.post("/consultations/new", data=fields)


async def adds_organisation(asked: AskedTeam, name: str) -> None:
    page = await asked.priya.get("/organisations/new")
    await asked.priya.post("/organisations/new", data={**hidden_in(page.text), "name": name, "sector": "primary_care"})


def leads_to(answer: httpx.Response) -> str:
    return answer.headers["location"]


async def test_a_consultation_is_logged_and_stands_first_in_the_log(asked: AskedTeam) -> None:
    answer = await logs(asked)
    page = (await asked.priya.get(leads_to(answer))).text

    assert leads_to(answer) == "/consultations?done=logged"
    assert "2 consultations, newest first" in page
    assert [row.kind for row in await asked.rows()] == ["case_anonymous", "theme"]


async def test_one_with_no_names_that_names_somebody_is_refused_and_kept_as_it_was_typed(asked: AskedTeam) -> None:
    words = "Born 14/09/2026 in FY1 9ZZ: looks away."

    page = (await logs(asked, kind="case_anonymous", words=words)).text

    assert "“14/09/2026” (a full date), “FY1 9ZZ” (a postcode)" in page
    assert f">{words}</textarea>" in page
    assert len(await asked.rows()) == 1


@pytest.mark.parametrize("said", [REFERENCE, "2026-110", "bla 2026 000110"])
async def test_a_family_is_named_by_its_reference_as_people_write_it(asked: AskedTeam, said: str) -> None:
    answer = await logs(asked, kind="case_named", family=said, family_knows="today")

    assert leads_to(answer) == "/consultations?done=logged"
    assert (await asked.rows())[-1].family_id == asked.family_id


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", "Enter the family’s reference"),
        ("Robin", "Enter a reference like BLA-2026-000110"),
        ("BLA-2026-000999", "No family of this team has this reference"),
    ],
)
async def test_a_reference_that_is_none_is_refused_with_what_to_do(asked: AskedTeam, said: str, sentence: str) -> None:
    answer = await logs(asked, kind="case_named", family=said, family_knows="today")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert len(await asked.rows()) == 1


async def test_a_child_who_could_come_to_harm_is_somebodys_task_today(asked: AskedTeam) -> None:
    answer = await logs(asked, could_be_harmed="yes")
    page = (await asked.priya.get(leads_to(answer))).text

    assert leads_to(answer).startswith("/tasks/")
    assert "Make sure today that social care is told" in page


async def test_the_form_of_an_organisation_begins_as_it_was_the_last_time(asked: AskedTeam) -> None:
    page = (await asked.priya.get(f"/consultations/new?organisation={asked.organisation_id}")).text

    assert 'value="Ruth Bennett"' in page
    assert f'value="{asked.organisation_id}" selected' in page


async def test_a_withdrawn_one_is_counted_no_longer_and_its_words_stay(asked: AskedTeam) -> None:
    where = f"/consultations/{asked.consultation_id}/withdraw"
    page = await asked.priya.get(where)
    sent = await asked.priya.post(where, data={**hidden_in(page.text), "version": "1", "why": "Logged twice."})

    assert leads_to(sent) == "/consultations?done=withdrawn", sent.text

    assert "Looks away" not in (await asked.priya.get("/consultations")).text
    shown = (await asked.priya.get(f"/consultations/{asked.consultation_id}")).text
    assert "Logged twice." in shown
    assert "Looks away when it gets loud." in shown
    assert "Grange Park" in (await asked.priya.get("/consultations?chip=withdrawn")).text


async def test_one_with_no_names_is_linked_to_a_family_for_a_reason(asked: AskedTeam) -> None:
    where = f"/consultations/{asked.consultation_id}/identify"
    page = await asked.priya.get(where)
    fields = {**hidden_in(page.text), "version": "1", "family": REFERENCE, "why": "The mother told us."}
    await asked.priya.post(where, data=fields)

    [row] = await asked.rows()
    assert (row.family_id, row.identified_why, row.kind) == (asked.family_id, "The mother told us.", "case_anonymous")


async def test_whoever_asks_and_whoever_never_does_stand_on_one_list(asked: AskedTeam) -> None:
    await adds_organisation(asked, "Layton GPs")

    never = (await asked.priya.get("/organisations?asks=never")).text
    asks = (await asked.priya.get("/organisations?asks=asked")).text

    assert "Layton GPs" in never
    assert ">Grange Park</a>" not in never
    assert ">Grange Park</a>" in asks


async def test_the_next_one_begins_with_the_same_organisation_and_day_and_no_family(asked: AskedTeam) -> None:
    named = {"kind": "case_named", "family": REFERENCE, "family_knows": "today", "held_on-day": "1"}

    answer = await logs(asked, **named, then="another")
    page = (await asked.priya.get(leads_to(answer))).text

    assert f'value="{asked.organisation_id}" selected' in page
    assert 'id="held_on-day" name="held_on-day" type="text" value="1"' in page
    assert f'value="{REFERENCE}"' not in page
    assert "Saved. Log another one" in page


async def test_the_same_form_sent_twice_is_one_and_two_tabs_are_two(asked: AskedTeam) -> None:
    first, second = [hidden_in((await asked.priya.get("/consultations/new")).text) for _ in range(2)]

    for hidden in (first, first, second):
        await logs(asked, **hidden)

    assert len(await asked.rows()) == 3


async def test_what_is_left_open_is_as_the_last_time(asked: AskedTeam) -> None:
    await logs(asked, profession="", tier="")

    assert [(row.profession, row.tier) for row in await asked.rows()] == [("health_visitor", "universal")] * 2


async def test_whoever_never_asked_before_says_what_they_are(asked: AskedTeam) -> None:
    await adds_organisation(asked, "Layton GPs")
    async with asked.begin(PRIYA) as work:
        [layton] = [one for one in await organisations_offered(work) if one.label == "Layton GPs"]

    answer = await logs(asked, organisation=str(layton.value), profession="")

    assert answer.status_code == 422
    assert "Choose the profession: this organisation has not asked before" in answer.text
    assert 'href="#profession"' in answer.text


async def test_whether_the_family_knows_is_asked_unless_its_record_has_it(asked: AskedTeam) -> None:
    named = {"kind": "case_named", "family": REFERENCE}
    consent = {"family_id": asked.family_id, "scope": ConsentScope.SHARE_WITH_HEALTH_VISITOR}

    assert "Choose whether the family knows" in (await logs(asked, **named)).text

    async with asked.begin(PRIYA) as work:
        await on_consent_recorded(ConsentRecorded(**consent), DELIVERY, work)
    await logs(asked, **named)
    assert (await asked.rows())[-1].family_knows == "on_record"
    assert "Choose whether the family knows" in (await logs(asked, **named, profession="midwife")).text

    async with asked.begin(PRIYA) as work:
        await on_consent_withdrawn(ConsentWithdrawn(**consent), DELIVERY, work)
    assert "Choose whether the family knows" in (await logs(asked, **named)).text


async def test_until_somebody_answers_every_page_says_that_a_child_could_come_to_harm(asked: AskedTeam) -> None:
    for path in ("/organisations", "/consultations/new", "/unfinished"):
        page = (await asked.walked.clients[BETH].get(path)).text
        assert "A child could come to harm: Grange Park asked. Priya Sample has not answered yet." in page


async def test_an_administrator_reads_and_does_not_log(asked: AskedTeam) -> None:
    ann = asked.walked.clients[ANN]

    assert (await ann.get("/consultations")).status_code == 200
    assert "A practitioner or the team lead logs a consultation." in (await ann.get("/consultations/new")).text


async def test_the_lead_reads_who_looked_at_what(asked: AskedTeam) -> None:
    await asked.walked.clients[PRIYA].get(f"/consultations/{asked.consultation_id}")

    assert "Looked at a consultation" in (await asked.walked.clients[TOM].get("/audit")).text
