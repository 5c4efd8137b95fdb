"""A casebook from Python: its tables are the program's, typed."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pandas
import polars
import pytest
from conftest import SAMPLES

import crossbearing

TABLES = ["incidents", "findings", "claims", "reports"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_that_of_the_program(name: str, book: crossbearing.Casebook) -> None:
    rows = list(csv.reader(io.StringIO(book.exported(f"csv-{name}").decode())))
    frame = getattr(book, name)()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == rows[0]
    assert len(frame) == len(rows) - 1 > 0
    arrow = getattr(book, name)(to="arrow")
    other = getattr(book, name)(to="polars")
    assert isinstance(other, polars.DataFrame)
    assert arrow.column_names == other.columns == rows[0]
    assert arrow.to_pylist() == other.to_dicts()


def test_numbers_are_numbers_and_days_are_days(book: crossbearing.Casebook) -> None:
    incidents = book.incidents(to="arrow").to_pylist()
    kinds = {type(value) for row in incidents for value in row.values()}
    assert int in kinds
    assert datetime.datetime in kinds or datetime.date in kinds
    assert bool in kinds


def test_a_dossier_is_that_of_the_program(book: crossbearing.Casebook, run) -> None:
    for case in book.cases():
        shown = run("show", case, "--json", "--casebook", repr(book).split()[1].rstrip(">"))
        assert book.dossier(case).json() == shown


def test_a_casebook_is_made_and_filled_from_python(tmp_path: Path) -> None:
    book = crossbearing.Casebook.create(tmp_path / "own", who="ann")
    assert book.add(SAMPLES)["new"] >= 10
    assert book.add([SAMPLES])["new"] == 0
    assert book.incidents().empty
    done = book.run()
    assert done["read"]["read"] >= 10
    assert len(book.cases()) == done["linked"]["incidents"] >= 4
    found = book.search("depot")
    assert found and all(it["id"].startswith("r:") for it in found)
    log = book.exported("csv-incidents")
    assert log == crossbearing.Casebook(tmp_path / "own").exported("csv-incidents")


def test_exports_are_those_of_the_program(book: crossbearing.Casebook, run, tmp_path: Path) -> None:
    place = repr(book).split()[1].rstrip(">")
    wanted = [name for name, _ in crossbearing.FORMATS]
    assert len(wanted) > 20
    run("export", *[f"{name}={tmp_path / name}.program" for name in wanted], "--casebook", place)
    for name in wanted:
        book.export(name, tmp_path / f"{name}.python")
        assert (tmp_path / f"{name}.python").read_bytes() == (tmp_path / f"{name}.program").read_bytes(), name


def test_what_goes_wrong_is_told(book: crossbearing.Casebook, tmp_path: Path) -> None:
    error = crossbearing.CrossbearingError
    with pytest.raises(error, match="no casebook is here"):
        crossbearing.Casebook(tmp_path / "none")
    with pytest.raises(error, match="there are csv-incidents"):
        book.exported("excel")
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(error, match="force=True"):
        book.export("csv-claims", there)
    assert there.read_text() == "mine"
    book.export("csv-claims", there, force=True)
    assert there.read_text() != "mine"
    own = Path(repr(book).split()[1].rstrip(">")) / "casebook.sqlite"
    before = own.read_bytes()
    with pytest.raises(error, match="in the folder of the casebook"):
        book.export("csv-claims", own, force=True)
    assert own.read_bytes() == before
    with pytest.raises(error, match="/dev/full"):
        book.export("csv-claims", "/dev/full", force=True)
    with pytest.raises(error, match="not in the casebook"):
        book.dossier("ffffffffffffffffff")
    with pytest.raises(ValueError, match="full or public"):
        book.exported("csv-claims", profile="half")
    with pytest.raises(ValueError, match="arrow, pandas or polars"):
        book.claims(to="excel")


def test_the_public_form_has_no_names(book: crossbearing.Casebook) -> None:
    full = book.exported("csv-claims").decode()
    public = book.exported("csv-claims", profile="public").decode()
    assert full != public
    assert len(public.splitlines()) > 10
