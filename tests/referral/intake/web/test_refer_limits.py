"""The public form is limited by what it costs, and never at the last step of what was begun."""

import pytest
from sqlalchemy import text

from services.referral.intake.web import refer
from shared.web.phone_words import phone_link
from shared.web.rate_limit import Crowd
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PARENT, PHONE_LINE, Visitor, client_of, pages_of


def test_a_hospital_behind_one_address_is_never_asked_to_wait() -> None:
    crowd = Crowd(per_minute=refer.STARTS_PER_MINUTE, per_hour=refer.STARTS_PER_HOUR)

    assert {crowd.wait_of("hospital", number * 12.5) for number in range(1_000)} == {0}


def test_one_script_is_asked_to_wait_and_the_town_is_not() -> None:
    crowd = Crowd(per_minute=10, per_hour=1_000)

    script = [crowd.wait_of("script", 0) for _ in range(20)]
    town = [crowd.wait_of("town", second) for second in range(4)]

    assert script == [0] * 10 + [60] * 10
    assert town == [0] * 4
    assert crowd.wait_of("script", 61) == 0


async def test_whoever_must_wait_is_told_what_is_kept_and_whom_to_call_and_sends_what_they_have(team: ATeam) -> None:
    app = pages_of(team)
    async with client_of(app) as client:
        visitor = Visitor(client)
        await visitor.answers_all(PARENT)
        app.state.starting = Crowd(per_minute=0, per_hour=1)

        busy = await client.post("/refer")
        reference = await visitor.sends()

    assert (busy.status_code, busy.headers["retry-after"]) == (429, "60")
    assert "Your answers are saved" in busy.text
    assert phone_link(PHONE_LINE) in busy.text
    assert f'href="{visitor.form}/go-on"' in busy.text
    assert reference == "TEA-2026-000001"


async def test_forms_that_are_begun_and_never_sent_do_not_fill_the_disk(
    team: ATeam, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refer, "MOST_UNSENT", 2)
    await visitor.answers_all(PARENT)
    await visitor.starts()

    assert (await visitor.client.post("/refer")).status_code == 429
    async with team.engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM referral_draft")) == 2


async def test_ten_parents_behind_one_address_save_and_send_within_a_minute(team: ATeam) -> None:
    app = pages_of(team)
    for number in range(10):
        async with client_of(app) as client:
            visitor = Visitor(client)
            await visitor.answers_all(PARENT)
            assert (await client.post(f"{visitor.form}/save")).status_code == 303
            assert (await visitor.sends()).endswith(f"{number + 1:06}")
