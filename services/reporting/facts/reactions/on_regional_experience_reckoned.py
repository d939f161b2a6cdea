"""Keep what parents and carers said of a month."""

from shared.contracts.reckoning import RegionalExperienceReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_EXPERIENCE_RECKONED = Projection(
    event=RegionalExperienceReckoned,
    table="experience_reckoned",
    columns=columns_of(RegionalExperienceReckoned),
)
