"""Where things are in the container that ships a team's backups."""

from datetime import timedelta
from pathlib import Path

SPOOL, SHELF, OWN = Path("/spool"), Path("/backups"), Path("/run/pairs")
RECIPIENT = OWN / "recipient"
DATABASE = "postgresql://pairs_backup@postgres:5432/postgres"
EVERY, KEPT = timedelta(days=7), timedelta(days=35)
