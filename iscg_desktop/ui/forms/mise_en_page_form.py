"""« Mise en page des documents »: logo and coordinates of the employer, beside a specimen that follows."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from iscg_desktop.domain.mise_en_page import LONGEST_PIED, LONGEST_SERVICE, MOST_LINES, MiseEnPage
from iscg_desktop.errors import BugError, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.mise_en_page import MiseEnPageService
from iscg_desktop.ui.dialogs.folder_dialog import choose_file
from iscg_desktop.ui.forms.form import Form, State
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.text_area import TextArea

_PREVIEW_AFTER = 250  # ms without a keystroke
_LOGO_HEIGHT = 48  # pixels of the logo in the form
_PREVIEW_HEIGHT = 560
_LOOK = ("service", "coordonnees", "pied")
_LOGO = "logo"


class MiseEnPageForm(Form):
    """Fields named like ``MiseEnPage``, a logo, and a live specimen.

    Args:
        service: Reads a logo and draws the specimen.
        tasks: Draws it away from the window.

    Attributes:
        logo: The picture, as it will be kept; None without one.
    """

    def __init__(self, service: MiseEnPageService, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service, self._tasks = service, tasks
        self.logo: bytes | None = None
        self._task: Task | None = None
        self.message = InlineMessage()
        self.preview = PdfPreview()
        self.preview.setMinimumHeight(_PREVIEW_HEIGHT)
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self._lay_out()
        self._connect()

    def show_look(self, look: MiseEnPage, logo: bytes | None, dpo: str) -> None:
        """Show a look, a logo and whom to write to about data."""
        for name in _LOOK:
            self.put(name, getattr(look, name))
        self.put("dpo", dpo)
        self._take(logo)

    def read(self) -> MiseEnPage:
        """The look as the form stands, its logo apart."""
        return MiseEnPage(**{name: self.value(name) for name in _LOOK})

    def state(self) -> State:
        kept = super().state()
        return kept if self.logo is None else kept | {_LOGO: {"v": b64encode(self.logo).decode("ascii")}}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        logo = state.get(_LOGO, {}).get("v")
        self._take(b64decode(logo) if logo else None)

    def take_logo(self, path: Path) -> None:
        """Take the picture of a file as the logo, or say why it does not do."""
        try:
            logo = self._service.read_logo(path)
        except UserError as error:
            show_error(self.message, error)
            return
        self._take(logo)
        self.edited.emit()

    def _take(self, logo: bytes | None) -> None:
        self.logo = logo
        self.message.clear()
        picture = QPixmap()
        if logo is not None:
            picture.loadFromData(logo)
            picture = picture.scaledToHeight(_LOGO_HEIGHT, Qt.TransformationMode.SmoothTransformation)
        self._picture.setPixmap(picture)
        self._picture.setVisible(logo is not None)
        self.bare_button.setVisible(logo is not None)
        self._draw()

    def _lay_out(self) -> None:
        written, shown = Card(self.tr("Mise en page des documents")), Card(self.tr("Exemple"))
        grid = FormGrid()
        self._picture = QLabel()
        self.logo_button, self.bare_button = (
            Button(self.tr("Choisir un &logo…"), icon="upload"),
            Button(self.tr("&Retirer le logo"), kind="quiet"),
        )
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=6)
        for widget in (self.logo_button, self.bare_button):
            flow.addWidget(widget)
        written.add(self.message)
        written.add(self._picture)
        written.add(buttons)
        written.add(
            Quiet(self.tr("Image PNG ou JPEG, gardée dans le coffre\u00a0: ses pixels et rien d’autre."))
        )
        self.add(grid, "service", self.tr("&Service"), LineEdit(), 12)
        hint = self.tr("Au plus {lignes} lignes.").replace("{lignes}", str(MOST_LINES))
        self.add(
            grid,
            "coordonnees",
            self.tr("&Coordonnées de l’employeur"),
            TextArea(rows=3, max_rows=5),
            12,
            hint=hint,
        )
        self.add(grid, "pied", self.tr("&Pied de page"), LineEdit(), 12)
        hint = self.tr("Imprimé sur la note d’information remise aux personnes.")
        self.add(
            grid,
            "dpo",
            self.tr("&Délégué à la protection des données"),
            TextArea(rows=3, max_rows=5),
            12,
            hint=hint,
        )
        self.fields["service"].widget.setMaxLength(LONGEST_SERVICE)
        self.fields["pied"].widget.setMaxLength(LONGEST_PIED)
        written.add(grid)
        shown.add(self.preview, 1)
        self.column.addWidget(Columns(written, shown))

    def _connect(self) -> None:
        self.edited.connect(self._on_edited)
        self.logo_button.clicked.connect(self._on_logo_clicked)
        self.bare_button.clicked.connect(self._on_bare_clicked)
        self._timer.timeout.connect(self._draw)

    def _flag(self) -> None:
        for field in self.fields.values():
            unprintable = self._service.unsupported_characters(field.widget.value())
            if unprintable:
                field.set_error(sentence(UserError("fiche_glyphes", caracteres=" ".join(unprintable))))

    @Slot()
    def _on_edited(self) -> None:
        self._flag()
        self._timer.start()

    @Slot()
    def _draw(self) -> None:
        """Draw the specimen in a worker."""
        if self._task is not None:
            self._task.cancel()
        render: Callable[[], bytes] = self._service.specimen(self.read(), self.logo)
        self._task = self._tasks.run(render, on_done=self.preview.show_pdf, on_error=self._on_failed)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise BugError("the specimen failed") from error
        show_error(self.message, error)

    @Slot()
    def _on_logo_clicked(self) -> None:
        path = choose_file(self, self.tr("Logo de l’employeur"), self.tr("Images (*.png *.jpg *.jpeg)"))
        if path is not None:
            self.take_logo(path)

    @Slot()
    def _on_bare_clicked(self) -> None:
        self._take(None)
        self.edited.emit()
