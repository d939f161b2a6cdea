"""A second service of a team, which only the tests have: a library that lends picture books to families."""
