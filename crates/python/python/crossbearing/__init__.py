"""Reports on violent incidents in, one dossier an incident out.

>>> import crossbearing
>>> readings = crossbearing.read([{"text": "...", "source": "Lake Tribune", "published": "2031-06-08"}])
>>> for incident in crossbearing.link(readings):
...     print(incident.dossier().markdown())

``read`` takes texts, bytes, records and paths; ``link`` finds which readings tell of one incident; ``dossier`` does all
of it for files. A :class:`Casebook` keeps reports and what was read from them, and gives tables. Everything runs on
this machine, on all its cores, without the interpreter's lock, and gives the bytes that the program gives. Nothing here
says what is true: a dossier says what is reported, by whom, in which words.

What reading needs is made once, by ``python -m crossbearing prepare``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core
from ._core import FORMATS, CrossbearingError, Dossier, Incident, Incidents, Reading, __version__, link
from .casebook import Casebook
from .notes import CrossbearingWarning, Dossiers, Readings, warn

__all__ = [
    "FORMATS",
    "Casebook",
    "CrossbearingError",
    "CrossbearingWarning",
    "Dossier",
    "Dossiers",
    "Incident",
    "Incidents",
    "Reading",
    "Readings",
    "__version__",
    "dossier",
    "dossiers",
    "link",
    "read",
]

Report = str | bytes | Mapping[str, Any] | os.PathLike[str]


def read(reports: Iterable[Report], *, fast: bool = False, data: str | os.PathLike[str] | None = None) -> Readings:
    """Reads reports, on all cores.

    A report is a text, the bytes of a file (text, HTML, PDF, DOCX), a record (``text`` or ``html``, and ``title``,
    ``source``, ``byline``, ``url``, ``published``, ``language``, ``fetched_at`` where they are known; ``None`` is a
    value that is not known), or a path, as ``pathlib.Path``: a file or folder of reports.

    ``fast`` reads about four times as fast and somewhat less well; ``data`` is the folder of model, gazetteer and
    encoder. A report that cannot be read stops none: the readings' ``notes`` say which, and a warning tells of it.
    """
    readings, notes = _core.read(reports, fast=fast, data=data)
    warn(notes)
    return Readings(readings, notes)


def dossiers(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    fast: bool = False,
    data: str | os.PathLike[str] | None = None,
) -> Dossiers:
    """The dossier of each incident that the reports in files, folders and patterns tell of."""
    made, notes = _core.dossiers(paths, fast=fast, data=data)
    warn(notes)
    return Dossiers(made, notes)


def dossier(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    one: bool = False,
    fast: bool = False,
    data: str | os.PathLike[str] | None = None,
) -> Dossier:
    """The dossier of the one incident that the reports in files, folders and patterns are about.

    ``one`` takes all of them as one incident, whatever they tell of. Where they are about several, that is an error:
    :func:`dossiers` gives the dossier of each.
    """
    made, notes = _core.dossiers(paths, one=one, fast=fast, data=data)
    warn(notes)
    about = [it for it in made if not it.in_passing] or made
    if len(about) == 1:
        return about[0]
    if not made:
        raise CrossbearingError("no report could be read, so there is no dossier\n  hint: the warnings say why")
    raise CrossbearingError(
        f"the reports tell of {len(about)} incidents\n  hint: dossiers(paths) gives each, one=True takes them as one"
    )
