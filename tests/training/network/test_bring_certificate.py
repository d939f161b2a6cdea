"""Somebody of one team's place learns in another team's course: that team delivers it, and their own counts them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from services.training.certificates.commands.reissue_certificate import ReissueCertificate, reissue_certificate
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.contents import SERVICE
from services.training.coverage.queries.coverage_table import coverage_table
from services.training.database.course_tables import certificate
from services.training.network.commands.bring_certificate import BringCertificate, bring_certificate
from services.training.workforce.commands.add_person import AddPerson, add_person
from services.training.workforce.commands.enter_headcount import EnterHeadcount, enter_headcount
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.consultation_codes import Profession
from shared.contracts.envelope import Envelope
from shared.contracts.streams import EntryId, of_the_network
from shared.inbox.entry import Entry
from shared.inbox.reactions import Reactions
from shared.inbox.receive import Inbox
from shared.kernel.actor import Actor
from shared.kernel.errors import Refusal
from shared.kernel.identifiers import new_id
from shared.testing.recycled import KeptEngine, RecycledService
from shared.testing.visitor import hidden_in
from tests.training.a_course import LEAD, TEAM, TeachingTeam
from tests.training.conftest import NOW, TODAY, TrainedTeam

THEIRS = of_the_network("blackpool", "training")


@dataclass
class Chester:
    """A team whose Ada went to the other team's course; it hears what that team tells the network."""

    trained: TrainedTeam
    ada: UUID
    pool: asyncpg.Pool

    async def hears(self, entries: Sequence[Entry]) -> None:
        sink = Reactions(self.trained.walked.app.state.units_of_work, {"training": SERVICE.network_reactions()})
        inbox = Inbox(self.pool, sink, CATALOGUE, clock=lambda: NOW)
        await inbox.take_in(THEIRS, inbox.read(THEIRS, entries))

    async def brings(self, code: str = "", signed: str = "", who: UUID | None = None) -> str:
        """Gives the code of the refusal, if it is refused."""
        command = BringCertificate(new_id(), who or self.ada, code, signed)
        try:
            async with self.trained.begin() as work:
                await bring_certificate(command, work)
        except Refusal as refusal:
            return refusal.code
        return ""

    async def holds(self) -> list[tuple[date, bool]]:
        """Since when, and whether it counts."""
        completions = await TeachingTeam(self.trained.engine).completions()
        return [(one.held_from, one.withdrawn_at is None) for one in completions]

    async def told(self, audience: str = "team") -> list[str]:
        rows = await TeachingTeam(self.trained.engine).told(audience=audience)
        return [one.type for one in rows if one.type.startswith(("uk.pairs.training", "uk.pairs.regional.training"))]


async def entries_of(team: TeachingTeam) -> list[Entry]:
    """What the relay sends to the network, in its order."""
    found = [
        Envelope(
            row.event_id,
            row.type,
            THEIRS.source,
            str(row.subject),
            row.occurred_at,
            row.traceparent,
            json.dumps(row.body),
        )
        for row in await team.told(audience="network")
    ]
    return [
        Entry(EntryId(1, at), {name.encode(): text.encode() for name, text in one.fields().items()})
        for at, one in enumerate(found, 1)
    ]


@pytest.fixture
async def blackpool(recycled_service: RecycledService, kept_engine: KeptEngine) -> TeachingTeam:
    engine = await kept_engine(await recycled_service("blackpool", "training"))
    return TeachingTeam(engine, team=replace(TEAM, slug="blackpool"))


@pytest.fixture
async def chester(trained: TrainedTeam) -> AsyncIterator[Chester]:
    ada, address = new_id(), trained.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with trained.begin() as work:
        works = trained.organisation_id, Profession.MIDWIFE
        await add_person(AddPerson(ada, "Ada1", "Example", "", *works), work)
        counted = EnterHeadcount(new_id(), trained.organisation_id, Profession.MIDWIFE, TODAY, 4)
        await enter_headcount(counted, work)
    async with asyncpg.create_pool(address, min_size=1, max_size=3) as pool:
        yield Chester(trained, ada, pool)


async def paper(team: TeachingTeam) -> Any:
    """The certificate of Ada Example, who attended there."""
    held = await team.completed(1)
    [row] = await team.rows(select(certificate).where(certificate.c.completion_id == held))
    return row


async def as_lead(team: TeachingTeam, does: Callable[..., Awaitable[Any]], asked: Any) -> None:
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await does(asked, work)


