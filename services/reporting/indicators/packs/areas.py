"""What the strategy itself says of an area. Source: reference 1.7, rows 92, 95 and 97, and 7.2."""

from datetime import date

from services.reporting.indicators.domain.parameter import AreaValue, Parameter

_SINCE = date(2020, 1, 1)
"""From which definitions hold: the strategy compares all its years with one year's births."""

KNOWN_AREAS = (
    AreaValue("blackpool", Parameter.BIRTHS, _SINCE, 1480, "The strategy, for Blackpool CCG"),
    AreaValue("blackpool", Parameter.NEED, _SINCE, 740, "The strategy: half of births, the local estimate"),
    AreaValue("blackpool", Parameter.DEMAND, _SINCE, 247, "The strategy: up to a third of need, 246.7 rounded"),
)
