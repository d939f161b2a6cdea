"""Imported first by the process of a service: its logs are lines of JSON, so structlog comes without rich.

structlog takes rich for coloured errors wherever it is installed, some 5 MB in each process. The command line, which
does draw, imports rich by itself.
"""

import sys

if "rich" not in sys.modules:
    sys.modules["rich"] = None  # pyright: ignore[reportArgumentType] - how Python says that a module cannot be had
    import structlog as structlog  # noqa: PLC0414 - imported for the side effect only

    del sys.modules["rich"]
