"""Every indicator of the region, by its number."""

from services.reporting.indicators.packs.referral import REFERRAL
from services.reporting.indicators.packs.work_with_families import WORK_WITH_FAMILIES

INDICATORS = tuple(sorted((*REFERRAL, *WORK_WITH_FAMILIES), key=lambda one: (one.line, one.number)))
