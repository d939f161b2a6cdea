"""Every indicator of the region, in the order of the reference's catalogue.

Line 51 (trained staff who use consultation) is not among them: it joins training and consultation by person, and no
team's service does that yet.
"""

from services.reporting.indicators.packs.consultation import CONSULTATION
from services.reporting.indicators.packs.contacts import CONTACTS_WITH_FAMILIES
from services.reporting.indicators.packs.need import NEED
from services.reporting.indicators.packs.outcome import OUTCOME
from services.reporting.indicators.packs.referral import REFERRAL
from services.reporting.indicators.packs.team import TEAM
from services.reporting.indicators.packs.training import TRAINING
from services.reporting.indicators.packs.waiting import WAITING
from services.reporting.indicators.packs.work_with_families import WORK_WITH_FAMILIES

_ALL = (
    *REFERRAL,
    *WAITING,
    *CONTACTS_WITH_FAMILIES,
    *WORK_WITH_FAMILIES,
    *OUTCOME,
    *CONSULTATION,
    *TRAINING,
    *TEAM,
    *NEED,
)
INDICATORS = tuple(sorted(_ALL, key=lambda one: (one.line, one.number)))
