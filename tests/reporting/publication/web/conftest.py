"""The same pages, client and people as for the dashboard."""

from tests.reporting.dashboard.web.conftest import app as app  # noqa: PLC0414 - a fixture is found where it is named
from tests.reporting.dashboard.web.conftest import client as client  # noqa: PLC0414
from tests.reporting.dashboard.web.conftest import lead as lead  # noqa: PLC0414
