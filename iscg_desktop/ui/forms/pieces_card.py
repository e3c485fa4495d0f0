"""The pièces jointes of an entretien or of a dossier: added, looked at, renamed, removed, saved out on purpose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.piece_jointe import TAILLE_MAX, PieceJointe
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.pieces_jointes import Fichier
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.file_dialog import choose_file, choose_place
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.picture_preview import PicturePreview, decode

_KINDS = "*.pdf *.jpg *.jpeg *.png *.PDF *.JPG *.JPEG *.PNG"


class PiecesCard(Card):
    """Shows the pièces jointes of one dossier, or of one entretien; one of them open at most.

    Nothing shown ever touches the disk: a picture or a PDF is drawn from memory.

    Args:
        services: The use cases over the open coffre.
        hub: Told of what changes.
        tasks: Reads files and decodes pictures.
    """

    def __init__(
        self, services: Services, hub: ChangesHub, tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Pièces jointes"))
        self._services, self._hub, self._tasks = services, hub, tasks
        self._dossier_id: int | None = None
        self._entretien_id: int | None = None
        self._opened: PieceJointe | None = None
        self._awaited: tuple[int, int | None] = (0, None)  # where the file being read goes
        self._discreet = self._busy = False
        self._confirmed: Callable[[], None] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.message = InlineMessage()
        self.message.action_triggered.connect(self._on_message_action_triggered)
        self._add = Button(self.tr("Ajouter un fichier…"), kind="quiet", icon="plus")
        self._add.clicked.connect(self._on_add_clicked)
        self._steps = Steps(self, self._on_refused)
        self.add(self._lines)
        self.add(self.message)
        self._panel: QWidget | None = None  # made when the first is looked at: few dossiers hold one
        self.add(self._add)
        hub.changed.connect(self._on_hub_changed)

    # What others ask of it.

    def show_for(self, dossier_id: int, entretien_id: int | None = None) -> None:
        """Show those of a dossier and of its entretiens, or those of one entretien."""
        same = (dossier_id, entretien_id) == (self._dossier_id, self._entretien_id)
        self._dossier_id, self._entretien_id = dossier_id, entretien_id
        if not same:
            self._fold()
            self.message.clear()
        self._fill()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the names and the pictures, or show them again."""
        self._discreet = discreet
        self._cover()
        self._fill()

    @property
    def opened(self) -> PieceJointe | None:
        """The one that is looked at."""
        return self._opened

    def pieces(self) -> tuple[PieceJointe, ...]:
        """Those it shows."""
        if self._dossier_id is None:
            return ()
        if self._entretien_id is not None:
            return self._services.pieces_jointes.of_entretien(self._entretien_id)
        return self._services.pieces_jointes.of_dossier(self._dossier_id)

    @property
    def busy(self) -> bool:
        """Whether a file is being read, kept or removed; another one waits for that."""
        return self._busy

    def add_file(self, path: Path) -> None:
        """Keep a copy of a file in the coffre: read away from the window, then kept in turns."""
        if self._dossier_id is None or self.busy:
            return
        self.message.clear()
        self._busy = True
        self._awaited = (self._dossier_id, self._entretien_id)
        self._tasks.run(
            self._services.pieces_jointes.read,
            path,
            on_done=self._on_read,
            on_error=self._on_refused,
        )

    def open(self, piece: PieceJointe) -> None:
        """Look at one; again, fold it."""
        if self._opened is not None and self._opened.id == piece.id:
            self._fold()
            return
        self._fold()
        self.message.clear()
        try:
            octets = self._services.pieces_jointes.open(piece.id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._opened = piece
        if self._panel is None:
            self._panel = self._make_panel()
            self.body.insertWidget(self.body.indexOf(self._add), self._panel)
            self._cover()
        self._name.widget.set_value(piece.nom)
        self._panel.show()
        if piece.type_mime == "application/pdf":
            self._show_pdf(octets)
        else:
            self._tasks.run(decode, octets, on_done=partial(self._on_decoded, piece.id))

    def save_to(self, path: Path) -> None:
        """Write the one that is looked at where she chose."""
        if self._opened is None:
            return
        try:
            self._services.pieces_jointes.save(self._opened.id, path)
        except UserError as error:
            show_error(self.message, error)
            return
        words = self.tr(
            "Copie écrite hors du coffre\u00a0: elle n’est plus protégée. Effacez-la dès qu’elle a servi."
        )
        self.message.show_message("warn", words)

    # How it is made.

    def _make_panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._picture, self._pdf = PicturePreview(), PdfPreview()
        self._pdf.setMinimumHeight(420)
        self._unseen = Quiet()
        self._name = Field(self.tr("Nom de la pièce"), LineEdit())
        self._name.widget.returnPressed.connect(self._on_rename_clicked)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, icon, slot in (
            (self.tr("Renommer"), "pencil", self._on_rename_clicked),
            (self.tr("Copier hors du coffre…"), "download", self._on_save_clicked),
            (self.tr("Retirer"), "trash-2", self._on_remove_clicked),
        ):
            button = Button(words, kind="quiet", icon=icon)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        for part in (self._picture, self._pdf, self._unseen, self._name):
            column.addWidget(part)
        for part in (self._picture, self._pdf, self._unseen):
            part.hide()
        column.addLayout(row)
        panel.hide()
        return panel

    def _cover(self) -> None:
        if self._panel is not None:
            covered = self.tr("Pièce masquée (F9)") if self._discreet else ""
            self._picture.cover(covered)
            self._pdf.cover(covered)
            self._name.widget.set_discreet(self._discreet)

    # What it shows.

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        pieces = self.pieces()
        for piece in pieces:
            line = Line(self._named(piece), self._sub(piece), icon="file-text", clickable=True)
            line.activated.connect(partial(self.open, piece))
            self._lines.addWidget(line)
        if not pieces:
            words = self.tr(
                "Aucune encore. Une photo de courrier (JPEG, PNG) ou un PDF, {0}\u00a0Mo au plus."
            )
            self._lines.addWidget(Quiet(words.format(TAILLE_MAX // 1_000_000)))
        if self._opened is not None and self._opened.id not in {piece.id for piece in pieces}:
            self._fold()

    def _named(self, piece: PieceJointe) -> str:
        return self.tr("Pièce {0}").format(piece.id) if self._discreet else piece.nom

    def _sub(self, piece: PieceJointe) -> str:
        kind = self.tr("PDF") if piece.type_mime == "application/pdf" else self.tr("Photo")
        size = QLocale().formattedDataSize(piece.taille, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        added = self.tr("ajoutée le {0}").format(format_date(piece.ajoutee_le))
        return f"{kind} · {size} · {added}"

    def _show_pdf(self, octets: bytes) -> None:
        try:
            self._pdf.show_pdf(octets)
        except (RuntimeError, ValueError):  # damaged, or locked by a passphrase
            self._say_unseen()
            return
        self._pdf.setVisible(self._pdf.pages > 0)

    def _say_unseen(self) -> None:
        self._unseen.setText(
            self.tr(
                "Cette pièce ne peut pas être montrée ici\u00a0: elle est abîmée, protégée ou trop grande. Elle est"
                " gardée telle quelle."
            )
        )
        self._unseen.show()

    def _fold(self) -> None:
        self._opened = None
        self._confirmed = None
        if self._panel is not None:
            self._picture.clear()
            self._pdf.clear()
            for part in (self._picture, self._pdf, self._unseen, self._panel):
                part.hide()

    def _ask(self, words: str, action: str, confirmed: Callable[[], None]) -> None:
        self.message.show_message("warn", words, action)
        self._confirmed = confirmed
        self.message.enter_action()

    # What it answers to.

    @Slot(object)
    def _on_read(self, fichier: Fichier) -> None:
        work = self._services.pieces_jointes.adding(fichier, *self._awaited)
        self._steps.start(work, self._on_added)

    def _on_added(self, answer: tuple[int, Changes]) -> None:
        _, changes = answer
        self._busy = False
        if changes.dossier_id == self._dossier_id:
            words = self.tr("Copie gardée dans le coffre. Le fichier d’origine est resté où il était.")
            self.message.show_message("good", words)
        self._hub.announce(changes)

    @Slot(object)
    def _on_refused(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, UserError):
            raise error
        show_error(self.message, error)

    def _on_decoded(self, piece_id: int, image: QImage | None) -> None:
        if self._opened is None or self._opened.id != piece_id:
            return  # she has gone on
        if image is None:
            self._say_unseen()
            return
        self._picture.show_image(image)
        self._picture.show()

    @Slot()
    def _on_add_clicked(self) -> None:
        kinds = self.tr("Photos et PDF ({0})").format(_KINDS)
        path = choose_file(self, self.tr("Ajouter une pièce jointe"), kinds)
        if path is not None:
            self.add_file(path)

    @Slot()
    def _on_rename_clicked(self) -> None:
        if self._opened is None:
            return
        try:
            changes = self._services.pieces_jointes.rename(self._opened.id, self._name.widget.value())
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.show_message("good", self.tr("Pièce renommée."))
        self._hub.announce(changes)

    @Slot()
    def _on_save_clicked(self) -> None:
        self._ask(
            self.tr("Hors du coffre, cette pièce sera lisible par quiconque ouvre l’ordinateur ou la clé."),
            self.tr("Choisir où la copier"),
            self._choose_and_save,
        )

    def _choose_and_save(self) -> None:
        if self._opened is not None:
            path = choose_place(self, self.tr("Copier la pièce hors du coffre"), self._opened.nom_de_fichier)
            if path is not None:
                self.save_to(path)

    @Slot()
    def _on_remove_clicked(self) -> None:
        words = self.tr("Retirer cette pièce l’efface du coffre pour de bon.")
        self._ask(words, self.tr("La retirer"), self._remove)

    def _remove(self) -> None:
        if self._opened is None or self.busy:
            return
        try:
            work = self._services.pieces_jointes.removing(self._opened.id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._busy = True
        self._steps.start(work, self._on_removed)

    def _on_removed(self, changes: Changes) -> None:
        self._busy = False
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)  # before what has the keyboard is hidden
        self._fold()
        self.message.show_message("info", self.tr("Pièce effacée du coffre."))
        self._hub.announce(changes)

    @Slot()
    def _on_message_action_triggered(self) -> None:
        confirmed, self._confirmed = self._confirmed, None
        self.message.clear()
        if confirmed is not None:
            confirmed()

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if "pieces_jointes" in changed.kinds and changed.dossier_id in (None, self._dossier_id):
            self._fill()
