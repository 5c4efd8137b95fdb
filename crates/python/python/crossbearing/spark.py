"""Reports to dossiers on Apache Spark: the same bytes as on one machine, on as many as there are.

One machine is enough for most archives, and simpler: the program reads on all its cores. This is for archives that take
longer than you can wait, and for reports that lie on a cluster already.

    from crossbearing import spark as cluster

    session = cluster.session("local[2]")
    cluster.run(session, ["archive/*.warc.gz"], "out")

``run`` leaves four tables of Parquet in ``out``: ``documents`` (the bytes as received, and where they were found),
``readings``, ``incidents`` (which report tells of which) and ``dossiers``. ``Casebook.take("out")`` takes them into a
casebook, with the bytes, so that whatever was read there can be read again.

Each step is a function of rows (``mapInArrow``, ``applyInArrow``), and can be used alone: :func:`documents` or
:func:`documents_of`, :func:`read`, :func:`link`, :func:`dossiers`. Workers need this package, and what reading needs
(``python -m crossbearing prepare`` on each, or ``data=`` a folder that all see). ``python -m crossbearing doctor`` looks
at what goes wrong most.
"""

from __future__ import annotations

import argparse
import glob
import json
import os
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyarrow

from . import CrossbearingError, steps

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def session(master: str | None = None, **settings: str) -> SparkSession:
    """A session with what this package wants set: the workers' Python is this one, and a local run needs no network.

    ``local[2, 4]`` tries what failed up to four times, as a cluster does. ``settings`` are Spark's, with ``_`` for
    ``.``: ``session("local[2]", spark_driver_memory="4g")``.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master is not None and master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("crossbearing").config("spark.ui.enabled", "false")
    # A row may hold a whole page: small batches, so that a worker holds few of them.
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(steps.PORTION))
    if master is not None:
        builder = builder.master(master)
    for name, value in settings.items():
        builder = builder.config(name.replace("_", "."), value)
    return builder.getOrCreate()


def documents(
    session: SparkSession,
    paths: Iterable[str | os.PathLike[str]],
    *,
    partitions: int | None = None,
    in_scope: bool = False,
) -> DataFrame:
    """The documents in files: web archives, JSON lines, tables, ZIP archives, mail, pages, all that ``add`` takes.

    A file is the work of one task, read as it is unpacked, so that its size does not matter; split what is one large
    file. Workers open the files by their paths. What cannot be taken is a row with a ``note`` and no bytes.
    ``in_scope`` passes over reports in which no word speaks of violence, of people hurt or held, or of arms.
    """
    files: list[str] = []
    for path in paths:
        name = os.fspath(path)
        if os.path.isdir(name):
            inner = (os.path.join(folder, file) for folder, _, names in os.walk(name) for file in names)
            found = sorted(file for file in inner if not os.path.basename(file).startswith("."))
        else:
            found = sorted(glob.glob(name)) or [name]
        files += found
    if not files:
        raise CrossbearingError("no file is there to read\n  hint: give files, folders or patterns")
    files = list(dict.fromkeys(files))
    rows = session.createDataFrame([(name,) for name in files], "path string")

    def taken(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        for batch in batches:
            for path in batch.column("path").to_pylist():
                for table in steps.each_document(path, in_scope=in_scope):
                    yield from table.to_batches()

    return rows.repartition(partitions or len(files)).mapInArrow(taken, steps.DOCUMENT_COLUMNS)


def documents_of(rows: DataFrame) -> DataFrame:
    """The documents that rows are, as of a Parquet table or of JSON lines: ``text`` or ``html``, and what is known.

    Columns go by the names that ``add`` knows (``title``, ``source``, ``url``, ``published``, ``language`` and what they
    are often called); ``name`` says what to call a row, else its address does.
    """
    return rows.select(*_columns(rows)).mapInArrow(_rows, steps.DOCUMENT_COLUMNS)


def read(documents: DataFrame, *, fast: bool = False, data: str | os.PathLike[str] | None = None) -> DataFrame:
    """Reads documents: a row of ``reading`` (JSON) and ``record`` (what linking needs) for each, with its notes."""
    folder = os.fspath(data) if data is not None else None

    def readings(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
        steps.one_thread()
        for batch in batches:
            yield from steps.read(pyarrow.Table.from_batches([batch]), fast=fast, data=folder).to_batches()

    return documents.mapInArrow(readings, steps.READING_COLUMNS)


def link(readings: DataFrame, *, divided: str | None = None) -> DataFrame:
    """Finds the incidents: a row for each report of each, with the ``account`` where it tells of it in passing.

    One task does it, which holds what linking needs of all reports, unless it is ``divided``: then tables in between are
    left in the folder named, and no task holds all (:mod:`crossbearing.blocks`). The incidents are the same.
    """
    once = _once(readings)
    if divided is not None:
        from .blocks import link as by_blocks

        return by_blocks(once, divided)
    needed = once.select("file", "position", "name", "report", "text", "record")
    return needed.coalesce(1).mapInArrow(_link, steps.INCIDENT_COLUMNS)


def dossiers(readings: DataFrame, incidents: DataFrame) -> DataFrame:
    """The dossier of each incident, as JSON; ``note`` where it met a fault."""
    of_report = _once(readings).select("report", "reading")
    return incidents.join(of_report, "report").groupBy("incident").applyInArrow(_dossier, steps.DOSSIER_COLUMNS)


def run(
    session: SparkSession,
    paths: Iterable[str | os.PathLike[str]] | DataFrame,
    out: str | os.PathLike[str],
    *,
    fast: bool = False,
    data: str | os.PathLike[str] | None = None,
    partitions: int | None = None,
    in_scope: bool = False,
    divided: bool = False,
    force: bool = False,
) -> dict[str, Any]:
    """Takes files (or rows, see :func:`documents_of`) to dossiers, each step a table in the folder ``out``.

    A run that was cut off goes on where it was: a table that is whole is not made again, unless ``force``. Gives the
    number of documents, of readings, of incidents, and of rows that have a note, and the seconds of each step done.
    """
    from pyspark.sql import DataFrame

    folder = os.fspath(out)
    seconds: dict[str, float] = {}

    def made(name: str, make: Any) -> DataFrame:
        path = f"{folder}/{name}"
        if force or not _exists(session, f"{path}/_SUCCESS"):
            begun = time.monotonic()
            make().write.mode("overwrite").parquet(path)
            seconds[name] = round(time.monotonic() - begun, 3)
        return session.read.parquet(path)

    def taken() -> DataFrame:
        if isinstance(paths, DataFrame):
            return documents_of(paths)
        return documents(session, paths, partitions=partitions, in_scope=in_scope)

    rows = made("documents", taken)
    spread = rows if partitions is None else rows.repartition(partitions)
    readings = made("readings", lambda: read(spread, fast=fast, data=data))
    between = f"{folder}/between" if divided else None
    incidents = made("incidents", lambda: link(readings, divided=between))
    if between is not None:
        _delete(session, between)
    results = made("dossiers", lambda: dossiers(readings, incidents))
    return {
        "documents": rows.where("note IS NULL").count(),
        "readings": readings.where("reading IS NOT NULL").count(),
        "incidents": results.where("dossier IS NOT NULL").count(),
        "notes": rows.where("note IS NOT NULL").count()
        + readings.where("reading IS NULL").count()
        + results.where("note IS NOT NULL").count(),
        "seconds": seconds,
    }


def _file(session: SparkSession, path: str) -> tuple[Any, Any]:
    """A path, and the file system that it lies on, as Spark reaches it."""
    java: Any = session.sparkContext._jvm
    place = java.org.apache.hadoop.fs.Path(path)
    return place, place.getFileSystem(session.sparkContext._jsc.hadoopConfiguration())


def _exists(session: SparkSession, path: str) -> bool:
    place, files = _file(session, path)
    return bool(files.exists(place))


def _delete(session: SparkSession, path: str) -> None:
    place, files = _file(session, path)
    files.delete(place, True)


def _columns(rows: DataFrame) -> list[Any]:
    """The columns that a report may be in; a day or time goes as it is written."""
    from pyspark.sql import functions

    times = ("date", "timestamp", "timestamp_ntz")
    return [
        functions.col(f"`{name}`").cast("string").alias(name) if kind in times else functions.col(f"`{name}`")
        for name, kind in rows.dtypes
        if kind in ("string", "binary", *times)
    ]


def _once(readings: DataFrame) -> DataFrame:
    """Each report and text once: of several the one that comes first by file and place, as on one machine."""
    from pyspark.sql import Window, functions

    order = Window.partitionBy("report", "text").orderBy("file", "position", "name")
    ranked = readings.where("report IS NOT NULL").withColumn("_rank", functions.row_number().over(order))
    return ranked.where("_rank = 1").drop("_rank")


def _rows(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
    for batch in batches:
        yield from steps.records(batch.to_pylist()).to_batches()


def _link(batches: Iterable[pyarrow.RecordBatch]) -> Iterable[pyarrow.RecordBatch]:
    yield from steps.link(pyarrow.Table.from_batches(batches)).to_batches(max_chunksize=10_000)


def _dossier(group: pyarrow.Table) -> pyarrow.Table:
    steps.one_thread()
    return steps.dossier(group)


def main(arguments: list[str] | None = None) -> int:
    """``python -m crossbearing.spark FILES --out DIR``, also by ``spark-submit``."""
    parser = argparse.ArgumentParser(prog="python -m crossbearing.spark", description="Takes reports to dossiers.")
    parser.add_argument("files", nargs="+", help="files, folders and patterns, as workers see them")
    parser.add_argument("--out", required=True, help="the folder to leave the tables in")
    parser.add_argument("--master", help="as Spark has it: local[2]; else as spark-submit says")
    parser.add_argument("--fast", action="store_true", help="read about four times as fast, somewhat less well")
    parser.add_argument("--data", help="the folder of what reading needs, as workers see it")
    parser.add_argument("--partitions", type=int, help="how many tasks reading is divided into")
    parser.add_argument("--in-scope", action="store_true", help="pass over reports without a word of the field")
    parser.add_argument("--divided", action="store_true", help="divide linking, too: for more reports than one machine holds")
    parser.add_argument("--force", action="store_true", help="make all tables anew")
    given = parser.parse_args(arguments)
    try:
        done = run(
            session(given.master),
            given.files,
            given.out,
            fast=given.fast,
            data=given.data,
            partitions=given.partitions,
            in_scope=given.in_scope,
            divided=given.divided,
            force=given.force,
        )
    except CrossbearingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(done))
    return 0


if __name__ == "__main__":
    sys.exit(main())
