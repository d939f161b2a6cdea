"""Loads the fixtures; they are in `shared.testing`."""

pytest_plugins = ["shared.testing.servers"]
