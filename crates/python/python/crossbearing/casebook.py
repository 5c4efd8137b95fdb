"""A casebook, and its tables as the libraries that people work with have them."""

from __future__ import annotations

import io
import os
from typing import Any, Literal

from . import _core

Kind = Literal["arrow", "pandas", "polars"]


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
