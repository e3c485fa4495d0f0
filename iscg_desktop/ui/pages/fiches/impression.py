"""Several documents printed at once, from memory: fiches of the evening, bordereaux of a tournée."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.errors import BugError, UserError
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP, MARGIN
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview

_WIDEST = 900  # pixels of a page, so that a whole one can be seen


class ImpressionPage(QWidget):
    """Shows what will come out, prints it, and notes it only when she says that the paper is there.

    Signals:
        left: Back to where she came from.
    """

    left = Signal()

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__()
        self.title = self.tr("Impression")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._fiches: tuple[int, ...] = ()
        self._tournee: tuple[int, int | None] | None = None
        self._pdf = b""
        self._task: Task | None = None
        self.header = PageHeader(self.title)
        self._back = self.header.set_back(self.tr("Retour"))
        self.sheets = CheckBox(self.tr("Recto &verso\u00a0: une feuille neuve pour chaque document"))
        self.names = CheckBox(self.tr("Imprimer les &noms au lieu des initiales"))
        self.primary = self.header.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        self.message = InlineMessage(dismissible=False)
        self.preview = PdfPreview()
        self.preview.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 22, MARGIN, GAP)
        column.setSpacing(10)
        for widget in (self.header, self.message, self.sheets, self.names):
            column.addWidget(widget)
        column.addWidget(self.preview, 1)
        self._connect()

    def activated(self) -> None:
        """Ready to print."""
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fiches(self, fiche_ids: Sequence[int]) -> None:
        """Show the fiches that will be printed together, in the order given."""
        self._fiches, self._tournee = tuple(fiche_ids), None
        self.header.set_title(self.tr("Imprimer %n fiche(s)", "", len(self._fiches)))
        self._start()

    def show_bordereaux(self, tournee_id: int, place: int | None = None) -> None:
        """Show the bordereaux of a tournée, or that of one of its services."""
        self._fiches, self._tournee = (), (tournee_id, place)
        tournee = self._services.tournees.get(tournee_id)
        if tournee is not None:
            words = self.tr("Bordereaux du {jour}")
            self.header.set_title(words.replace("{jour}", format_jour(tournee.date)))
        self._start()

    def set_discreet(self, discreet: bool) -> None:
        """Cover the pages, or show them again."""
        self.preview.cover(self.tr("Aperçu masqué (F9)") if discreet else "")

    # How it is made.

    def _connect(self) -> None:
        self._back.clicked.connect(self._on_back_clicked)
        self.primary.clicked.connect(self.print)
        self.sheets.edited.connect(self._render)
        self.names.edited.connect(self._render)
        self.message.action_triggered.connect(self._on_confirmed)

    def _start(self) -> None:
        # Both sides unless she says otherwise: a blank side costs less than a stranger's page.
        self.sheets.set_value(True)
        self.names.set_value(False)
        self.names.setVisible(self._tournee is not None)
        self.message.clear()
        self._forget()
        self._render()

    @Slot()
    def _render(self) -> None:
        """Draw again, in a worker where that is slow."""
        self._cancel()
        self._pdf = b""
        self.primary.setEnabled(False)
        self.message.clear()
        tournees, sheets = self._services.tournees, self.sheets.value()
        try:
            if self._tournee is None:
                self._on_rendered(tournees.batch(self._fiches, recto_verso=sheets))
            else:
                tournee_id, place = self._tournee
                work = tournees.bordereaux(
                    tournee_id, noms=self.names.value(), recto_verso=sheets, place=place
                )
                self._run(work)
        except UserError as error:
            show_error(self.message, error)

    def _run(self, work: Callable[[], bytes]) -> None:
        self._task = self._tasks.run(work, on_done=self._on_rendered, on_error=self._on_failed)

    @Slot(object)
    def _on_rendered(self, pdf: bytes) -> None:
        self._task = None
        self._pdf = pdf
        self.preview.show_pdf(pdf)
        self.header.set_subtitle(self.tr("%n page(s)", "", self.preview.pages))
        self.primary.setEnabled(True)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        if not isinstance(error, UserError):
            raise BugError("the preview of a batch failed") from error
        show_error(self.message, error)

    @Slot()
    def print(self) -> None:
        """Print, then ask whether the paper came out."""
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        if not self._pdf:
            return
        try:
            sent = print_pdf(self, self._pdf)
        except UserError as error:
            show_error(self.message, error)
            return
        if sent:
            self.message.show_message(
                "warn",
                self.tr("Le papier est-il sorti en entier\u00a0? Rien n’est encore noté."),
                self.tr("Oui, noter l’impression"),
            )

    @Slot()
    def _on_confirmed(self) -> None:
        try:
            if self._tournee is None:
                noted = self._services.suivi.note(self._fiches, "imprimee", self._services.clock.today())
                self._hub.announce(noted.changes)
            else:
                self._services.tournees.printed_bordereaux(self._tournee[0])
        except UserError as error:
            show_error(self.message, error)
        else:
            self.message.show_message("good", self.tr("L’impression est notée."))

    @Slot()
    def _on_back_clicked(self) -> None:
        self._cancel()
        self._forget()
        self.left.emit()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _forget(self) -> None:
        """Keep no page of anybody once she has left."""
        self._pdf = b""
        self.preview.clear()
        self.header.set_subtitle("")
