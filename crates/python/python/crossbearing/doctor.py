"""Looks at what goes wrong most: what reading needs, and what Spark needs where it is there."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import socket
import subprocess
import sys

from . import CrossbearingError, _core

Found = tuple[bool, str, str]


def doctor(data: str | None = None) -> int:
    """Says what it finds, a line each; the status is 1 where something will not work."""
    checks = [_reading(data)]
    if _version("pyspark") is not None:
        checks += [_java(), _pandas(), _python(), _address()]
    for well, said, hint in checks:
        print(f"{'ok     ' if well else 'not ok '} {said}")
        if not well:
            print(f"  hint: {hint}")
    return 0 if all(well for well, _, _ in checks) else 1


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _reading(data: str | None) -> Found:
    try:
        _core.read([], data=data)
    except CrossbearingError as error:
        return False, str(error).splitlines()[0], "python -m crossbearing prepare"
    return True, "model, gazetteer and encoder are there", ""


def _java() -> Found:
    home = os.environ.get("JAVA_HOME")
    java = os.path.join(home, "bin", "java") if home else shutil.which("java")
    hint = "install Java 17 or 21 (Debian: apt-get install openjdk-17-jre-headless), or set JAVA_HOME to one"
    if java is None:
        return False, "Spark: no Java is installed", hint
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return False, f"Spark: {java} does not run", hint
    version = re.search(r'version "(\d+)', told)
    number = int(version.group(1)) if version else 0
    return number in (17, 21), f"Spark: Java {number or 'of unknown version'}", hint


def _pandas() -> Found:
    version = _version("pandas")
    if version is None:
        return False, "Spark: pandas is not installed", "pip install 'pandas>=2,<3'"
    well = version.split(".")[0] == "2"
    return well, f"Spark: pandas {version}", "pip install 'pandas>=2,<3': this Spark does not work with another"


def _python() -> Found:
    worker = os.environ.get("PYSPARK_PYTHON")
    hint = "export PYSPARK_PYTHON=" + sys.executable
    if worker is None:
        found = shutil.which("python3")
        same = found is not None and os.path.realpath(found) == os.path.realpath(sys.executable)
        same = same or os.environ.get("VIRTUAL_ENV") is not None and found == sys.executable
        return same, f"Spark: workers run {found or 'no Python'}, this is {sys.executable}", hint
    code = "import crossbearing; print(crossbearing.__version__)"
    try:
        told = subprocess.run([worker, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return False, f"Spark: PYSPARK_PYTHON is {worker}, which does not run", hint
    if told.returncode != 0:
        return False, f"Spark: {worker}, which workers run, has no crossbearing", hint
    same = told.stdout.strip() == _core.__version__
    return same, f"Spark: workers run {worker} with crossbearing {told.stdout.strip()}", hint


def _address() -> Found:
    hint = "export SPARK_LOCAL_IP=127.0.0.1 for a run on this machine alone"
    if os.environ.get("SPARK_LOCAL_IP"):
        return True, f"Spark: local address {os.environ['SPARK_LOCAL_IP']}", ""
    name = socket.gethostname()
    try:
        return True, f"Spark: this machine's name, {name}, is {socket.gethostbyname(name)}", ""
    except OSError:
        return False, f"Spark: this machine's name, {name}, has no address", hint
