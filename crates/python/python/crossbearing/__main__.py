"""``python -m crossbearing prepare``: fetches the pinned packages and makes what reading needs."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile

from . import CrossbearingError, __version__, _core


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m crossbearing", description=__doc__)
    parser.add_argument("--version", action="version", version=f"crossbearing {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="fetch the pinned packages and make what reading needs")
    prepare.add_argument("--data", help="the folder to make it in; else as the program has it")
    prepare.add_argument("--force", action="store_true", help="make it anew in any case")
    doctor = commands.add_parser("doctor", help="say whether reading, and Spark where it is there, will work")
    doctor.add_argument("--data", help="the folder of what reading needs")
    given = parser.parse_args(arguments)
    try:
        if given.command == "doctor":
            from .doctor import doctor as look

            return look(given.data)
        return _prepare(given.data, given.force)
    except CrossbearingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _prepare(data: str | None, force: bool) -> int:
    lines, wheels, folder = _core.packages(data)
    os.makedirs(wheels, exist_ok=True)
    fetched = _fetch(lines, os.fspath(wheels))
    if fetched != 0:
        print(
            "error: the pinned packages could not be downloaded\n"
            f"  hint: check the network, or put their wheels into {wheels}",
            file=sys.stderr,
        )
        return fetched
    made = _core.prepare(data, force)
    print(f"{'made what reading needs in' if made else 'up to date:'} {folder}")
    return 0


def _fetch(lines: list[str], wheels: str) -> int:
    """Downloads by pip, each by its hash; what is there already with the right hash asks no network."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as wanted:
        wanted.write("\n".join(lines) + "\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    pip += ["--only-binary=:all:", "--require-hashes", "-r", wanted.name, "-d", wheels]
    try:
        here = subprocess.run([*pip, "--no-index", "--find-links", wheels], stderr=subprocess.DEVNULL, check=False)
        return 0 if here.returncode == 0 else subprocess.run(pip, check=False).returncode
    finally:
        os.unlink(wanted.name)


if __name__ == "__main__":
    sys.exit(main())
