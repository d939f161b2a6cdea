"""The fonts of what we print, for the compiler that writes PDF."""

from pathlib import Path

FONTS = Path(__file__).parent
