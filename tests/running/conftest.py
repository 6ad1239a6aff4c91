"""A data folder brought up to date once; every test gets a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import product


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "data"
    done = product.command("up", "--prepare-only", environment=product.clean_environment(DATA_DIR=str(folder)))
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A data folder as the first start leaves it, for this test alone."""
    return Path(shutil.copytree(prepared, tmp_path / "data"))


@pytest.fixture
def started(folder: Path) -> Iterator[product.Product]:
    running = product.start(folder)
    yield running
    running.kill()
