"""Asks for a folder and leaves no trace of the answer.

Qt writes the folders visited with its file dialog into the settings of the user, where anyone reads them
(security requirement S32). `without_trace` keeps them out of there; any file dialog should stand inside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from iscg_desktop.platform.long_paths import extended

_GROUP = "FileDialog"


@contextmanager
def without_trace() -> Iterator[None]:
    """Around the whole life of a file dialog, its destruction included: nothing of it is remembered."""
    scope, kept = QSettings.Scope.UserScope, QSettings.Format.NativeFormat
    # Where settings are files, Qt is sent to a place that takes nothing: no byte reaches the disk.
    QSettings.setPath(kept, scope, os.devnull)
    before = _read(scope)
    try:
        yield
    finally:
        _put_back(scope, before)


def speak_french(dialog: QFileDialog) -> None:
    """Put into words what Qt's own French leaves in English; a dialog of the system has its own words."""
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, QCoreApplication.translate("FileDialog", "Dans\u00a0:"))
    dialog.setLabelText(label.FileType, QCoreApplication.translate("FileDialog", "Sortes de fichiers\u00a0:"))


def choose_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """Ask for a folder with the system's own dialog where there is one; None when she gives up.

    Args:
        parent: The page that asks.
        title: What the folder is for.
        start: Shown first; the nearest folder that exists above it.
    """
    existing = next((each for each in (start, *start.parents) if each.is_dir()), Path.home())
    with without_trace():
        dialog = QFileDialog(parent, title, str(existing))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        speak_french(dialog)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        # Qt writes when the dialog is destroyed: here, not whenever Python finds the time.
        shiboken6.delete(dialog)
    return extended(Path(chosen[0])) if chosen else None


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file to read; None when she gives up.

    Args:
        parent: The page that asks.
        title: What the file is.
        kinds: Files shown, such as « PDF (*.pdf) ».
    """
    with without_trace():
        dialog = QFileDialog(parent, title, str(Path.home()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        speak_french(dialog)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        shiboken6.delete(dialog)
    return Path(chosen[0]) if chosen else None


def _read(scope: QSettings.Scope) -> dict[str, object]:
    settings = QSettings(scope, "QtProject")
    settings.beginGroup(_GROUP)
    return {key: settings.value(key) for key in settings.allKeys()}


def _put_back(scope: QSettings.Scope, before: dict[str, object]) -> None:
    """Where settings are no files (registry, preferences): what the dialog wrote is taken away at once."""
    settings = QSettings(scope, "QtProject")
    settings.remove(_GROUP)
    settings.beginGroup(_GROUP)
    for key, value in before.items():
        settings.setValue(key, value)
