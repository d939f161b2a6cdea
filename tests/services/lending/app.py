"""The library as a process: `python -m tests.services.lending.app`."""

from shared.process import main
from tests.services.lending.contents import SERVICE

if __name__ == "__main__":
    main(SERVICE)
