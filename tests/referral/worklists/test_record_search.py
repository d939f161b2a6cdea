"""A search: whatever is typed is answered, names of many languages are found, and the index is what finds them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.referral.people.database.families import Families
from services.referral.people.database.people import People
from services.referral.people.domain.people import Caregiver, Relationship
from services.referral.people.domain.search import ByName, ByNhsNumber, ByReference, sought
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.worklists.queries.record_search import RecordsFound, record_search
from shared.database.name_words import NAME_WORDS
from shared.kernel.errors import RuleBroken
from shared.kernel.name_words import begins_with
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.worklists.builders import READER, a_family, asks, statements_of


async def found(team: ATeam, words: str) -> RecordsFound:
    async with team.begin(READER) as work:
        return await record_search(work.session, asks(), sought(words))


async def names(team: ATeam, words: str) -> list[str]:
    return [one.name for one in (await found(team, words)).people]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("999 000 0018", ByNhsNumber("9990000018")),
        ("bla-2026-000012", ByReference("BLA-2026-000012")),
        (" BLA 2026 000012 ", ByReference("BLA-2026-000012")),
        ("９９９ ０００ ００１８", ByNhsNumber("9990000018")),
        ("\u202a999\u00a0000\u00a00018\u202c", ByNhsNumber("9990000018")),
        ("Leonie O'Brien", ByName(begins_with("leonie o'brien"))),
        ("Ní", ByName(begins_with("ní"))),
        ("李", ByName(begins_with("李"))),
    ],
)
def test_what_is_typed_is_a_number_a_reference_or_a_name(typed: str, meant: Any) -> None:
    assert sought(typed) == meant


@pytest.mark.parametrize("name", ["Siân Ní Bhriain", "Anne-Marie O’Neill-Jones", "Łukasz Żółć", "Ömer Çelik", "王芳"])
async def test_names_of_many_languages_are_found_by_the_beginning_of_any_word(team: ATeam, name: str) -> None:
    await a_family(team, request={"subject": Baby(name, TODAY), "nhs_number": None})

    for word in name.replace("-", " ").replace("’", " ").split():
        if len(word) > 1:
            assert await names(team, word.upper()) == [name]
            assert await names(team, word[:2].lower()) == [name]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("प्रिया शर्मा", "प्रिया"),
        ("प्रिया शर्मा", "Priya Sharma"),
        ("İrem Yılmaz", "irem yilmaz"),
        ("Ann St.John", "St.John"),
        ("Zoë Example", "Zoe"),
        ("Łukasz Żółć", "Lukasz Zolc"),
        ("Mary O'Flaherty", "OFlaherty"),
        ("محمد حسين", "Mohammed Hussain"),
        ("王小明", "Xiaoming Wang"),
        ("김민준", "Kim Min-jun"),
    ],
)
async def test_a_name_is_found_as_it_is_stored_and_by_its_usual_spelling(team: ATeam, stored: str, typed: str) -> None:
    await a_family(team, request={"subject": Baby(stored, TODAY), "nhs_number": None})
    await team.receives(subject=Baby(stored, TODAY), nhs_number=None)

    assert await names(team, typed) == [stored, stored]
    assert await names(team, stored) == [stored, stored]


async def test_a_name_that_was_corrected_is_found_by_its_new_words_only(team: ATeam) -> None:
    family_id = await a_family(team)
    async with team.begin(READER) as work:
        baby = (await Families(work).get_to_change(family_id)).babies[0]
        await People(work).save(replace(baby, name="Zoë Example"))

    assert await names(team, "zoe") == ["Zoë Example"]
    assert await names(team, "shannon") == []


async def test_the_baby_comes_before_the_carers_and_says_whose_record_it_is(team: ATeam) -> None:
    family_id = await a_family(team)

    people = (await found(team, "example")).people

    assert [one.name for one in people] == ["Shannon Example", "Dan Example", "Leonie Example"]
    assert {one.family.family_id for one in people if one.family} == {family_id}
    assert [one.born_on is not None for one in people] == [True, False, False]


async def test_all_three_names_of_a_referral_find_it(team: ATeam) -> None:
    carer, other = Caregiver("Olivia Example", Relationship.BIRTH_PARENT), Caregiver("Sam Sample", Relationship.FATHER)
    await team.receives(subject=Unborn(TODAY), caregiver=carer, other_caregiver=other, nhs_number=None)

    assert [len((await found(team, words)).people) for words in ("olivia", "sam", "nobody")] == [1, 1, 0]


async def test_a_person_who_left_a_family_or_a_merged_family_is_not_found(team: ATeam) -> None:
    kept, merged = await a_family(team), await a_family(team, request={"nhs_number": "9990000026"})
    async with team.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE family SET merged_into = $1 WHERE id = $2", (kept, merged))
        await connection.exec_driver_sql("UPDATE family_member SET until_on = from_on WHERE number = 3")

    assert await names(team, "example") == ["Shannon Example", "Leonie Example"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=30))
async def test_whatever_is_typed_is_searched_for_or_refused(team: ATeam, typed: str) -> None:
    try:
        what = sought(typed)
    except RuleBroken:
        return

    async with team.begin(READER) as work:
        assert (await record_search(work.session, asks(), what)).people == []


async def test_names_are_found_by_an_index(team: ATeam) -> None:
    plans: list[str] = []
    async with team.engine.begin() as connection:
        await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for table in ("person", "referral"):
            where = f"{NAME_WORDS.format(table=table)} @@ $${begins_with('Leo')[0]}$$::tsquery" + (
                " AND family_id IS NULL" if table == "referral" else ""
            )
            rows = await connection.execute(text(f"EXPLAIN SELECT id FROM {table} WHERE {where}".replace(":", r"\:")))
            plans.append("\n".join(row[0] for row in rows))

    assert ["_by_name_words" in plan for plan in plans] == [True, True]


@pytest.mark.parametrize("words", ["shannon", "9990000018", "TEA-2026-000001"])
async def test_a_search_costs_one_statement(team: ATeam, words: str) -> None:
    for _ in range(3):
        await a_family(team)

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            await record_search(work.session, asks(), sought(words))

    assert len(sent) == 1
