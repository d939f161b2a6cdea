"""Certificates as stored."""

import secrets
from dataclasses import astuple
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from services.training.certificates.domain.certificate import Certificate, Printed, code_from
from services.training.certificates.domain.completion import Completion
from services.training.certificates.domain.signed_certificate import Claims, sign
from services.training.courses.database.cohorts import Cohorts
from services.training.database.course_tables import certificate as table
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import person
from services.training.staff.domain.training_team import TrainingTeam
from shared.kernel.calendar import date_words
from shared.kernel.errors import RuleBroken
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork

_BYTES = 13


class Certificates:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work, self._session = work, work.session

    async def issue(self, of: Completion, team: TrainingTeam) -> Certificate:
        """With the name that its person has now. Raises RuleBroken when another team gave it."""
        who = (await self._session.execute(select(person).where(person.c.id == of.person_id))).one()
        if of.cohort_id is None:
            raise _given_elsewhere()
        cohort = await Cohorts(self._work).get(of.cohort_id)
        trainer = await Colleagues(self._session).name(cohort.trainer_id) or ""
        until = of.held.valid_until
        hours = f"{of.length_minutes // 60} hours" + (f" {rest} minutes" if (rest := of.length_minutes % 60) else "")
        days = " and ".join(date_words(day.on) for day in cohort.days)
        printed = Printed(
            f"{who.given_name} {who.family_name}".strip(),
            f"{of.course.label}, level {of.level}",
            f"{days} · {hours} · course version {of.course_version}",
            date_words(of.held_from),
            date_words(until) if until else "",
            team.name,
            trainer,
        )
        code = code_from(secrets.token_bytes(_BYTES))
        claims = Claims(
            team.slug,
            code,
            printed.name,
            who.family_name,
            of.course,
            of.course_version,
            of.level,
            of.held_from,
            of.until_on,
        )
        signed = sign(claims, team.certificate_key)
        new = Certificate(code, of.id, who.family_name, printed, self._work.now, signed=signed)
        stored = {
            "code": new.code,
            "completion_id": new.completion_id,
            "family_name": new.family_name,
            "printed": list(astuple(printed)),
            "issued_at": new.issued_at,
            "signed": new.signed,
        }
        await self._session.execute(insert(table).values(stored))
        return new

    async def current(self, completion_id: UUID) -> Certificate | None:
        """The newest, withdrawn or not; None: none was issued."""
        query = select(table).where(table.c.completion_id == completion_id, table.c.replaced_by.is_(None))
        row = (await self._session.execute(query)).one_or_none()
        return _certificate(row) if row else None

    async def of_booking(self, booking_id: UUID) -> Certificate | None:
        """The newest that counts; None: there is none."""
        query = (
            select(table)
            .join(completion, completion.c.id == table.c.completion_id)
            .where(completion.c.booking_id == booking_id, table.c.withdrawn_on.is_(None), table.c.replaced_by.is_(None))
        )
        row = (await self._session.execute(query)).one_or_none()
        return _certificate(row) if row else None

    async def by_code(self, code: str) -> tuple[Certificate, date | None] | None:
        """With the first day on which it no longer counts; None: there is none, or its person was erased."""
        query = (
            select(table, completion.c.until_on)
            .join(completion, completion.c.id == table.c.completion_id)
            .join(person, person.c.id == completion.c.person_id)
            .where(table.c.code == code, person.c.erased_on.is_(None))
        )
        row = (await self._session.execute(query)).one_or_none()
        return (_certificate(row), row.until_on) if row else None

    async def withdraw(self, completion_id: UUID) -> list[str]:
        """All of it, on the day; gives their codes."""
        own = table.c.completion_id == completion_id
        withdrawn = update(table).where(own).values(withdrawn_on=self._work.today).returning(table.c.code)
        return sorted(await self._session.scalars(withdrawn))

    async def replace(self, old: Certificate, new: Certificate) -> None:
        await self._session.execute(update(table).where(table.c.code == old.code).values(replaced_by=new.code))


def _certificate(row: Any) -> Certificate:
    printed = Printed(*row.printed)
    return Certificate(
        row.code,
        row.completion_id,
        row.family_name,
        printed,
        row.issued_at,
        row.withdrawn_on,
        row.replaced_by,
        row.signed,
    )


def _given_elsewhere() -> RuleBroken:
    return RuleBroken("certificate_elsewhere", "Another team gave this certificate. Ask that team for a new one.")
