"""Every form of consultation: what is wrong, who may not, two presses, and what was typed."""

from collections.abc import AsyncIterator

import pytest

from services.consultation.contents import SERVICE
from services.consultation.staff.domain.capabilities import ANSWER_CONCERN
from shared.contracts.consultation_codes import FamilyKnows
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.form_walk import FormWalk, done_twice, not_kept, sent_by_others, wrongly_taken
from shared.testing.office import Office, kept_moment
from tests.consultation.conftest import BETH, NOW, PRIYA, REFERENCE, TOM, AskedTeam
from tests.consultation.every_page import every_page
from tests.consultation.supervision.supervised import SEEN_BY

RIGHT = {
    "/consultations/new": {"kind": "case_named", "family": REFERENCE, "family_knows": FamilyKnows.TODAY.value},
    "/consultations/{consultation_id}/identify": {"family": REFERENCE},
    "/supervision/agreements/new": {"share": "0.6"},
}
"""Path → what is right besides the first answer that each question offers."""


@pytest.fixture
async def walk(asked: AskedTeam, servers: AdminUrls) -> AsyncIterator[FormWalk]:
    walked = await every_page(asked)
    async with kept_moment(url_of(servers.postgres, database=database_name("team-one", "consultation"))) as connection:
        office = Office(walked.app, walked.clients, connection)
        needs = {"/tasks/{task_id}": ANSWER_CONCERN}
        said_by = {"/supervision/sessions/new": (PRIYA, TOM, BETH)}
        today = NOW.date()
        yield FormWalk(SERVICE, office, walked.addresses, today, RIGHT, needs=needs, seen_by=SEEN_BY, said_by=said_by)


async def test_what_is_wrong_changes_nothing_and_a_sentence_says_what_to_do(walk: FormWalk) -> None:
    assert await walk.faults(wrongly_taken) == []


async def test_a_form_is_sent_by_who_may_and_nobody_else_is_shown_it(walk: FormWalk) -> None:
    assert await walk.faults(sent_by_others) == []


async def test_one_form_is_one_record_whatever_is_pressed(walk: FormWalk) -> None:
    assert await walk.faults(done_twice) == []


async def test_what_is_typed_is_kept_until_it_is_stored(walk: FormWalk) -> None:
    assert await walk.faults(not_kept) == []
