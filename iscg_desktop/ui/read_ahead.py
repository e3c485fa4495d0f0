"""Reads the code of the program and the tables of communes before they are asked for, in turns."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import time
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject

from iscg_desktop import paths, services
from iscg_desktop.ui import forms, pages, widgets
from iscg_desktop.ui.one_a_turn import OneATurn


class ReadAhead(QObject):
    """Reads the code of the desk some files at a time while she types her passphrase, then the tables of communes.

    In the window's thread: with a second one reading, the process broke now and then (PySide6 6.11.3), and one that
    sorts the communes kept Python from the window for half a millisecond at nearly every call of Qt.
    """

    _FIRST, _BETWEEN = 200, 15  # ms: the gate is drawn first
    _BESIDE_A_DESK, _BESIDE = 1_000, 80  # ms: what is not read yet when the coffre opens
    _A_TURN = 0.005  # seconds of reading
    # What a library reads at once is read in parts, the lowest first.
    _LIBRARIES = (
        "PIL.Image",
        "reportlab.lib.utils",
        "reportlab.lib.colors",
        "reportlab.lib.styles",
        "reportlab.pdfbase.pdfmetrics",
        "reportlab.pdfbase.pdfdoc",
        "reportlab.pdfbase.ttfonts",
        "reportlab.graphics.shapes",
        "reportlab.pdfgen.canvas",
        "reportlab.platypus.paragraph",
        "reportlab.platypus.tables",
        "reportlab.platypus",
        "rapidfuzz.process",
        "pypdfium2_raw",
        "pypdfium2",
    )

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # What opens a coffre before what shows it.
        below = (paths.package() / floor for floor in ("domain", "storage"))
        self._names = itertools.chain(
            *(_modules(f"iscg_desktop.{folder.name}", [str(folder)]) for folder in below),
            self._LIBRARIES,
            *(_modules(each.__name__, each.__path__) for each in (services, widgets, forms, pages)),
        )
        self._reading = self._read()
        self._between = self._BETWEEN
        self._timer = OneATurn(self, self._on_turn, self._FIRST)
        self._timer.start()

    def hurry(self) -> None:
        """Go on without a pause: the passphrase is given, and a worker makes the key of it."""
        self._set_between(0)

    def stand_back(self) -> None:
        """Leave the window to the desk that comes now; what is left is read later, with longer pauses."""
        self._set_between(self._BESIDE)
        if self._timer.isActive():
            self._timer.start(self._BESIDE_A_DESK)

    def _set_between(self, milliseconds: int) -> None:
        self._between = milliseconds
        if self._timer.isActive():
            self._timer.setInterval(milliseconds)

    def _read(self) -> Iterator[None]:
        for name in self._names:
            importlib.import_module(name)
            yield
        from iscg_desktop.services.territoires import reading_ahead

        yield from reading_ahead()

    def _on_turn(self) -> None:
        end = time.monotonic() + self._A_TURN
        for _ in self._reading:
            if time.monotonic() >= end:
                self._timer.setInterval(self._between)
                return
        self._timer.stop()


def _modules(package: str, folders: Iterable[str]) -> Iterator[str]:
    return (f"{package}.{module.name}" for module in pkgutil.iter_modules(folders))


def for_creation() -> Iterator[str]:
    """What the assistant stands on, the lowest first."""
    yield from _modules("iscg_desktop.domain", [str(paths.package() / "domain")])
    yield from _modules("iscg_desktop.storage", [str(paths.package() / "storage")])
    yield from (
        "iscg_desktop.services.session",
        "iscg_desktop.reference.territories",
        "iscg_desktop.services.voile",
    )
    for form in ("intervenant_form", "unite_form", "passphrase_form", "code_card", "sheet_step"):
        yield f"iscg_desktop.ui.forms.{form}"
