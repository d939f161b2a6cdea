"""The pages of the register, as whoever looks after it uses them."""

import httpx
import pytest

from services.training.database.workforce_tables import person, post
from shared.testing.visitor import hidden_in
from tests.training.conftest import PRIYA, TrainedTeam
from tests.training.workforce.importing import a_file, people

Fields = dict[str, str]


async def sends(client: httpx.AsyncClient, address: str, **fields: str) -> httpx.Response:
    """The form of a page, filled in."""
    page = await client.get(address)
    assert page.status_code == 200, page.text
    return await client.post(address, data={**hidden_in(page.text), **fields})


def leads_to(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_somebody_is_added_moves_and_goes_on_leave(trained: TrainedTeam) -> None:
    fields = {"given_name": "Omar", "family_name": "Khan", "profession": "midwife"}
    added = leads_to(await sends(trained.ann, "/people/new", **fields, organisation=str(trained.organisation_id)))
    root = added.partition("?")[0]
    leave = {"from_on-day": "2", "from_on-month": "2", "from_on-year": "2026"}
    leads_to(await sends(trained.ann, f"{root}/leave", **leave))
    page = (await trained.ann.get(root)).text

    assert "Omar Khan" in page
    assert "2 February 2026</span>, not back yet" in page


async def test_one_of_the_same_name_is_shown_before_she_is_added(trained: TrainedTeam) -> None:
    fields = {"given_name": "Ruth", "family_name": "Benett", "profession": "midwife"}
    page = await sends(trained.ann, "/people/new", **fields, organisation=str(trained.organisation_id))

    assert "Ruth Bennett" in page.text
    assert len(await trained.rows(person)) == 2


@pytest.mark.parametrize("text", ["bennett", "RUTH ben", "ruth@grange.example", "00123"])
async def test_she_is_found_by_name_email_or_number_and_no_address_has_them(trained: TrainedTeam, text: str) -> None:
    found = await sends(trained.ann, "/find", text=text)

    assert text not in str(found.url)
    assert "Ruth Bennett" in found.text


SPELLED = [("Zoë", "O’Flaherty", "zoe oflaherty"), ("محمد", "حسين", "Mohammed Hussain"), ("小明", "王", "xiaoming")]


@pytest.mark.parametrize(("given", "family", "typed"), SPELLED)
async def test_somebody_is_found_and_known_again_as_those_without_that_keyboard_type_them(
    trained: TrainedTeam, given: str, family: str, typed: str
) -> None:
    organisation = str(trained.organisation_id)
    fields = {"given_name": given, "family_name": family, "profession": "midwife", "organisation": organisation}
    leads_to(await sends(trained.ann, "/people/new", **fields))
    found = await sends(trained.ann, "/find", text=typed)

    assert f"{given} {family}" in found.text
    if " " in typed:
        first, last = typed.split()
        again = await sends(trained.ann, "/people/new", **(fields | {"given_name": first, "family_name": last}))
        assert f"{given} {family}" in again.text
        assert len(await trained.rows(person, family_name=last)) == 0


async def test_a_file_is_chosen_looked_at_put_right_and_saved(trained: TrainedTeam) -> None:
    page = await trained.ann.get("/people/imports/new")
    rows = [*people(2), people(3)[2].replace("Midwife", "Wizard")]
    wrong = await trained.ann.post("/people/imports/new", data=hidden_in(page.text), files={"file": a_file(*rows)})
    preview = (await trained.ann.get(leads_to(wrong))).text
    csv = (await trained.ann.get(leads_to(wrong) + ".csv")).text

    assert "This profession is not known here." in preview
    assert "Save the file" not in preview
    assert "profession: This profession is not known here." in csv

    page = await trained.ann.get("/people/imports/new")
    mended = {"file": csv.replace("Wizard", "Midwife").encode()}
    right = leads_to(await trained.ann.post("/people/imports/new", data=hidden_in(page.text), files=mended))
    stored = leads_to(await sends(trained.ann, right.replace("/lines", "/store")))

    assert "New: 3" in (await trained.ann.get(stored)).text
    assert len(await trained.rows(post)) == 5


async def test_what_is_no_table_is_told_at_the_file(trained: TrainedTeam) -> None:
    page = await trained.ann.get("/people/imports/new")
    answer = await trained.ann.post("/people/imports/new", data=hidden_in(page.text), files={"file": b"name\nRuth"})
    shown = answer if answer.status_code == 422 else await trained.ann.get(leads_to(answer))

    assert "The first row lacks: organisation" in shown.text


async def test_formulas_that_somebody_sent_are_inert_in_what_we_send_back(trained: TrainedTeam) -> None:
    page = await trained.ann.get("/people/imports/new")
    rows = people(1)[0].replace("Given1000", '"=HYPERLINK(1)"')
    answer = await trained.ann.post("/people/imports/new", data=hidden_in(page.text), files={"file": a_file(rows)})
    csv = (await trained.ann.get(leads_to(answer) + ".csv")).text

    assert ",'=HYPERLINK(1)," in csv


async def test_a_practitioner_sees_who_works_there_and_no_file(trained: TrainedTeam) -> None:
    priya = trained.walked.clients[PRIYA]

    assert "Add a person" not in (await priya.get("/people")).text
    assert (await priya.get("/people/imports")).status_code == 403
    assert "The team lead or an administrator looks after the people" in (await priya.get("/people/new")).text


async def test_how_many_work_there_is_entered_and_stands_on_the_list(trained: TrainedTeam) -> None:
    day = {"as_of-day": "1", "as_of-month": "1", "as_of-year": "2026"}
    address = f"/organisations/{trained.organisation_id}/headcount"
    page = await trained.ann.get(leads_to(await sends(trained.ann, address, profession="midwife", people="24", **day)))

    assert "1 January 2026" in page.text
    assert ">24<" in (await trained.ann.get("/organisations")).text
