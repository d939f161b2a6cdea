"""Another team signs certificates with a key from now on: they are verified by it, and older ones by the older key."""

from services.training.certificates.database.team_keys import TeamKeys
from services.training.staff.database.training_work import TrainingWork
from shared.contracts.certificate import NetworkKeyPublished
from shared.inbox.reaction import Delivery


async def on_key_published(event: NetworkKeyPublished, delivery: Delivery, work: TrainingWork) -> None:
    await TeamKeys(work).add(delivery.team, event.key.octets)
