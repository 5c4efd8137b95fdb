"""What the reader has to tell about reports: kept beside what it gives, and said as warnings."""

from __future__ import annotations

import warnings
from typing import Any, TypeVar

Item = TypeVar("Item")
Note = dict[str, Any]


class CrossbearingWarning(UserWarning):
    """A report that could not be read, or is odd."""


class _Told(list[Item]):
    """A list, and what there is to tell about what it was made of."""

    def __init__(self, items: list[Item], notes: list[Note]) -> None:
        super().__init__(items)
        self.notes = notes


class Readings(_Told[Any]):
    """Readings, each report once, by id; ``notes`` say what could not be read and what is odd."""


class Dossiers(_Told[Any]):
    """Dossiers, one an incident; ``notes`` say what could not be read and what is odd."""


def warn(notes: list[Note]) -> None:
    """Says what is more than a hint. A note never holds words of a report."""
    for note in notes:
        if note["severity"] == "info":
            continue
        hint = f" (hint: {note['hint']})" if note.get("hint") else ""
        warnings.warn(f"{note['subject']}: {note['message']}{hint}", CrossbearingWarning, stacklevel=3)
