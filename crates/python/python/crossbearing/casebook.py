"""A casebook, and its tables as the libraries that people work with have them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any, Literal

from . import _core

Kind = Literal["arrow", "pandas", "polars"]


def _in_order(table: Any, columns: list[str], wanted: str) -> Iterator[list[dict[str, Any]]]:
    """Rows in the order of files and of places in them, in portions: of a report that came twice, the first is kept, as
    on one machine."""
    import pyarrow.compute

    keys = table.to_table(columns=["file", "position"])
    order = pyarrow.compute.sort_indices(keys, sort_keys=[("file", "ascending"), ("position", "ascending")])
    for start in range(0, len(order), 256):
        some = table.take(order[start : start + 256], columns=columns)
        yield [row for row in some.to_pylist() if row[wanted] is not None]


class Casebook(_core.Casebook):
    """Reports that are kept, with what was read from them and what people decided.

    ``Casebook(path)`` opens one, ``Casebook.create(path)`` makes one; ``path`` is a folder, or the address of a
    PostgreSQL database. Everything that changes it is in its log, under the name ``who``.

    The tables are those that the program exports, column for column, with numbers as numbers and days as days.
    """

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, who: str | None = None) -> Casebook:
        """Makes a casebook in a folder, or in an empty PostgreSQL database, and opens it."""
        _core.create(path, who=who)
        return cls(path, who=who)

    def incidents(self, to: Kind = "pandas", *, profile: str = "full") -> Any:
        """One row an incident: what, when, where, and the ranges of each count by its rule."""
        return self._table("incidents", to, profile)

    def findings(self, to: Kind = "pandas", *, profile: str = "full") -> Any:
        """One row for what stands on each slot and scope of an incident."""
        return self._table("findings", to, profile)

    def claims(self, to: Kind = "pandas", *, profile: str = "full") -> Any:
        """One row a claim: its value, its exact words, who says it and with which hedge."""
        return self._table("claims", to, profile)

    def reports(self, to: Kind = "pandas", *, profile: str = "full") -> Any:
        """One row a report of an incident."""
        return self._table("reports", to, profile)

    def take(self, folder: str | os.PathLike[str]) -> dict[str, int]:
        """Takes in what :func:`crossbearing.spark.run` left in a folder: the documents, with the bytes as received and
        where they were found, and the readings of them.

        A reading comes in for a report that is there, in the text that it quotes; what another version of the reader
        made is read again by ``run()``, which links and reconciles all of it in any case. Gives the number of reports
        that are new, and of readings taken, known and refused.
        """
        import pyarrow.dataset

        out = {"new": 0, "taken": 0, "known": 0, "refused": 0}
        tables = (pyarrow.dataset.dataset(os.path.join(folder, name)) for name in ("documents", "readings"))
        documents, readings = tables
        for rows in _in_order(documents, ["name", "bytes", "given"], "bytes"):
            names, contents, given = ([row[key] for row in rows] for key in ("name", "bytes", "given"))
            out["new"] += self.take_documents(names, contents, given)["new"]
        for rows in _in_order(readings, ["reader", "reading"], "reading"):
            for reader in sorted({row["reader"] for row in rows}):
                done = self.take_readings([row["reading"] for row in rows if row["reader"] == reader], reader)
                for key in ("taken", "known", "refused"):
                    out[key] += done[key]
        return out

    def _table(self, name: str, to: Kind, profile: str) -> Any:
        if to not in ("arrow", "pandas", "polars"):
            raise ValueError(f"to is arrow, pandas or polars, not {to!r}")
        source = io.BytesIO(self.exported(f"parquet-{name}", profile=profile))
        if to == "polars":
            import polars

            return polars.read_parquet(source)
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(source)
        if to == "arrow":
            return table
        return table.to_pandas()
