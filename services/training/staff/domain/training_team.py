"""What a team decides for itself about training."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrainingTeam:
    slug: str
    coverage_target: int
    """Per cent of the people of an organisation and profession who should be trained and in date."""