async def test_who_brings_the_code_counts_in_their_own_team_and_is_delivered_by_the_other(
    blackpool: TeachingTeam, chester: Chester
) -> None:
    code = (await paper(blackpool)).code
    assert await chester.brings(code) == "certificate_unheard"

    await chester.hears(await entries_of(blackpool))
    assert await chester.holds() == []
    assert [await chester.brings(code), await chester.brings(code.lower())] == ["", ""]

    [held] = await blackpool.completions()
    assert await chester.holds() == [(held.held_from, True)]
    assert await chester.told() == ["uk.pairs.training.completed.v1"]
    assert await chester.told(audience="region") == []
    assert len([one for one in await blackpool.told(audience="region") if "training_completed" in one.type]) == 1
    async with chester.trained.begin() as work:
        assert (await coverage_table(work, held.course, TODAY, shares_of=[held.course])).shares == {held.course: 1}
    assert await chester.brings(code, who=chester.trained.person_id) == "certificate_taken"


async def test_a_withdrawal_is_heard_however_often_and_in_whatever_order_it_comes(
    blackpool: TeachingTeam, chester: Chester
) -> None:
    code = (await paper(blackpool)).code
    issued = await entries_of(blackpool)
    await chester.hears(issued)
    await chester.brings(code)
    [held] = await blackpool.completions()
    await as_lead(blackpool, withdraw_completion, WithdrawCompletion(held.id, held.version, "It was her sister"))

    everything = await entries_of(blackpool)
    again = [Entry(EntryId(2, one.id.position), one.fields) for one in everything]
    await chester.hears(everything)
    await chester.hears(again)

    assert await chester.holds() == [(held.held_from, False)]
    assert await chester.told() == ["uk.pairs.training.completed.v1", "uk.pairs.training.withdrawn.v1"]
    assert await chester.told(audience="region") == []
    page = (await chester.trained.ann.get("/certificates?chip=withdrawn")).text
    assert "Ada1 Example" in page
    assert "her sister" not in page


async def test_what_was_withdrawn_before_anybody_brought_it_is_not_taken(
    blackpool: TeachingTeam, chester: Chester
) -> None:
    one = await paper(blackpool)
    [held] = await blackpool.completions()
    await as_lead(blackpool, reissue_certificate, ReissueCertificate(held.id))
    newer = next(row.code for row in await blackpool.rows(select(certificate)) if row.code != one.code)
    await chester.hears(await entries_of(blackpool))
    assert await chester.brings(one.code) == "certificate_replaced"

    await as_lead(blackpool, withdraw_completion, WithdrawCompletion(held.id, held.version, "By mistake"))
    await chester.hears(await entries_of(blackpool))

    assert [await chester.brings(code) for code in (one.code, newer)] == ["certificate_withdrawn"] * 2
    assert await chester.brings(signed=one.signed) == "certificate_withdrawn"


async def test_a_signed_copy_says_all_by_itself_once_the_teams_key_is_known(
    blackpool: TeachingTeam, chester: Chester
) -> None:
    one = await paper(blackpool)
    key, *_ = await entries_of(blackpool)
    assert await chester.brings(signed=one.signed) == "certificate_signature"
    await chester.hears([key])

    head, said, signature = one.signed.split(".")
    forged = encoded(json.dumps({**json.loads(decoded(said)), "until_on": None}))
    assert await chester.brings(signed=f"{head}.{forged}.{signature}") == "certificate_signature"
    assert await chester.brings(signed=one.signed, who=chester.trained.person_id) == "certificate_name"
    assert await chester.brings(signed=f" {one.signed}\n") == ""
    assert len(await chester.holds()) == 1


async def test_after_the_key_was_changed_older_certificates_still_verify(
    blackpool: TeachingTeam, chester: Chester
) -> None:
    old = await paper(blackpool)
    blackpool.team = replace(blackpool.team, certificate_key="22" * 32)
    await blackpool.completed(50)
    await chester.hears(await entries_of(blackpool))

    assert await chester.brings(signed=old.signed) == ""
    told = [row.type for row in await blackpool.told(audience="network")]
    assert told.count("uk.pairs.network.key_published.v1") == 2


async def test_somebody_of_the_office_records_it_on_the_persons_page(blackpool: TeachingTeam, chester: Chester) -> None:
    code = (await paper(blackpool)).code
    await chester.hears(await entries_of(blackpool))
    ann, address = chester.trained.ann, f"/people/{chester.ada}/brings"

    stored = await ann.post(address, data={**hidden_in((await ann.get(address)).text), "code": code})
    page = (await ann.get(stored.headers["location"])).text

    assert "What they learned there counts here now" in page
    assert "given by Blackpool" in page


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
