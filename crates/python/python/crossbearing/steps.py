"""The steps from reports to dossiers as functions of Arrow tables, for whoever divides the work.

Each is a pure function of its rows: which row is worked on where, and in which order, changes no byte. ``documents``
takes files apart, ``read`` reads documents, ``link`` finds the incidents among readings, ``groups`` gives the rows of
each, ``dossier`` makes its dossier. :mod:`crossbearing.spark` runs them on Apache Spark; ``docs/cluster.md`` has recipes
for Ray and Dask.

==========  =======================================================================================================
documents   ``file``, ``position`` in it, ``name``, ``bytes``, ``given`` (what is known beside them, JSON), ``note``
readings    ``file``, ``position``, ``name``, ``reader`` (its version), ``report``, ``text`` (ids), ``reading`` (JSON),
            ``record`` (what linking needs of it), ``notes`` (JSON)
incidents   ``incident`` (a number), ``report``, ``account`` (where the report tells of it in passing)
dossiers    ``case``, ``version``, ``title``, ``dossier`` (JSON, as the program prints it), ``note``
==========  =======================================================================================================
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow
import pyarrow.compute

from . import CrossbearingError, _core
from .notes import warn

_KINDS = {"string": pyarrow.string(), "long": pyarrow.int64(), "binary": pyarrow.binary()}


def _schema(columns: str) -> pyarrow.Schema:
    pairs = (column.split() for column in columns.split(","))
    return pyarrow.schema([(name, _KINDS[kind]) for name, kind in pairs])


# As Spark writes them.
DOCUMENT_COLUMNS = "file string, position long, name string, bytes binary, given string, note string"
READING_COLUMNS = (
    "file string, position long, name string, reader string, report string, text string, reading binary, record binary, "
    "notes string"
)
INCIDENT_COLUMNS = "incident long, report string, account string"
DOSSIER_COLUMNS = "case string, version string, title string, dossier string, note string"

DOCUMENTS = _schema(DOCUMENT_COLUMNS)
READINGS = _schema(READING_COLUMNS)
INCIDENTS = _schema(INCIDENT_COLUMNS)
DOSSIERS = _schema(DOSSIER_COLUMNS)

# Reports read in one go: enough that calls cost nothing, few enough that memory stays small.
PORTION = 64


def each_document(path: str | os.PathLike[str], *, in_scope: bool = False) -> Iterator[pyarrow.Table]:
    """The documents of one file, in portions, read as it is unpacked: its size does not matter.

    Takes all that ``add`` takes: web archives, JSON lines, tables, ZIP archives, mail, pages, texts. What cannot be
    taken is a row with a ``note`` and no bytes. ``in_scope`` passes over reports in which no word speaks of violence, of
    people hurt or held, or of arms: for archives of all kinds of news.
    """
    file = os.fspath(path)
    rows: list[tuple[Any, ...]] = []
    for position, (row, note) in enumerate(_core.Documents(file, in_scope=in_scope)):
        name, content, given = row if row is not None else (file, None, None)
        rows.append((file, position, name, content, given, note))
        if len(rows) == PORTION:
            yield _table(DOCUMENTS, rows)
            rows = []
    yield _table(DOCUMENTS, rows)


def documents(paths: Iterable[str | os.PathLike[str]], *, in_scope: bool = False) -> pyarrow.Table:
    """The documents of files."""
    tables = [table for path in paths for table in each_document(path, in_scope=in_scope)]
    return pyarrow.concat_tables(tables) if tables else DOCUMENTS.empty_table()


def records(rows: Iterable[Mapping[str, Any]]) -> pyarrow.Table:
    """The documents that records are: ``text`` or ``html``, and what is known of them, by the names that ``add`` knows.

    ``name`` says what to call one, else its address does.
    """
    out: list[tuple[Any, ...]] = []
    for row in rows:
        record = dict(row)
        called = record.pop("name", None) or record.get("url") or "a row"
        made, note = _core.document(called, record)
        name, content, given = made if made is not None else (called, None, None)
        out.append(("", 0, name, content, given, note))
    return _table(DOCUMENTS, out)


def read(table: pyarrow.Table, *, fast: bool = False, data: str | None = None) -> pyarrow.Table:
    """Reads documents; one that cannot be read is a row without ``reading``, whose notes say why."""
    tables = [READINGS.empty_table()]
    for start in range(0, table.num_rows, PORTION):
        some = [row for row in table.slice(start, PORTION).to_pylist() if row["bytes"] is not None]
        names, contents, given = ([row[key] for row in some] for key in ("name", "bytes", "given"))
        reader, made = _core.read_rows(names, contents, given, fast=fast, data=data)
        rows = [(row["file"], row["position"], row["name"], reader, *result) for row, result in zip(some, made)]
        tables.append(_table(READINGS, rows))
    return pyarrow.concat_tables(tables)


def once(readings: pyarrow.Table) -> pyarrow.Table:
    """Each report and text once: of several the one that comes first by file and place, as on one machine."""
    kept = readings.filter(pyarrow.compute.is_valid(readings.column("report")))
    kept = kept.sort_by([("file", "ascending"), ("position", "ascending"), ("name", "ascending")])
    seen: set[tuple[str, str]] = set()
    wanted = []
    for place, key in enumerate(zip(kept.column("report").to_pylist(), kept.column("text").to_pylist())):
        if key not in seen:
            seen.add(key)
            wanted.append(place)
    return kept.take(wanted)


def link(readings: pyarrow.Table) -> pyarrow.Table:
    """Finds the incidents among readings: a row for each report of each.

    Needs the columns ``file``, ``position``, ``name``, ``report``, ``text`` and ``record`` alone. A report on which linking
    fails is left out, and a warning says so.
    """
    members, notes = _core.link_rows(once(readings).column("record").to_pylist())
    warn(json.loads(notes))
    return _table(INCIDENTS, members)


def groups(readings: pyarrow.Table, incidents: pyarrow.Table) -> Iterator[pyarrow.Table]:
    """The rows of each incident: its readings, and the account where one tells of it in passing."""
    of_report = once(readings).select(["report", "reading"])
    joined = incidents.join(of_report, "report", join_type="inner").sort_by("incident")
    numbers = joined.column("incident").to_pylist()
    starts = [at for at, number in enumerate(numbers) if at == 0 or numbers[at - 1] != number]
    for start, end in zip(starts, [*starts[1:], len(numbers)]):
        yield joined.slice(start, end - start)


def dossier(group: pyarrow.Table) -> pyarrow.Table:
    """The dossier of one incident: one row, with a ``note`` in its place where it met a fault."""
    try:
        made = _core.reconcile_rows(group.column("reading").to_pylist(), group.column("account").to_pylist())
        row: tuple[Any, ...] = (*made, None)
    except CrossbearingError as error:
        row = (None, None, None, None, str(error))
    return _table(DOSSIERS, [row])


def one_thread() -> None:
    """Says, before the first reading of a process, that it works on one core: where there is a process a core."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")


def _table(schema: pyarrow.Schema, rows: list[tuple[Any, ...]]) -> pyarrow.Table:
    columns = list(zip(*rows)) if rows else [()] * len(schema)
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)
