from datetime import timedelta

from sqlalchemy import event

from services.referral.intake.queries.triage_queue import QueueFilter, triage_queue
from services.referral.people.domain.people import Referrer
from services.referral.people.domain.subject import Unborn
from shared.contracts.vocabulary import Role, SourceGroup
from shared.staff.page_of import ROWS_ON_A_PAGE
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor

READER = an_actor(Role.PRACTITIONER)
EVERYBODY = QueueFilter()


async def test_danger_comes_first_and_then_the_longest_wait(team: ATeam) -> None:
    for days, in_danger in ((0, False), (9, False), (1, True), (3, False)):
        team.now = NOW - timedelta(days)
        await team.receives(in_danger=in_danger)
    team.now = NOW

    async with team.begin(READER) as work:
        queue = await triage_queue(work, TODAY, EVERYBODY).page(work.session)

    assert [line.wait.days for line in queue.rows] == [1, 9, 3, 0]
    assert [line.wait.is_over(5) for line in queue.rows] == [False, True, False, False]


async def test_a_decided_referral_waits_no_longer(team: ATeam) -> None:
    await team.accepts()

    async with team.begin(READER) as work:
        queue = await triage_queue(work, TODAY, EVERYBODY).page(work.session)

    assert (list(queue.rows), queue.total, queue.last_number) == ([], 0, 1)


async def test_the_queue_can_be_of_one_source(team: ATeam) -> None:
    await team.receives()
    await team.receives(referrer=Referrer("Mo", SourceGroup.MATERNITY, phone="01632960001"), subject=Unborn(TODAY))

    async with team.begin(READER) as work:
        queue = await triage_queue(work, TODAY, QueueFilter(SourceGroup.MATERNITY)).page(work.session)

    assert [(line.baby_name, line.age) for line in queue.rows] == [(None, "40 weeks of pregnancy")]


async def test_a_long_list_is_cut_into_pages_and_costs_one_statement_however_long(team: ATeam) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        await team.receives()
    statements: list[str] = []

    async with team.begin(READER) as work:
        await work.session.connection()
        event.listen(team.engine.sync_engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
        queues = [await triage_queue(work, TODAY, EVERYBODY).page(work.session, number) for number in (1, 2, 3)]
        lines = await triage_queue(work, TODAY, EVERYBODY).whole(work.session)

    assert [len(queue.rows) for queue in queues] == [25, 1, 0]
    assert lines == [line for queue in queues for line in queue.rows]
    assert [(queue.total, queue.last_number) for queue in queues[:2]] == [(26, 2), (26, 2)]
    assert len(statements) == 4
