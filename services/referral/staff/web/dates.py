"""A date as the three inputs of a form."""

from datetime import date


def date_inputs(field: str, day: date) -> dict[str, str]:
    """What the inputs of `field` hold."""
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}
