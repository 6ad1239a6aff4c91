"""The tree of errors, and what the package may import."""

import ast
import inspect
import sys
from pathlib import Path

import verifiable_badges
from verifiable_badges import errors
from verifiable_badges.errors import VerifiableBadgesError

SOURCES = sorted(Path(verifiable_badges.__file__).parent.rglob("*.py"))


def test_every_error_is_ours_and_says_when_it_is_raised():
    found = [value for _, value in inspect.getmembers(errors, inspect.isclass)]

    assert len(found) > 12
    for error in found:
        assert issubclass(error, VerifiableBadgesError)
        assert error is VerifiableBadgesError or "Raised" in error.__doc__


def test_an_error_has_a_code_and_a_sentence():
    error = errors.InvalidKey("multibase", "The key is broken.")

    assert (error.code, str(error)) == ("multibase", "The key is broken.")


def test_the_engine_imports_no_framework_and_no_network():
    libraries = {"cbor2", "cryptography", "jsonschema", "nacl", "orjson", "pyld", "referencing", "rfc8785"}
    allowed = {"verifiable_badges", *libraries}
    network = {"socket", "http", "ssl", "asyncio", "ftplib", "smtplib"}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for top in (name.partition(".")[0] for name in names):
                assert top not in network, (source, top)
                assert top in allowed or top in sys.stdlib_module_names, (source, top)


def test_only_the_command_line_reads_the_clock():
    for source in SOURCES:
        if source.parent.name != "commands":
            text = source.read_text(encoding="utf-8")
            assert ".now(" not in text, source
            assert "time.time" not in text, source
