"""One fiche de liaison: completed beside its live preview, then issued for good."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.errors import BugError, InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.fiche_form import FicheForm
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.pages.fiche_etablie import IssuedPanel
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP, MARGIN
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet, Text
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_PREVIEW_AFTER = 250  # ms without a keystroke
_FORM = "fiche"


@dataclass(frozen=True, slots=True)
class _Work:
    """What is being completed."""

    orientation_id: int
    remplace_id: int | None = None

    @property
    def cle(self) -> str:
        """Name of its draft."""
        return f"{_FORM}:{self.orientation_id}:{self.remplace_id or 0}"

    @classmethod
    def of(cls, cle: str) -> _Work:
        """What a draft of that name completes."""
        _, orientation_id, remplace_id = cle.split(":")
        return cls(int(orientation_id), int(remplace_id) or None)


class FichePage(QWidget):
    """Completes and issues a fiche, or shows an issued one.

    Signals:
        issued: Id of the fiche just issued.
        left: Back to where she came from.
    """

    issued = Signal(int)
    left = Signal()
    form_name = _FORM

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        super().__init__()
        self.title = self.tr("Fiche de liaison")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._work: _Work | None = None
        self._keeper: DraftKeeper | None = None
        self._task: Task | None = None
        self.header = PageHeader(self.title)
        self.header.set_back(self.tr("Retour")).clicked.connect(self._on_back_clicked)
        self.primary = self.header.set_primary(self.tr("Établir la fiche"), icon="check", shortcut="Ctrl+S")
        self.primary.clicked.connect(self.issue)
        self.message = InlineMessage()
        self.form = FicheForm(services.listes, services.fiches.libelles_items, services.clock.today)
        self.panel = IssuedPanel(services, hub)
        self.preview = PdfPreview()
        self._gate = Card()
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.form.edited.connect(self._on_form_edited)
        self.panel.correction_requested.connect(self._on_correction_requested)
        self._lay_out()

    def activated(self) -> None:
        """Nothing to read again: what shows is being written, or never changes."""

    def prepare(self, orientation_id: int) -> None:
        """Begin, or go on with, the fiche of an orientation."""
        try:
            content = self._services.fiches.prepare(orientation_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._begin(_Work(orientation_id), content)

    def resume(self, cle: str) -> None:
        """Go on with a draft by its name."""
        work = _Work.of(cle)
        if work.remplace_id is None:
            self.prepare(work.orientation_id)
        else:
            self._begin(work, self._services.fiches.correction(work.remplace_id))

    def show_issued(self, fiche_id: int) -> None:
        """Show an issued fiche: its very bytes."""
        self._end_work()
        self.message.show_message("info", "")
        fiche = self._services.fiches.get(fiche_id)
        self.header.set_title(self.tr("Fiche {numero}").replace("{numero}", fiche.numero))
        self.header.set_subtitle(fiche.partenaire)
        self.primary.hide()
        self.panel.show_fiche(fiche)
        self._left.setCurrentWidget(self._issued_side)
        self.preview.show_pdf(self._services.fiches.pdf(fiche_id))

    def keep_now(self) -> None:
        """Write what is half-typed, before the coffre closes."""
        if self._keeper is not None:
            self._keeper.keep()

    def _lay_out(self) -> None:
        written = ScrollPage()
        for widget in (self._gate, self.form):
            written.add(widget)
        self._issued_side = ScrollPage()
        self._issued_side.add(self.panel)
        self._left = QStackedWidget()
        self._left.addWidget(written)
        self._left.addWidget(self._issued_side)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 22, MARGIN, 0)
        top.setSpacing(10)
        top.addWidget(self.header)
        top.addWidget(self.message)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, MARGIN, GAP)
        row.setSpacing(0)
        row.addWidget(self._left, 11)
        row.addWidget(self.preview, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(row, 1)

    def _begin(self, work: _Work, content: FicheContent) -> None:
        self._end_work()
        self._work = work
        self.message.show_message("info", "")
        self._keeper = DraftKeeper(
            self._services.brouillons, _FORM, work.cle, self._snapshot, self._services.clock.now, self
        )
        self._keeper.failed.connect(self._on_keeper_failed)
        self.form.show_content(content)
        draft = self._services.brouillons.get(work.cle)
        if draft is not None:
            self.form.restore(draft.contenu)
            self._keeper.resume(draft.modifie_le)
        self.header.set_title(self.title)
        self.header.set_subtitle(content.destinataire.service)
        self.primary.show()
        self._left.setCurrentIndex(0)
        self._on_timer_timeout()

    def _end_work(self) -> None:
        """Leave the fiche being completed; its draft stays."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._keeper is not None:
            self._keeper.keep()
            self._keeper.deleteLater()
            self._keeper = None
        self._work = None

    def _snapshot(self) -> Snapshot:
        assert self._work is not None
        orientation = self._services.orientations.get(self._work.orientation_id)
        return Snapshot(self.form.state(), None, orientation.dossier_id)

    @Slot()
    def issue(self) -> None:
        """Issue the fiche, or say what forbids it, field by field."""
        if self._work is None or not settle_all(self.form.fields.values()):
            return
        work = self._work
        try:
            done = self._services.fiches.issue(work.orientation_id, self.form.read(), work.remplace_id)
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
            return
        except UserError as error:
            show_error(self.message, error)
            return
        if self._keeper is not None:
            self._keeper.drop()
            self._keeper = None
        self._hub.announce(done.changes)
        self.show_issued(done.fiche_id)
        self.message.show_message("good", self.tr("Fiche établie : elle ne change plus."))
        self.issued.emit(done.fiche_id)

    @Slot()
    def _on_form_edited(self) -> None:
        self._timer.start()
        if self._keeper is not None:
            self._keeper.touch()

    @Slot()
    def _on_timer_timeout(self) -> None:
        """Show what forbids and what is missing, and draw the preview in a worker."""
        if self._work is None:
            return
        content = self.form.read()
        self._show_gate(content)
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.run(
            self._services.fiches.previewer(content),
            on_done=self.preview.show_pdf,
            on_error=self._on_preview_failed,
            cancellable=False,
        )

    def _show_gate(self, content: FicheContent) -> None:
        self._gate.clear()
        fiches = self._services.fiches
        problems, missing = fiches.problems(content), fiches.missing(content)
        if unprintable := fiches.without_glyph(content):
            words = sentence(UserError("fiche_glyphes", caracteres=" ".join(unprintable)))
            self._gate.add(InlineMessage("alert", words, dismissible=False))
        for problem in problems:
            self._gate.add(InlineMessage("alert", sentence(problem), dismissible=False))
        self._gate.set_title(
            self.tr("Avant d’établir la fiche") if problems else self.tr("La fiche peut être établie")
        )
        if missing:
            self._gate.add(Text(self.tr("Il manque peut-être au destinataire :")))
            self._gate.add(Quiet("\n".join("– " + sentence(item) for item in missing)))

    def _on_preview_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            show_error(self.message, error)
        else:
            raise BugError("the preview of a fiche failed") from error

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        show_error(self.message, error)

    @Slot(int)
    def _on_correction_requested(self, fiche_id: int) -> None:
        """A new version that names the old one, filled with what was issued."""
        fiche = self._services.fiches.get(fiche_id)
        if fiche.orientation_id is not None:
            self._begin(_Work(fiche.orientation_id, fiche_id), self._services.fiches.correction(fiche_id))

    @Slot()
    def _on_back_clicked(self) -> None:
        self._end_work()
        self.left.emit()
