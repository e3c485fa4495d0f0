"""A damaged coffre saved from the unlock page: what it is doing, then what was saved, in a message of the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.messages.coffre import NOUNS
from iscg_desktop.services import sauvetage
from iscg_desktop.services.sauvetage import Saved
from iscg_desktop.ui.paths_shown import short
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.inline_message import InlineMessage, Tone

DAMAGED = frozenset({"coffre_abime"})
"""Refusals after which something may be saved."""


class Salvage(QObject):
    """Offers to save a damaged coffre beside itself, and does it.

    Args:
        message: Where it is said.
        tasks: Where the work runs.

    Signals:
        asked: She wants it; the page gives the passphrase to `start`.
        saved: A new coffre is there, a ``Path``.
        ended: Done or refused, nothing is under way any more.
    """

    asked = Signal()
    saved = Signal(object)
    ended = Signal()

    def __init__(self, message: InlineMessage, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._message, self._tasks = message, tasks
        message.action_triggered.connect(self.asked)

    def offer(self, error: UserError) -> None:
        """Say what is wrong, and that something can be done."""
        self._message.show_message("alert", sentence(error), self.tr("Sauver ce qui peut l’être"))

    def start(self, folder: Path, phrase: str) -> Task:
        """Save the coffre of a folder into a new one beside it."""
        place = sauvetage.free_place(folder)
        return self._tasks.run(
            sauvetage.save, folder, phrase, place, on_done=self._on_saved, on_error=self._on_error
        )

    @Slot(object)
    def _on_saved(self, done: Saved) -> None:
        self.ended.emit()
        self.saved.emit(done.folder)
        counts = " · ".join(self._count(line) for line in done.lines)
        words = self.tr("Nouveau coffre : {dossier}. L’ancien est resté tel quel. {comptes}.")
        tone: Tone = "good" if done.is_whole else "warn"
        self._message.show_message(tone, words.format(dossier=short(done.folder), comptes=counts))

    def _count(self, line: sauvetage.Line) -> str:
        if line.expected is None:
            return self.tr("{nom} : {sauves}").format(nom=NOUNS[line.table], sauves=line.saved)
        words = self.tr("{nom} : {sauves} sur {tous}")
        return words.format(nom=NOUNS[line.table], sauves=line.saved, tous=line.expected)

    @Slot(object)
    def _on_error(self, error: BaseException) -> None:
        self.ended.emit()
        if not isinstance(error, UserError):
            raise error
        self._message.show_message("alert", sentence(error))
