"""A team in full work with all its colleagues signed in, which goes back to that state before each test."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count

from shared.database.engines import create_engine
from shared.manifest import Person
from shared.staff.form_routes import FormEntry
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing import office as shared_office
from shared.testing.office import OpenForm, kept_moment
from shared.testing.recycled import RecycledService
from tests.referral.a_team import ATeam
from tests.referral.web.every_form import FILES, page_of, right_answer
from tests.referral.web.every_page import addresses_of
from tests.referral.web.visitor import PEOPLE, Visitor, client_of, pages_of
from tests.referral.whole_record import WholeRecord, a_whole_record


@dataclass(frozen=True)
class Office(shared_office.Office):
    """Referral's."""

    team: ATeam
    record: WholeRecord

    async def opens(self, person: Person, form: FormEntry) -> OpenForm:
        """The form as it stands on its page, filled in rightly."""
        page = page_of(form, self.record) or addresses_of(self.app, self.record)[form.stands_on][0]
        files = FILES.get(form.path)
        return await self.opens_at(page, form, person, lambda found: right_answer(form, found, self.record), files)


@asynccontextmanager
async def open_office(recycled_service: RecycledService, servers: AdminUrls) -> AsyncGenerator[Office]:
    """Signed in once, for as long as many tests take."""
    access = await recycled_service("the-office", "referral")
    team = ATeam("the-office", create_engine(access.database_url))
    record, app = await a_whole_record(team), pages_of(team)
    app.state.stopwatch = count(step=60.0).__next__  # a minute passes before each sign-in: nobody is asked to wait
    moment = kept_moment(url_of(servers.postgres, database=database_name("the-office", "referral")))
    async with AsyncExitStack() as stack:
        clients = {person: await stack.enter_async_context(client_of(app)) for person in PEOPLE}
        for person, client in clients.items():
            await Visitor(client).signs_in(person)
        async with moment as connection:
            yield Office(app, clients, connection, team, record)
    await team.engine.dispose()
