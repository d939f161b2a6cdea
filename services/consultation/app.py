"""The consultation service as a process: `python -m services.consultation.app`."""

from services.consultation.contents import SERVICE
from shared.process import main

if __name__ == "__main__":
    main(SERVICE)
