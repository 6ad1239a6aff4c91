"""How all models become JSON: nulls, empty texts and empty lists are left out; sets are arrays even with one member."""

from typing import Any


def members(**values: Any) -> dict[str, Any]:
    """The members that have something to say, models turned into JSON, in the order given. False and 0 stay."""
    filled = {name: _json(value) for name, value in values.items()}
    return {name: value for name, value in filled.items() if value is not None and value not in ("", [], {})}


def _json(value: Any) -> Any:
    if hasattr(value, "to_json"):
        return value.to_json()
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value
