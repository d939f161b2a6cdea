"""The courses of the strategy, read once from `courses.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.training.courses.domain.course import Competency, Course, CourseVersion
from shared.contracts.training_codes import TrainingCourse


class WrongCourses(ValueError):
    """The file lacks a course, or says something of one that cannot be."""


def read_courses(file: Path) -> Mapping[TrainingCourse, Course]:
    """All of them, in the file's order.

    Raises:
        WrongCourses: see there.
    """
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        read = {TrainingCourse(code): _course(TrainingCourse(code), entry) for code, entry in entries.items()}
    except (KeyError, ValueError, TypeError) as error:
        raise WrongCourses(f"{file.name}: {error}") from None
    if missing := set(TrainingCourse) - read.keys():
        raise WrongCourses(f"{file.name} lacks {', '.join(sorted(missing))}")
    return read


def _course(code: TrainingCourse, entry: dict[str, Any]) -> Course:
    versions = [
        CourseVersion(one["number"], tuple(one["days"]), one.get("refresh_months")) for one in entry["versions"]
    ]
    if [one.number for one in versions] != list(range(1, len(versions) + 1)) or not versions[-1].days:
        raise ValueError(f"{code}: versions are 1, 2, 3 …, each with its days")
    return Course(
        code=code,
        level=int(entry["level"]),
        competencies=tuple(Competency(one) for one in entry["competencies"]),
        gives=entry["gives"],
        versions=versions,
        supervised_cases=int(entry.get("supervised_cases", 0)),
        renewal_cases=int(entry.get("renewal_cases", 0)),
        keeps_anniversary=bool(entry.get("keeps_anniversary", False)),
        source=entry["source"],
    )


COURSES = read_courses(Path(__file__).with_name("courses.toml"))
