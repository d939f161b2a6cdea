"""Whoever signs in is remembered by name: the record keeps only ids."""

from fastapi import FastAPI
from starlette.requests import Request

from services.referral.staff.database.colleagues import Colleagues
from services.referral.staff.web.access import STAFF_ROLES
from services.referral.staff.web.work import begin
from shared.kernel.actor import Actor
from shared.manifest import Person


def prepare(app: FastAPI) -> None:
    """Registers it."""
    app.state.after_sign_in.append(_remember)


async def _remember(request: Request, person: Person) -> None:
    if person.roles & STAFF_ROLES:
        async with begin(request, Actor(person.id, person.roles)) as work:
            await Colleagues(work.session).remember(person.id, person.name, person.roles)
