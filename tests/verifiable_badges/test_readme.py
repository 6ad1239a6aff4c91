"""The examples of the package's README and guide are run."""

import doctest
from importlib.resources import files

import pytest


@pytest.mark.parametrize(("name", "examples"), [("README.md", 15), ("GUIDE.md", 120)])
def test_every_example_gives_what_it_shows(name, examples):
    text = (files("verifiable_badges") / name).read_text(encoding="utf-8")

    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(text, {}, name, None, None))

    assert runner.failures == 0
    assert runner.tries > examples
