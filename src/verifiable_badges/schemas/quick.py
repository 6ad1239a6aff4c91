"""A quick "yes, it fits". Each bundled schema becomes nested functions, once.

The library that says where a document breaks its schema takes milliseconds even if it does not, many times what all
else of verifying takes. So it is asked only for documents that do not fit here. Only the keywords that the bundled
schemas use are known; they mean what JSON Schema 2019-09 says.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from verifiable_badges.schemas.bundle import schemas
from verifiable_badges.schemas.formats import FORMATS

Test = Callable[[Any], bool]
_SAYS_NOTHING = {"$schema", "$id", "$comment", "$defs", "title", "description", "additionalItems"}
_TYPES: dict[str, Test] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}


@cache
def quick_test(kind: str) -> Test:
    """Whether a JSON value fits the bundled schema of `kind`."""
    schema = next(schema for schema in schemas() if schema.kind == kind).load()
    return _Compiler(schema["$defs"]).compile(schema)


class _Compiler:
    """Makes one test of a schema and its definitions."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._compiled: dict[str, Test] = {}

    def compile(self, schema: Any) -> Test:
        """The test of one schema. Raises `KeyError` for a keyword that the bundled schemas do not use."""
        if isinstance(schema, bool):
            return lambda value: schema
        words = sorted(schema.keys() - _SAYS_NOTHING, key=lambda word: word != "type")  # the quickest first
        tests = tuple(self._test(word, schema) for word in words)
        if len(tests) == 1:
            return tests[0]

        def fits(value: Any) -> bool:
            for test in tests:  # noqa: SIM110 - `all` with a generator takes twice as long
                if not test(value):
                    return False
            return True

        return fits

    def _test(self, word: str, schema: Mapping[str, Any]) -> Test:
        wanted = schema[word]
        make: dict[str, Callable[[], Test]] = {
            "$ref": lambda: self._reference(wanted),
            "type": lambda: _TYPES[wanted],
            "enum": lambda: _one_of_texts(wanted),
            "pattern": lambda: _matching(wanted),
            "format": lambda: FORMATS[wanted],
            "required": lambda: _with_members(wanted),
            "properties": lambda: self._members(wanted),
            "additionalProperties": lambda: self._other_members(self.compile(wanted), schema.get("properties", {})),
            "propertyNames": lambda: self._names(self.compile(wanted)),
            "minItems": lambda: lambda value: not isinstance(value, list) or len(value) >= wanted,
            "contains": lambda: self._contains(self.compile(wanted)),
            "items": lambda: self._items(wanted, self.compile(schema.get("additionalItems", True))),
            "allOf": lambda: self._together(wanted),
            "anyOf": lambda: self._count(wanted, exactly=False),
            "oneOf": lambda: self._count(wanted, exactly=True),
        }
        return make[word]()

    def _reference(self, address: str) -> Test:
        """A definition of the same file; looked up when it is needed, since definitions refer to each other."""
        name = address.removeprefix("#/$defs/")

        def fits(value: Any) -> bool:
            if name not in self._compiled:
                self._compiled[name] = self.compile(self._definitions[name])
            return self._compiled[name](value)

        return fits

    def _members(self, schemas: Mapping[str, Any]) -> Test:
        tests = {name: self.compile(schema) for name, schema in schemas.items()}

        def fits(value: Any) -> bool:
            if isinstance(value, dict):
                for name, member in value.items():
                    if name in tests and not tests[name](member):
                        return False
            return True

        return fits

    def _other_members(self, test: Test, known: Mapping[str, Any]) -> Test:
        return lambda value: (
            not isinstance(value, dict) or all(test(member) for name, member in value.items() if name not in known)
        )

    def _names(self, test: Test) -> Test:
        return lambda value: not isinstance(value, dict) or all(map(test, value))

    def _contains(self, test: Test) -> Test:
        return lambda value: not isinstance(value, list) or any(map(test, value))

    def _items(self, wanted: Any, others: Test) -> Test:
        """One schema for all entries, or one for each of the first and another for those after them."""
        if not isinstance(wanted, list):
            test = self.compile(wanted)
            return lambda value: not isinstance(value, list) or all(map(test, value))
        tests = [self.compile(schema) for schema in wanted]
        return lambda value: (
            not isinstance(value, list)
            or (
                all(test(entry) for test, entry in zip(tests, value, strict=False))
                and all(map(others, value[len(tests) :]))
            )
        )

    def _together(self, schemas: list[Any]) -> Test:
        tests = [self.compile(schema) for schema in schemas]
        return lambda value: all(test(value) for test in tests)

    def _count(self, schemas: list[Any], *, exactly: bool) -> Test:
        tests = [self.compile(schema) for schema in schemas]
        if not exactly:
            return lambda value: any(test(value) for test in tests)
        return lambda value: sum(test(value) for test in tests) == 1


def _one_of_texts(wanted: list[str]) -> Test:
    texts = frozenset(wanted)
    return lambda value: isinstance(value, str) and value in texts


def _matching(pattern: str) -> Test:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _with_members(names: list[str]) -> Test:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()
