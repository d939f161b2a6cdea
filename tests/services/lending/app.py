"""The library as a process: `python -m tests.services.lending.app`."""

import shared.plain_console  # noqa: F401  # pyright: ignore[reportUnusedImport] - before what logs
from shared.process import main
from tests.services.lending.contents import SERVICE

if __name__ == "__main__":
    main(SERVICE)
