"""Spark gives the bytes of one machine, however the work is divided and whoever dies in the middle."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import INCIDENTS, SAMPLES, reports

import crossbearing
from crossbearing import spark as cluster


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    session = cluster.session("local[2, 4]", spark_sql_shuffle_partitions="3")
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The samples, and reports that link across any border of blocks: copies, follow-ups, round-ups."""
    folder = tmp_path_factory.mktemp("reports")
    paths = [path for incident in INCIDENTS for path in reports(incident)]
    lines = folder / "more.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in more()), encoding="utf-8")
    return [*paths, lines]


TOWNS = ["Harun", "Lower Vasht", "Teral", "Qamrin", "Ostry Dol", "Belmara", "Nishapat", "Corvane"]


def more() -> list[dict[str, str]]:
    """Fictional reports: of each of eight attacks a first report, a copy, and later ones up to half a year after."""
    out = []
    for at, town in enumerate(TOWNS):
        dead = at + 3
        first = (
            f"Gunmen attacked the market hall of {town} on Monday and killed {dead} people, police said. "
            f"Colonel Idris Vamm of the {town} command said the men came from the hills above the Anvar road. "
            f"A doctor at the {town} clinic, Leyla Moravec, said {dead + 4} were wounded, two of them children."
        )
        days = [("2031-03-04", first), ("2031-03-05", first)]
        days.append(
            ("2031-03-06", f"The toll of the attack on the market hall of {town} rose to {dead + 1}, the clinic's Leyla "
             f"Moravec said. Idris Vamm said the men came from the hills above the Anvar road. Shops stayed shut.")
        )
        days.append(
            ("2031-09-02", f"A court began to hear of the attack on the market hall of {town}, in which {dead + 1} people "
             f"were killed in March. Idris Vamm and Leyla Moravec were heard as witnesses on Tuesday.")
        )
        for place, (day, text) in enumerate(days):
            source = ["Lake Tribune", "Vale Herald", "Northern Beacon", "Open Ledger"][place]
            title = f"Attack in {town}" if place < 3 else f"Court hears of {town} attack"
            out.append({"text": text, "source": source, "published": day, "title": title})
    items = " ".join(
        f"In {town}, gunmen killed {at + 3} people at the market hall on Monday, police said.\n\n"
        for at, town in enumerate(TOWNS[:3])
    )
    out.append({"text": items, "source": "World Digest", "published": "2031-03-07", "title": "The week in brief"})
    return out


@pytest.fixture(scope="module")
def alone(files: list[Path]) -> list[str]:
    """What one machine gives."""
    return sorted(it.json() for it in crossbearing.dossiers(files))


def made(out: Path) -> list[str]:
    import pyarrow.parquet

    return sorted(pyarrow.parquet.read_table(out / "dossiers").column("dossier").to_pylist())


@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_the_bytes_are_those_of_one_machine(
    partitions: int, session: Any, files: list[Path], alone: list[str], tmp_path: Path
) -> None:
    done = cluster.run(session, files, tmp_path / "out", partitions=partitions)
    assert done["incidents"] == len(alone) > 10
    assert done["notes"] == 0
    assert made(tmp_path / "out") == alone
    assert max(len(json.loads(it)["reports"]) for it in alone) >= 4


