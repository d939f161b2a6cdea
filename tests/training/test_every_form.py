"""Every form of training: what is wrong, who may not, two presses, and what was typed."""

from collections.abc import AsyncIterator

import pytest

from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.form_walk import FormWalk, done_twice, not_kept, sent_by_others, wrongly_taken
from tests.training.conftest import TrainedTeam
from tests.training.every_form import walked_forms


@pytest.fixture
async def walk(taught: TrainedTeam, servers: AdminUrls) -> AsyncIterator[FormWalk]:
    async with walked_forms(taught, url_of(servers.postgres, database=database_name("team-one", "training"))) as walk:
        yield walk


async def test_what_is_wrong_changes_nothing_and_a_sentence_says_what_to_do(walk: FormWalk) -> None:
    assert await walk.faults(wrongly_taken) == []


async def test_a_form_is_sent_by_who_may_and_nobody_else_is_shown_it(walk: FormWalk) -> None:
    assert await walk.faults(sent_by_others) == []


async def test_one_form_is_one_record_whatever_is_pressed(walk: FormWalk) -> None:
    assert await walk.faults(done_twice) == []


async def test_what_is_typed_is_kept_until_it_is_stored(walk: FormWalk) -> None:
    assert await walk.faults(not_kept) == []
