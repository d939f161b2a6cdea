"""Who may read what somebody takes along, in words."""

from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.reach import Reach
from shared.contracts.slug import locality_name


def audience_words(reach: Reach) -> str:
    """As far as whoever takes it sees."""
    if reach.audience is Audience.OUTSIDE:
        return "Everyone: frozen months, rounded to 5, nothing under 8"
    if reach.localities is not None:
        return f"Inside, under agreement: {', '.join(sorted(map(locality_name, reach.localities)))}. Do not pass it on."
    return "Inside, under agreement: exact counts. Do not pass it on."
