"""The examples of the package's README are run."""

import doctest
from importlib.resources import files


def test_every_example_of_the_readme_gives_what_it_shows():
    text = (files("verifiable_badges") / "README.md").read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(text, {}, "README.md", None, None)

    runner = doctest.DocTestRunner()
    runner.run(examples)

    assert runner.failures == 0
    assert runner.tries > 15
