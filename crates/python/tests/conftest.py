"""What the tests of the Python package have in common."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import crossbearing

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples"
INCIDENTS = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())


def reports(folder: Path) -> list[Path]:
    """The report files of a sample."""
    return sorted(path for path in folder.glob("[0-9]*") if path.suffix in (".txt", ".html"))


@pytest.fixture(scope="session")
def program() -> str:
    """The program, whose bytes are the measure."""
    return os.environ["CROSSBEARING_PROGRAM"]


@pytest.fixture(scope="session")
def run(program: str):
    """Runs the program; gives what it printed."""

    def run(*arguments: str | Path) -> str:
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, run) -> crossbearing.Casebook:
    """A casebook of all samples, made by the program."""
    folder = tmp_path_factory.mktemp("casebook") / "book"
    run("init", folder)
    run("add", SAMPLES, "--casebook", folder)
    run("run", "--casebook", folder)
    return crossbearing.Casebook(folder)
