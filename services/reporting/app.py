"""Reporting as a process: `python -m services.reporting.app`."""

from services.reporting.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
