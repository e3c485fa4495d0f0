"""One fiche de liaison: completed beside its live preview, then issued for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.errors import BugError, InvalidInput, Problem, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.fiche_form import FicheForm
from iscg_desktop.ui.forms.fiche_gate import FicheGate
from iscg_desktop.ui.forms.form import cursor_of
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.pages.fiche_etablie import IssuedPanel
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import GAP, MARGIN
from iscg_desktop.ui.widgets.button import LinkButton
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.pdf_preview import PdfPreview
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_PREVIEW_AFTER = 250  # ms without a keystroke
_BESIDE = 760  # width under which form and preview are shown in turn, for 10 pt text (18 pixels high)
_FORM = "fiche"
_CURSOR = "curseur"


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

    Keys: Ctrl+S issues, Ctrl+P prints an issued one, F6 and Shift+F6 go from card to card.

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
        self._champ: str | None = None
        self._cursor: int | None = None
        self._place = ""
        self._discreet = False
        self._keeper: DraftKeeper | None = None
        self._task: Task | None = None
        self.message, self._question = InlineMessage(), InlineMessage()
        self._draft_message = InlineMessage(dismissible=False)
        self.form = FicheForm(
            services.listes,
            services.fiches.libelles_items,
            services.clock.today,
            services.fiches.unsupported_characters,
        )
        self.gate = FicheGate()
        self.panel = IssuedPanel(services, hub)
        self.preview = PdfPreview()
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self._revealed: Field | None = None
        self._reveal = QTimer(self, singleShot=True, interval=0)  # once everything has its place
        self._making = QTimer(self, interval=0)
        self._lay_out()
        self._connect()
        self._show_mode(completing=False)
        self._making.start()

    # What others ask of it.

    def activated(self) -> None:
        """The page is shown: the focus is where it was, or where the work begins."""
        if self._work is not None:
            self._enter(self._champ, self._cursor)
            self._cursor = None
        else:
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def prepare(self, orientation_id: int) -> None:
        """Begin the fiche of an orientation, or go on with it; one already issued is shown."""
        work = _Work(orientation_id)
        if work == self._work:
            return
        fiche = self._services.fiches.of_orientation(orientation_id)
        if fiche is not None:
            self.show_issued(fiche.id)
            self.message.show_message("info", self.tr("Cette orientation a déjà sa fiche."))
            return
        try:
            content = self._services.fiches.prepare(orientation_id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._begin(work, content)

    def resume(self, cle: str) -> None:
        """Go on with a draft by its name."""
        work = _Work.of(cle)
        if work.remplace_id is None:
            self.prepare(work.orientation_id)
        elif work != self._work:
            self._begin(work, self._services.fiches.correction(work.remplace_id))

    def show_issued(self, fiche_id: int) -> None:
        """Show an issued fiche: its very bytes."""
        if not self._put_away():
            return
        self._show_mode(completing=False)
        fiche = self._services.fiches.get(fiche_id)
        self.panel.show_fiche(fiche)
        self.correct_button.setVisible(not fiche.remplacee_par and fiche.orientation_id is not None)
        self.preview.clear()
        self.preview.show_pdf(self._services.fiches.pdf(fiche_id))
        self._say_place()
        self.activated()

    def keep_now(self) -> bool:
        """Write what is half-typed, before the coffre closes; False when the disk refuses."""
        self._making.stop()
        return self._keeper is None or self._keeper.keep()

    def set_discreet(self, discreet: bool) -> None:
        """Hide what names the person, or show it again."""
        self._discreet = discreet
        self.preview.cover(self.tr("Aperçu masqué (F9)") if discreet else "")
        if self._work is not None:
            self.form.show_known(self.form.read(), discreet=discreet)
        self._say_place()

    @Slot()
    def issue(self) -> None:
        """Issue the fiche, or say what forbids it, field by field."""
        work, keeper = self._work, self._keeper
        if work is None or keeper is None:
            return
        self.preview_button.setChecked(False)
        if not settle_all(self.form.fields.values()):
            return
        keeper.stop()
        try:
            done = self._services.fiches.issue(
                work.orientation_id, self.form.read(), work.remplace_id, work.cle
            )
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
            self.form.flag_characters()
            self._enter(self.form.champ)
            keeper.touch()
        except UserError as error:
            show_error(self.message, error)
            self.form.flag_characters()
            keeper.touch()
        else:
            keeper.deleteLater()
            self._keeper = None  # its draft is gone with the issue
            self.show_issued(done.fiche_id)
            self.message.show_message("good", self.tr("Fiche établie\u00a0: elle ne change plus."))
            self._hub.announce(done.changes)
            self.issued.emit(done.fiche_id)

    @Slot()
    def abandon(self) -> None:
        """Ask whether the draft is really to be forgotten; without a draft there is nothing to ask."""
        if self._keeper is None or (self._keeper.kept_at is None and not self._keeper.waiting):
            self._leave()
            return
        words = self.tr("Abandonner ce brouillon\u00a0? Ce qui est complété sur cette page sera effacé.")
        self._question.show_message("warn", words, self.tr("Abandonner le brouillon"))
        self._question.findChild(LinkButton).setFocus(Qt.FocusReason.OtherFocusReason)

    # How it is made.

    def _lay_out(self) -> None:
        self.header = PageHeader(self.title)
        self._back = self.header.set_back(self.tr("Retour"))
        self.preview_button = self.header.add_secondary(self.tr("&Voir l’aperçu"), icon="eye")
        self.preview_button.setCheckable(True)
        self.abandon_button = self.header.add_secondary(self.tr("A&bandonner"))
        self.correct_button = self.header.add_secondary(
            self.tr("&Corriger par une nouvelle version"), icon="pencil"
        )
        self.primary = self.header.set_primary(self.tr("É&tablir la fiche"), icon="check", shortcut="Ctrl+S")
        self.print_button = self.header.set_primary(self.tr("I&mprimer…"), icon="printer", shortcut="Ctrl+P")
        written, issued = ScrollPage(), ScrollPage()
        written.add(self.form)
        written.set_footer(self.gate)
        issued.add(self.panel)
        self._left = QStackedWidget()
        self._left.addWidget(written)
        self._left.addWidget(issued)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 22, MARGIN, 10)
        top.setSpacing(10)
        for widget in (self.header, self._draft_message, self.message, self._question):
            top.addWidget(widget)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.addWidget(self.preview)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 11)
        row.addWidget(self._beside, 9)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self._leave)
        self.primary.clicked.connect(self.issue)
        self.abandon_button.clicked.connect(self.abandon)
        self.correct_button.clicked.connect(self._on_correct_clicked)
        self.print_button.clicked.connect(self.panel.print)
        self.preview_button.toggled.connect(self._arrange)
        self._question.action_triggered.connect(self._on_abandon_confirmed)
        self._draft_message.action_triggered.connect(self.keep_now)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._making.timeout.connect(self._on_making_timeout)
        self._reveal.timeout.connect(self._on_reveal_timeout)
        self.form.edited.connect(self._on_form_edited)
        self.gate.asked.connect(self._on_gate_asked)
        QShortcut(QKeySequence("F6"), self, lambda: self._enter_card(1))
        QShortcut(QKeySequence("Shift+F6"), self, lambda: self._enter_card(-1))

    # What it shows.

    def _begin(self, work: _Work, content: FicheContent) -> None:
        if not self._put_away():
            return
        self._making.stop()
        for _ in self.form.steps:
            pass
        fiches, brouillons = self._services.fiches, self._services.brouillons
        self._work = work
        self._place, self._champ, self._cursor = content.destinataire.service, None, None
        self.preview.clear()  # that of another person must not stand beside this form, not for a moment
        self.form.show_content(content, fiches.proches(work.orientation_id))
        self._keeper = DraftKeeper(
            brouillons, _FORM, work.cle, self._snapshot, self._services.clock.now, self
        )
        self._keeper.kept.connect(self._on_keeper_kept)
        self._keeper.failed.connect(self._on_keeper_failed)
        draft = brouillons.get(work.cle)
        if draft is not None:
            self.form.restore(draft.contenu)
            self._champ, self._cursor = draft.champ, draft.contenu.get(_CURSOR)
            self._keeper.resume(draft.modifie_le)
        # Filled before it is shown: shown first, it would be laid out again at each word.
        self._on_timer_timeout()
        self._say_place()
        self._show_mode(completing=True)
        self.activated()

    def _put_away(self) -> bool:
        """Leave the fiche being completed, its draft kept; False when the disk refuses: it stays then."""
        if not self.keep_now():
            return False
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None
        self._work = None
        for message in (self.message, self._question, self._draft_message):
            message.clear()
        return True

    def _show_mode(self, *, completing: bool) -> None:
        """Show the form, or what is done with an issued fiche."""
        self._left.setCurrentIndex(0 if completing else 1)
        for button in (self.primary, self.abandon_button):
            button.setVisible(completing)
        for button in (self.print_button, self.correct_button):
            button.setVisible(not completing)
        self.preview_button.setChecked(False)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Form and preview side by side, or in turn where there is no room for both."""
        narrow = self.width() < _BESIDE * max(self.fontMetrics().height() / 18, 1)
        turned = narrow and self.preview_button.isChecked()
        self.preview_button.setVisible(narrow)
        self._beside.setVisible(turned or not narrow)
        self._left.setVisible(not turned)
        # Its top is that of the first card.
        self._beside.layout().setContentsMargins(MARGIN if turned else 0, 12, MARGIN if turned else GAP, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _say_place(self) -> None:
        """Whose fiche it is and, while it is completed, the state of its draft."""
        if self._work is None:
            fiche = self.panel.fiche
            if fiche is not None:
                self.header.set_title(self.tr("Fiche {numero}").replace("{numero}", fiche.numero))
                name = fiche.initiales if self._discreet else fiche.personne
                self.header.set_subtitle(" · ".join(filter(None, (name, fiche.partenaire))))
            return
        self.header.set_title(self.title)
        kept = self._keeper.kept_at if self._keeper is not None else None
        state = self.tr("brouillon gardé à {heure}").replace("{heure}", _hour(kept)) if kept else ""
        self.header.set_subtitle(" · ".join(filter(None, (self._place, state))))

    def _show_gate(self, content: FicheContent) -> None:
        fiches = self._services.fiches
        problems = list(fiches.problems(content))
        if unprintable := fiches.without_glyph(content):
            flagged = next((name for name, field in self.form.fields.items() if field.error()), "")
            problems.append(Problem(flagged, "fiche_glyphes", {"caracteres": " ".join(unprintable)}))
        self.gate.show_state(problems, fiches.missing(content))

    # What it answers to.

    def _snapshot(self) -> Snapshot:
        assert self._work is not None
        self._champ = self.form.champ or self._champ
        orientation = self._services.orientations.get(self._work.orientation_id)
        field = self.form.fields.get(self._champ or "")
        place = {_CURSOR: cursor_of(field.widget)} if field is not None else {}
        return Snapshot(self.form.state() | place, self._champ, orientation.dossier_id)

    def _enter(self, name: str | None, cursor: int | None = None) -> None:
        """Go to a field and show it whole, with what is said under it."""
        self.form.enter(name, cursor)
        self._revealed = self.form.fields.get(name or "")
        self._reveal.start()

    @Slot()
    def _on_reveal_timeout(self) -> None:
        area = self._left.widget(0).findChild(QScrollArea)
        if self._revealed is None:
            area.verticalScrollBar().setValue(0)
        else:
            area.ensureWidgetVisible(self._revealed, 0, GAP)

    def _enter_card(self, step: int) -> None:
        if self._work is not None:
            self.form.enter_card(step)

    @Slot()
    def _leave(self) -> None:
        if self._put_away():
            self.preview.clear()
            self.left.emit()

    @Slot()
    def _on_making_timeout(self) -> None:
        """Make the next card of the form while nothing else happens."""
        if next(self.form.steps, self) is self:
            self._making.stop()

    @Slot()
    def _on_form_edited(self) -> None:
        self._timer.start()
        if self._keeper is not None:
            self._keeper.touch()

    @Slot()
    def _on_timer_timeout(self) -> None:
        """Say what forbids and what is missing, and draw the preview in a worker."""
        if self._work is None:
            return
        content = self.form.read()
        self.form.show_known(content, discreet=self._discreet)
        self._show_gate(content)
        if self._task is not None:
            self._task.cancel()
        self._task = self._tasks.run(
            self._services.fiches.previewer(content),
            on_done=self.preview.show_pdf,
            on_error=self._on_preview_failed,
        )

    @Slot(object)
    def _on_preview_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise BugError("the preview of a fiche failed") from error
        show_error(self.message, error)

    @Slot()
    def _on_keeper_kept(self) -> None:
        self._draft_message.clear()
        self._say_place()

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        words = self.tr("Le brouillon n’est pas encore gardé\u00a0: laissez cette page ouverte. {raison}")
        words = words.replace("{raison}", sentence(error))
        self._draft_message.show_message("alert", words, self.tr("Réessayer"))

    @Slot()
    def _on_abandon_confirmed(self) -> None:
        keeper = self._keeper
        if keeper is None:
            return
        try:
            keeper.drop()
        except UserError as error:
            show_error(self.message, error)
            return
        self._leave()
        self._hub.announce(changes("brouillons"))

    @Slot(str)
    def _on_gate_asked(self, path: str) -> None:
        name = self.form.place_of(path)
        self.preview_button.setChecked(False)
        if name is not None:
            self._enter(name)
        elif path.startswith("emetteur."):
            self.message.show_message("info", self.tr("Cela se complète dans vos réglages."))
        else:
            words = self.tr("Cela se complète dans le dossier, au prochain entretien de la personne.")
            self.message.show_message("info", words)

    @Slot()
    def _on_correct_clicked(self) -> None:
        """A new version that names the old one, filled with what was issued."""
        fiche = self.panel.fiche
        if fiche is not None and fiche.orientation_id is not None:
            self._begin(_Work(fiche.orientation_id, fiche.id), self._services.fiches.correction(fiche.id))


def _hour(moment: datetime) -> str:
    return format_heure(moment.astimezone().time())
