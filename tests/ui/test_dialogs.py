"""The dialogs that ask for a file or a folder, where the system has none of its own: in French, and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QLabel, QWidget

from iscg_desktop.ui.dialogs import file_dialog, folder_dialog
from iscg_desktop.ui.theme import color

_ASK = {
    "a folder": lambda parent: folder_dialog.choose_folder(parent, "Où", Path.home()),
    "a file": lambda parent: file_dialog.choose_file(parent, "Quoi", "CSV (*.csv)"),
    "a place": lambda parent: file_dialog.choose_place(parent, "Où", "annuaire.csv"),
    "a coupon": lambda parent: folder_dialog.choose_file(parent, "Quoi", "PDF (*.pdf)"),
}


@pytest.mark.parametrize("asked", _ASK)
def test_it_speaks_french_and_the_heads_of_its_columns_are_read(qtbot, theme, asked):
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
        header = dialog.findChild(QHeaderView)
        middle = header.grab().toImage().pixelColor(header.width() - 2, 2)
        seen.append(middle.name())
        dialog.reject()

    QTimer.singleShot(0, look)
    assert _ASK[asked](parent) is None
    assert "Dans\u00a0:" in seen
    assert not [words for words in seen if words.startswith(("&Look", "Files of"))]
    assert seen[-1] == color("surface").name()
