"""Asks for a file to read, or for the place of a file to write, and leaves no trace of the answer."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QFileDialog, QWidget

from iscg_desktop.ui.dialogs.folder_dialog import speak_french, without_trace


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for one existing file; None when she gives up.

    Args:
        parent: The page that asks.
        title: What the file is for.
        kinds: « Photos et PDF (*.pdf *.png) ».
    """
    return _first(_ask(parent, title, QFileDialog.FileMode.ExistingFile, kinds, ""))


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Ask for one or several existing files; none when she gives up."""
    return _ask(parent, title, QFileDialog.FileMode.ExistingFiles, kinds, "")


def choose_place(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where to write a file, a name proposed; None when she gives up."""
    return _first(_ask(parent, title, QFileDialog.FileMode.AnyFile, "", name))


def _ask(parent: QWidget, title: str, mode: QFileDialog.FileMode, kinds: str, name: str) -> list[Path]:
    with without_trace():
        dialog = QFileDialog(parent, title, str(Path.home()), kinds)
        dialog.setFileMode(mode)
        if name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(name)
        speak_french(dialog)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        shiboken6.delete(dialog)
    return [Path(each) for each in chosen]


def _first(chosen: list[Path]) -> Path | None:
    return chosen[0] if chosen else None
