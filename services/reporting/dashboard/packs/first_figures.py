"""Which figures are seen first, by their numbers in reference 7.1. One that is not published is left out.

They are chosen from what a regional lead asks for on a Monday: who waits, how soon help begins, whether it reaches
those who need it, and whether it helps.
"""

SIX = (13, 17, 54, 27, 37, 48)
"""At the top of the region's page; where one is not published, the next of MAIN takes its place."""

MAIN = (48, 47, 49, 50, 44, 41, 27, 3, 7, 13, 114, 17, 9, 18, 24, 35, 36, 37, 39, 22, 52, 54, 2, 1, 56, 57)
"""What most readers need; the others are one press away."""

OF_A_TEAM = (17, 24, 27, 37, 35, 9, 3, 54, 48, 57, 4, 7, 10)
"""A team beside its own past, the other teams and the region: the first ten that are published."""

TEAM_COLUMNS = (13, 17, 24, 27, 37, 35, 9, 3, 10, 1)
"""The columns of the table of teams: the first six that are published."""

WAITS = (17, 13, 114, 16, 15, 18, 9)
WORKFORCE = (48, 56, 47, 49, 50, 44, 45, 46, 52, 19, 53)

PRIORITIES = {
    1: ("Everyone who meets babies is skilled", "universal"),
    2: ("The right help for each family", "targeted and specialist"),
    3: ("Every baby, wherever they live", "all tiers"),
}
"""The strategy's three, each with the tiers that it is about. Source: reference 1.5."""
