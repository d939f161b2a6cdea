"""Keep how many full-time posts a team had when a month was over."""

from shared.contracts.supervision import RegionalPostsReckoned
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_POSTS_RECKONED = Projection(
    event=RegionalPostsReckoned,
    table="posts_reckoned",
    columns=columns_of(RegionalPostsReckoned),
)
