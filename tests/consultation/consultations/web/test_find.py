"""A consultation is looked for from the head of every page."""

from urllib.parse import unquote

import httpx
import pytest

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.domain.consultation import About, Talk
from services.consultation.organisations.commands.add_organisation import AddOrganisation, add_organisation
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows, Topic
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.identifiers import new_id
from shared.testing.visitor import hidden_in
from tests.consultation.conftest import ANN, PRIYA, TOM, AskedTeam, a_log


async def finds(client: httpx.AsyncClient, text: str) -> httpx.Response:
    page = await client.get("/consultations")
    return await client.post("/find", data={**hidden_in(page.text), "text": text})


@pytest.fixture
async def logged(asked: AskedTeam) -> AskedTeam:
    """A second one is about a family by name, and feeding."""
    about = About(ConsultationKind.CASE_NAMED, asked.family_id, FamilyKnows.TODAY)
    talk = Talk("Advised to wait.", frozenset({Topic.FEEDING}))
    async with asked.begin(PRIYA) as work:
        await log_consultation(a_log(asked.organisation_id, about=about, talk=talk), work)
    return asked


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("grange", "2 matches"),
        ("park BONDING", "1 match"),
        ("feed", "1 match"),
        ("BLA-2026-000110", "1 match"),
        ("2026-110", "1 match"),
        ("2026-000111", "No match"),
        ("100%", "No match"),
    ],
)
async def test_it_is_found_by_organisation_topic_or_reference_and_no_address_has_it(
    logged: AskedTeam, text: str, matches: str
) -> None:
    found = await finds(logged.walked.clients[ANN], text)

    assert matches in found.text
    assert text not in unquote(str(found.url))


async def test_an_organisation_is_found_without_the_letters_that_a_keyboard_lacks(asked: AskedTeam) -> None:
    school = new_id()
    async with asked.begin(PRIYA) as work:
        await add_organisation(AddOrganisation(school, "Ysgol Pen-y-Brŷn", SourceGroup.FAMILY_HUB), work)
        await log_consultation(a_log(school), work)

    assert "1 match" in (await finds(asked.priya, "penybryn")).text


async def test_what_was_looked_for_is_on_the_trail_and_nothing_typed_is_told_so(logged: AskedTeam) -> None:
    assert "Enter an organisation, a topic or a family’s reference" in (await finds(logged.priya, " ")).text
    await finds(logged.priya, "grange")

    assert "Looked for a consultation" in (await logged.walked.clients[TOM].get("/audit")).text
