"""What is done with anything issued: printed, saved as a PDF, handed over; each is noted in its trace."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_folder
from iscg_desktop.ui.forms.saving_card import SavingCard
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.inline_message import InlineMessage


class IssuedService(Protocol):
    """The use cases of what is issued: fiches, or the other documents."""

    def pdf(self, issued_id: int, /) -> bytes:
        """The very bytes that were issued."""

    def follow(self, issued_id: int, etape: Literal["imprimee", "remise"], /) -> Changes:
        """Note a step."""

    def file_name(self, issued_id: int, /) -> str:
        """Name of the file it is saved as, which names nobody."""

    def save(self, issued_id: int, path: Path, passphrase: str | None, /) -> Changes:
        """Write it, under a passphrase or not."""


class IssuedActions(QWidget):
    """A panel beside what is shown issued.

    Args:
        service: Its use cases.
        hub: Told of what changes.
        where: Title of the question where to save it.
    """

    def __init__(self, service: IssuedService, hub: ChangesHub, where: str) -> None:
        super().__init__()
        self._issued, self._hub, self._where = service, hub, where
        self.message = InlineMessage()
        self.saving = SavingCard()
        self.saving.save.clicked.connect(self._on_save_clicked)

    def shown_id(self) -> int | None:
        """Id of what is shown."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Show its state as it is now."""
        raise NotImplementedError

    def save_to(self, folder: Path) -> None:
        """Write the PDF into a folder, and say so."""
        issued_id = self.shown_id()
        if issued_id is None:
            return
        path = folder / self._issued.file_name(issued_id)
        try:
            changes = self._issued.save(issued_id, path, self.saving.passphrase())
        except UserError as error:
            if error.code.startswith("pdf_phrase"):
                self.saving.refuse(sentence(error))
            else:
                show_error(self.saving.message, error)
            return
        self.done(changes)
        self.saving.message.show_message(
            "good", self.tr("PDF écrit\u00a0: {chemin}").replace("{chemin}", str(path))
        )

    @Slot()
    def print(self) -> None:
        """Print the bytes that were issued, and note it."""
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        issued_id = self.shown_id()
        if issued_id is None:
            return
        try:
            if print_pdf(self, self._issued.pdf(issued_id)):
                self.done(self._issued.follow(issued_id, "imprimee"))
        except UserError as error:
            show_error(self.message, error)

    @Slot()
    def hand_over(self) -> None:
        """Note that it was handed over."""
        issued_id = self.shown_id()
        if issued_id is None:
            return
        try:
            self.done(self._issued.follow(issued_id, "remise"))
        except UserError as error:
            show_error(self.message, error)

    def done(self, changes: Changes) -> None:
        """Something was: show it, and tell everyone."""
        self.show_again()
        self._hub.announce(changes)

    def ask_where(self, title: str) -> Path | None:
        """The folder she chooses for a file; None when she gives up."""
        return choose_folder(self, title, Path.home())

    @Slot()
    def _on_save_clicked(self) -> None:
        folder = self.ask_where(self._where)
        if folder is not None:
            self.save_to(folder)
