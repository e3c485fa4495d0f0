"""Reads the code of the program before it is asked for, a file a turn."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QTimer, Slot

from iscg_desktop import paths, services
from iscg_desktop.ui import forms, pages, widgets


class ReadAhead(QObject):
    """Reads the code of the desk a file at a time while she types her passphrase, its libraries first.

    In the window's thread: with a second one reading, the process broke now and then (PySide6 6.11.3).
    """

    _FIRST, _BETWEEN = 200, 20  # ms: the gate is drawn first
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
        self._timer = QTimer(self, interval=self._FIRST)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._timer.setInterval(self._BETWEEN)
        name = next(self._names, None)
        if name is None:
            self._timer.stop()
        else:
            importlib.import_module(name)


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
