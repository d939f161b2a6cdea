"""What counts for nothing any more is told to all who were told that it counts, once."""

import pytest

from services.training.certificates.commands.take_back_completion import take_back_completion
from services.training.certificates.database.completions import Completions
from shared.contracts.certificate import CertificateIssued, CertificateWithdrawn
from shared.contracts.training import TrainingWithdrawn
from shared.kernel.errors import Conflict
from tests.training.a_course import TeachingTeam


async def test_the_team_and_the_network_are_told_once(teaching: TeachingTeam) -> None:
    completion_id = await teaching.completed(1)
    async with teaching.work() as work:
        one = await Completions(work).get_to_change(completion_id)
        await take_back_completion(one, "By mistake", work, seen=one.version)
        with pytest.raises(Conflict):
            await take_back_completion(one, "By mistake", work, seen=one.version)

    team, network = await teaching.told(), await teaching.told(audience="network")
    kinds = [row.type for row in team]
    issued, withdrawn = [
        next(row.body["digest"] for row in team if row.type == kind.type)
        for kind in (CertificateIssued, CertificateWithdrawn)
    ]
    assert kinds.count(TrainingWithdrawn.type) == 1
    assert issued == withdrawn
    assert network[-1].type == "uk.pairs.network.certificate_withdrawn.v1"
