"""A region in containers, for the tests of this folder that ask for it."""

pytest_plugins = ["tests.deploy.in_containers"]
