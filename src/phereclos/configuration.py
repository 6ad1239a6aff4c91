"""What the environment says, read once and judged in plain sentences. No Django here: the command line uses it too.

Every setting a person may change is a field of `Configuration`; `docs/guide/running.md` lists them for people.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRETS_FILE = "secrets.env"
SETTINGS_FILE = "settings.env"
SHORTEST_SECRET = 32


class ConfigurationError(Exception):
    """The environment cannot be used; `str()` is one plain sentence that says what to change."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The environment after reading. Paths are absolute, `public_url` has no trailing slash."""

    data_dir: Path
    public_url: str
    bind: str
    port: int
    debug: bool
    demonstration: bool
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    key_secret: str
    database_url: str
    email_url: str
    email_from: str
    behind_proxy: bool
    source_code_url: str

    @property
    def host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.public_url)

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


def read(environment: Mapping[str, str] | None = None, *, changed: Mapping[str, str] | None = None) -> Configuration:
    """Read the environment, completed by what the setup page and the first start wrote beside the data.

    `changed` are kept settings as they would be; empty ones would be forgotten.
    Raises ConfigurationError with one sentence. Nothing is written here; `write_secrets` does that, once.
    """
    given = dict(os.environ if environment is None else environment)
    data_dir = Path(given.get("DATA_DIR") or "data").absolute()
    kept = _merged(data_dir, changed or {}) | _lines_of(data_dir / SECRETS_FILE)
    values = kept | {key: value for key, value in given.items() if value}
    port = _port(values.get("PORT", "8000"))
    public_url = values.get("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
    check_public_url(public_url)
    configuration = Configuration(
        data_dir=data_dir,
        public_url=public_url,
        bind=values.get("BIND", "127.0.0.1"),
        port=port,
        debug=_switch(values, "DEBUG"),
        demonstration=_switch(values, "DEMONSTRATION"),
        secret_key=values.get("SECRET_KEY", ""),
        secret_key_fallbacks=tuple(filter(None, values.get("SECRET_KEY_FALLBACKS", "").split(","))),
        key_secret=values.get("KEY_SECRET", ""),
        database_url=values.get("DATABASE_URL", ""),
        email_url=values.get("EMAIL_URL", ""),
        email_from=values.get("EMAIL_FROM", default_sender(public_url)),
        behind_proxy=_switch(values, "BEHIND_PROXY"),
        source_code_url=values.get("SOURCE_CODE_URL", ""),
    )
    _check(configuration)
    return configuration


def is_loopback(public_url: str) -> bool:
    """Whether only this machine can open the address."""
    return urlsplit(public_url).hostname in LOOPBACK


def default_sender(public_url: str) -> str:
    return f"Phereclos <phereclos@{urlsplit(public_url).hostname}>"


def write_secrets(data_dir: Path) -> None:
    """Make the two secrets of a new data folder, readable by its owner only; an existing file is left alone."""
    path = data_dir / SECRETS_FILE
    if path.exists():
        return
    _write_whole(
        path,
        "# Made at first start. Keep a copy apart from your backups: without KEY_SECRET no badge can be signed again.\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\nKEY_SECRET={secrets.token_urlsafe(48)}\n",
    )


def write_settings(data_dir: Path, values: Mapping[str, str]) -> None:
    """Keep what the setup page was told (PUBLIC_URL, EMAIL_URL, EMAIL_FROM); an empty one is forgotten.

    The environment still wins over it. Raises ConfigurationError for what is not one line.
    """
    path = data_dir / SETTINGS_FILE
    merged = _merged(data_dir, values)
    for name, value in merged.items():
        if "\n" in value or "\r" in value:
            raise ConfigurationError(f"{name} must be one line.")
    _write_whole(path, "".join(f"{name}={value}\n" for name, value in sorted(merged.items())))


def _merged(data_dir: Path, values: Mapping[str, str]) -> dict[str, str]:
    merged = _lines_of(data_dir / SETTINGS_FILE) | dict(values)
    return {name: value for name, value in merged.items() if value}


def _write_whole(path: Path, text: str) -> None:
    """Never a half-written file under the final name, and readable by its owner only."""
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _lines_of(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5) or not 1 <= int(text) <= 65535:
        raise ConfigurationError(f"PORT is “{text}”; write a number from 1 to 65535, for example 8000.")
    return int(text)


def _switch(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name, "0").lower()
    if text not in {"0", "1", "true", "false", "yes", "no"}:
        raise ConfigurationError(f"{name} is “{text}”; write 1 for yes or 0 for no.")
    return text in {"1", "true", "yes"}


def check_public_url(public_url: str) -> None:
    """Raises ConfigurationError unless it is http or https with a host, perhaps a port, and nothing else."""
    try:
        parts = urlsplit(public_url)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:  # half an IPv6 address, a port that is no number
        parts, port = urlsplit(""), ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    if parts.scheme not in {"http", "https"} or not host or public_url.lower() != f"{parts.scheme}://{host}{port}":
        raise ConfigurationError(
            f"PUBLIC_URL is “{public_url}”; write the address people type, without a path, "
            "for example https://cluster.example.org."
        )


def _check(configuration: Configuration) -> None:
    for name, secret in (("SECRET_KEY", configuration.secret_key), ("KEY_SECRET", configuration.key_secret)):
        if len(secret) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"{name} is missing or shorter than {SHORTEST_SECRET} characters; "
                f"set it, or start with “phereclos up”, which makes one in {configuration.data_dir / SECRETS_FILE}."
            )
    if configuration.secret_key == configuration.key_secret:
        raise ConfigurationError("SECRET_KEY and KEY_SECRET are the same; use two different secrets.")
    _check_open_doors(configuration)


def _check_open_doors(configuration: Configuration) -> None:
    """What opens all doors stays on this machine: by its address, and by where it listens."""
    for name, is_on, why in (
        ("DEBUG", configuration.debug, "error pages would show what is inside"),
        ("DEMONSTRATION", configuration.demonstration, "anybody could sign in as anybody"),
    ):
        if is_on and not configuration.is_loopback:
            raise ConfigurationError(
                f"{name} is on beside a public address: {why}. Switch it off or use a loopback PUBLIC_URL."
            )
        if is_on and configuration.bind not in LOOPBACK:
            raise ConfigurationError(
                f"{name} is on and BIND is {configuration.bind}: {why}. Switch it off or use BIND=127.0.0.1."
            )
