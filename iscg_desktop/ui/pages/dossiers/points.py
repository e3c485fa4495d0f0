"""The points to review with the référent: what waits beside the printed list, which leaves on paper only."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.point_referent import PointAVoir
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.page_drafts import PageDrafts
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.printing import print_pdf
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import ListCard
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_AT_ONCE = 20
_BESIDE = 820  # width, in pixels of 10 pt text, under which the preview has no room


class PointsPage(ScrollPage):
    """What waits for the référent; printed from memory, never saved.

    Signals:
        back_requested: Back to the list of dossiers.
        dossier_requested: Id of the dossier of a point.
    """

    back_requested = Signal()
    dossier_requested = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader(self.tr("Points pour le référent"))
        super().__init__(header)
        self.title = self.tr("Points pour le référent")
        self._services, self._hub = services, hub
        self._discreet = False
        self._pdf = b""
        header.set_back(self.tr("Dossiers")).clicked.connect(self.back_requested)
        self.print_button = header.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        self.message = InlineMessage()
        today = services.clock.today
        self.seeing = ShortForm(
            {
                "jour": Field(self.tr("V&u le"), DateEdit(today)),
                "decision": Field(self.tr("&Décision"), LineEdit()),
            },
            self.tr("Enregi&strer"),
        )
        self.waiting = ListCard(
            self.tr("En attente"),
            self.tr("Aucun point n’attend. Ils se notent dans la page d’un dossier."),
            icon="flag",
            shown=_AT_ONCE,
        )
        self.waiting.body.insertWidget(0, self.seeing)
        self.preview = PdfPreview()
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.waiting, 1)
        row.addWidget(self.preview, 1)
        self.add(self.message)
        self.add(beside, 1)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.seeing.submitted.connect(self._on_seeing_submitted)
        self._drafts = PageDrafts(services, "points", self)
        self._drafts.watch("vu", self.seeing)
        hub.changed.connect(self._on_changed)

    def activated(self) -> None:
        """Read again what waits."""
        self.message.clear()
        self._reload()

    def resume(self, cle: str) -> None:
        """Go back to what was decided of a point, left half-typed."""
        self._see(int(cle.split(":")[2]))

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._drafts.keep_now()

    def set_discreet(self, discreet: bool) -> None:
        """Hide names, what she typed and the document, or show them again."""
        self._discreet = discreet
        self.preview.cover(self.tr("Aperçu masqué (F9)") if discreet else "")
        self.seeing.set_discreet(discreet)
        self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.preview.setVisible(self.width() >= _BESIDE * max(self.fontMetrics().height() / 18, 1))

    def _reload(self) -> None:
        points = self._services.referent.waiting()
        self.waiting.show_rows(((None, self._row(each)) for each in points), len(points))
        assert self.header is not None
        self.header.set_subtitle(self.tr("%n point(s) en attente", "", len(points)))
        self.print_button.setEnabled(bool(points))
        self._pdf = self._services.referent.liste()
        self.preview.show_pdf(self._pdf)

    def _row(self, each: PointAVoir) -> QWidget:
        point = each.point
        names = each.initiales if self._discreet else each.noms
        noted = self.tr("noté le {jour}").format(jour=format_jour(point.pose_le))
        title = " · ".join(part for part in (each.numero, names) if part)
        sub = noted if self._discreet else f"{point.texte}\n{noted}"
        line = Line(title, sub, clickable=True)
        line.activated.connect(lambda: self.dossier_requested.emit(point.dossier_id))
        seen = Button(self.tr("Vu"), kind="quiet", icon="check")
        seen.setAccessibleName(self.tr("Vu avec le référent"))
        seen.clicked.connect(lambda: self._see(point.id))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(line, 1)
        row.addWidget(seen)
        return holder

    def _see(self, point_id: int) -> None:
        self.seeing.open(point_id, {"jour": self._services.clock.today()})

    @Slot(object)
    def _on_seeing_submitted(self, values: dict[str, object]) -> None:
        point_id = self.seeing.subject
        if point_id is None:
            return
        try:
            changes = self._services.referent.see(point_id, values["jour"], str(values["decision"]))  # type: ignore[arg-type]
        except InvalidInput as error:
            self.seeing.refuse(error.problems)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.seeing.done()
            self._hub.announce(changes)

    @Slot()
    def _on_print_clicked(self) -> None:
        try:
            printed = print_pdf(self, self._pdf)
            if printed:
                self._services.referent.printed()
        except UserError as error:
            show_error(self.message, error)
        else:
            if printed:
                self.message.show_message(
                    "good", self.tr("Liste envoyée à l’imprimante. Détruisez-la après usage.")
                )

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and "dossiers" in changes.kinds:
            self._reload()
