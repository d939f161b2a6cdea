"""Somebody has another name, and a certificate that says it."""

import pytest
from sqlalchemy import select

from services.training.certificates.commands.reissue_certificate import ReissueCertificate, reissue_certificate
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.database.course_tables import certificate
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed
from tests.training.a_course import LEAD, TeachingTeam

AS_LEAD = Actor(LEAD.id, LEAD.roles)


async def test_the_old_one_is_replaced_and_only_the_lead_may(teaching: TeachingTeam) -> None:
    asked = ReissueCertificate(await teaching.completed())

    with pytest.raises(NotAllowed):
        await teaching.does(reissue_certificate, asked)
    async with teaching.work(AS_LEAD) as work:
        await reissue_certificate(asked, work)

    rows = await teaching.rows(select(certificate).order_by(certificate.c.replaced_by.nulls_last()))
    assert [row.replaced_by for row in rows] == [rows[1].code, None]


async def test_what_was_withdrawn_is_not_issued_again(teaching: TeachingTeam) -> None:
    completion_id = await teaching.completed()
    [held] = await teaching.completions()
    async with teaching.work(AS_LEAD) as work:
        await withdraw_completion(WithdrawCompletion(completion_id, held.version, "A mistake"), work)

    with pytest.raises(Conflict, match="training_withdrawn"):
        async with teaching.work(AS_LEAD) as work:
            await reissue_certificate(ReissueCertificate(completion_id), work)
