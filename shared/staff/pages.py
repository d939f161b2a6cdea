"""Where the templates are that every service with staff has."""

from pathlib import Path

TEMPLATES = Path(__file__).with_name("templates")
