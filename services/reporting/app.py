"""Reporting as a process: `python -m services.reporting.app`."""

import shared.plain_console  # noqa: F401  # pyright: ignore[reportUnusedImport] - before what logs
from services.reporting.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
