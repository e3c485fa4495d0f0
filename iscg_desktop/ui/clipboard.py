"""What she copies leaves the clipboard by itself, and asks the histories of the desktop to forget it (S41)."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

STAYS: Final = 20_000
"""Milliseconds: time enough to paste it."""

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
_NO: Final = bytes(4)
MARKS: Final[dict[str, bytes]] = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _NO,
    _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
    "application/x-nspasteboard-concealed-type": b"",
}
"""What says « do not keep this » to the clipboard histories of KDE, Windows and macOS."""

_MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardKeeper(QObject):
    """Watches what this program puts there; what another program put there is not its business.

    Args:
        parent: Lives as long.
        stays: Milliseconds that something copied stays there.
    """

    def __init__(self, parent: QObject, *, stays: int = STAYS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        for mode in _MODES:
            timer = self._timers[mode] = QTimer(self, singleShot=True, interval=stays)
            timer.timeout.connect(self._on_timeout)
            timer.setProperty("mode", mode)
        self._clipboard.changed.connect(self._on_changed)

    def clear(self) -> None:
        """Take out what is ours, at once."""
        for mode in _MODES:
            self._clear(mode)

    def _clear(self, mode: QClipboard.Mode) -> None:
        self._timers[mode].stop()
        if self._is_ours(mode):
            self._clipboard.clear(mode)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        if mode == QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()

    @Slot(QClipboard.Mode)
    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode not in self._timers or not self._is_ours(mode):
            return
        found = self._clipboard.mimeData(mode)
        if not found.formats():
            return  # it was emptied
        self._timers[mode].start()
        if mode == QClipboard.Mode.Clipboard and not found.hasFormat(next(iter(MARKS))):
            self._clipboard.setMimeData(_marked(found), mode)

    @Slot()
    def _on_timeout(self) -> None:
        self._clear(self.sender().property("mode"))


def _marked(found: QMimeData) -> QMimeData:
    """The same, with the marks of this system."""
    data = QMimeData()
    for kind in found.formats():
        data.setData(kind, found.data(kind))
    if found.hasText():
        data.setText(found.text())
    for kind, value in MARKS.items():
        if sys.platform == "win32" or not kind.startswith("application/x-qt-windows"):
            data.setData(kind, value)
    return data
