"""What all tests share; the cast stands in cast.py."""

pytest_plugins = ["tests.cast"]