@pytest.fixture(scope="module")
def readings(session: Any, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("divided")
    cluster.run(session, files, out, partitions=2)
    return out


@pytest.mark.parametrize("partitions", [1, 7])
def test_linking_that_is_divided_gives_the_same_bytes(
    partitions: int, session: Any, readings: Path, alone: list[str], tmp_path: Path
) -> None:
    shutil.copytree(readings, tmp_path / "out")
    for name in ("incidents", "dossiers"):
        shutil.rmtree(tmp_path / "out" / name)
    before = session.conf.get("spark.sql.shuffle.partitions")
    session.conf.set("spark.sql.shuffle.partitions", str(partitions))
    try:
        done = cluster.run(session, [], tmp_path / "out", divided=True)
    finally:
        session.conf.set("spark.sql.shuffle.partitions", before)
    assert list(done["seconds"]) == ["incidents", "dossiers"]
    assert made(tmp_path / "out") == alone


def _workers() -> set[int]:
    """Processes of Python workers: children of Spark's daemon of them."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        try:
            pid = int(entry.name)
            parents[pid] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            names[pid] = (entry / "cmdline").read_text()
        except (ValueError, OSError):
            continue
    daemons = {pid for pid, name in names.items() if "pyspark.daemon" in name or "pyspark/daemon" in name}
    return {pid for pid in daemons if parents.get(pid) in daemons}


def test_a_worker_that_is_killed_costs_nothing(
    session: Any, files: list[Path], alone: list[str], tmp_path: Path
) -> None:
    killed: set[int] = set()
    stop = threading.Event()

    def kill() -> None:
        # Two are killed while they read, some time after they began.
        while not stop.is_set() and len(killed) < 2:
            time.sleep(0.7)
            reading = (tmp_path / "out" / "documents" / "_SUCCESS").exists()
            for pid in sorted(_workers() - killed)[:1] if reading else []:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)

    other = threading.Thread(target=kill)
    other.start()
    done = cluster.run(session, files, tmp_path / "out", partitions=7)
    stop.set()
    other.join()
    assert killed
    assert done["incidents"] == len(alone)
    assert made(tmp_path / "out") == alone


def test_rows_of_a_table_are_documents(session: Any, tmp_path: Path) -> None:
    lines = tmp_path / "rows.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in more()), encoding="utf-8")
    rows = session.read.json(str(lines))
    rows.write.parquet(str(tmp_path / "rows"))
    given = session.read.parquet(str(tmp_path / "rows"))
    cluster.run(session, given, tmp_path / "out")
    wanted = sorted(it.dossier().json() for it in crossbearing.link(crossbearing.read(more())))
    assert made(tmp_path / "out") == wanted


def test_what_is_not_of_the_field_is_passed_over_where_that_is_asked(session: Any, tmp_path: Path) -> None:
    lines = tmp_path / "mixed.jsonl"
    other = {"text": "The council of Teral met on bus fares.", "source": "Vale Herald", "published": "2031-06-09"}
    lines.write_text("".join(json.dumps(record) + "\n" for record in [*more()[:3], other]), encoding="utf-8")
    assert cluster.documents(session, [lines]).count() == 4
    assert cluster.documents(session, [lines], in_scope=True).count() == 3


def test_what_is_cut_off_goes_on_and_what_is_bad_is_told(session: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(b"\x1f\x8b\x08\x00 this is no archive")
    paths = [*reports(INCIDENTS[0]), bad, tmp_path / "absent.txt"]
    out = tmp_path / "out"
    done = cluster.run(session, paths, out)
    assert done["documents"] == len(reports(INCIDENTS[0]))
    assert done["notes"] >= 2
    assert done["incidents"] >= 1
    before = (out / "readings" / "_SUCCESS").stat().st_mtime_ns
    (out / "dossiers" / "_SUCCESS").unlink()
    again = cluster.run(session, paths, out)
    assert {**again, "seconds": None} == {**done, "seconds": None}
    assert list(done["seconds"]) == ["documents", "readings", "incidents", "dossiers"]
    assert list(again["seconds"]) == ["dossiers"]
    assert (out / "readings" / "_SUCCESS").stat().st_mtime_ns == before
    with pytest.raises(crossbearing.CrossbearingError, match="no file"):
        cluster.documents(session, [])


def test_a_casebook_takes_what_was_made_with_its_custody(
    session: Any, files: list[Path], run: Any, tmp_path: Path
) -> None:
    cluster.run(session, files, tmp_path / "out", partitions=2)
    book = crossbearing.Casebook.create(tmp_path / "book", who="ann")
    done = book.take(tmp_path / "out")
    assert done["new"] == done["taken"] > 40
    assert done["refused"] == 0
    # Nothing is left to read, and what comes of it is what comes of the files themselves.
    assert book.run()["read"]["read"] == 0
    own = crossbearing.Casebook.create(tmp_path / "own", who="ann")
    own.add(files)
    own.run()
    assert {case: book.dossier(case).json() for case in book.cases()} == {
        case: own.dossier(case).json() for case in own.cases()
    }
    assert book.take(tmp_path / "out")["new"] == 0
    report = json.loads(run("show", book.search("depot")[0]["id"], "--json", "--casebook", tmp_path / "book"))
    assert all(capture["sha256"] and capture["address"] for capture in report["captures"])
    assert "everything is as it was written" in run("audit", "verify", "--casebook", tmp_path / "book")


def test_the_samples_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = cluster.main([str(path) for path in reports(SAMPLES / "depot-shooting")] + ["--out", str(tmp_path / "out")])
    assert status == 0
    assert json.loads(capsys.readouterr().out.strip().splitlines()[-1])["incidents"] >= 1
