"""The first-run assistant: who she is, where she works, what protects the coffre; then the coffre exists."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services import coffre
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.coffre import KdfParameters
from iscg_desktop.services.turns import at_once
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.pages.assistant.etapes import Forms, StepList, make_forms
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.tokens import BREAK, GAP, MARGIN
from iscg_desktop.ui.widgets.busy_line import BusyLine
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from iscg_desktop.services.session import Session
    from iscg_desktop.services.voile import CodeChoisi

VOUS, UNITES, PLACE, PHRASE, FICHE = range(5)
_PLACE_ERRORS = ("coffre_existe_deja", "dossier_non_vide", "dossier_non_inscriptible", "dossier_introuvable")


class AssistantPage(QWidget):
    """Five steps; the coffre is created when the recovery code was typed back, and not before.

    Going back keeps what was typed, but neither passphrase nor code. Giving up leaves nothing on the disk.

    Args:
        folder: Where the coffre is proposed to lie.
        tasks: Where the slow work runs.
        kdf: Cost of the passphrase; by default the one this machine affords.
        clock: Dates the recovery sheet and opens the coffre.
        forms: From `make_forms`, when they were made in turns.

    Attributes:
        message: Says what belongs to no field.

    Signals:
        created: The open ``Session`` of the new coffre.
        cancelled: She gave up.
    """

    created = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        folder: Path,
        tasks: TaskRunner,
        *,
        kdf: KdfParameters | None = None,
        clock: Clock | None = None,
        forms: Forms | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._kdf, self._clock = tasks, kdf, clock or Clock()
        self._task: Task | None = None
        self._creation: Any = None  # the keys of the coffre to be, from the passphrase step to the last
        self._intervenant: Intervenant | None = None
        self._unites: tuple[Unite, ...] = ()
        self._code: CodeChoisi | None = None
        made: Forms = forms or at_once(make_forms(folder, tasks))
        self.identity, self.unites, self.place, self.phrase, self.sheet, self.code = made
        self._step = VOUS
        self.message, self._busy = InlineMessage("alert"), BusyLine()
        self._header = PageHeader("")
        self._list = StepList([title for title, _ in self._titles()])
        self._holders = [_in_card(self.identity), self.unites, self.place]
        self._holders += [_one_above_the_other(_in_card(self.phrase), self.code), self.sheet]
        self._cancel = Button(self.tr("A&bandonner"), kind="quiet")
        self._back = Button(self.tr("&Retour"), icon="arrow-left", shortcut="Alt+Left")
        self._next = Button(self.tr("&Continuer"), kind="primary", shortcut="Ctrl+Return")
        self._build()
        self._connect()
        self._go(VOUS)

    @property
    def title(self) -> str:
        """Name of the page."""
        return self.tr("Créer un coffre")

    def activated(self) -> None:
        """Be ready to be typed in; what was forgotten when the page was left is made again."""
        if self._step in (PHRASE, FICHE) and self._creation is None:
            self.phrase.propose()
            self._go(PHRASE)
        self._focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # the page is left, whatever the way
            self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._list.setVisible(event.size().width() >= BREAK)

    # How it is made.

    def _titles(self) -> list[tuple[str, str]]:
        """Title of each step, and the words under it."""
        return [
            (self.tr("Vous"), self.tr("Ce qui sera imprimé sur vos fiches de liaison et vos bilans.")),
            (self.tr("Vos unités"), self.tr("Les brigades et commissariats où vous recevez.")),
            (self.tr("Emplacement"), self.tr("Le dossier qui contiendra votre coffre chiffré.")),
            (
                self.tr("Phrase de passe"),
                self.tr("Elle ouvre votre coffre chaque matin. Personne d’autre ne la connaît."),
            ),
            (
                self.tr("Fiche de secours"),
                self.tr("Le seul moyen d’ouvrir le coffre si vous oubliez la phrase."),
            ),
        ]

    def _build(self) -> None:
        content = ScrollPage(self._header, max_width=860)
        for holder in self._holders:
            content.add(holder)
        content.add(self.message)
        content.body.addStretch()
        footer = QWidget()
        row = QHBoxLayout(footer)
        row.setContentsMargins(MARGIN - 14, 10, MARGIN, 12)
        row.setSpacing(GAP // 2)
        row.addWidget(self._cancel)
        row.addSpacing(GAP)
        row.addWidget(self._busy, 1)
        row.addSpacing(GAP)
        row.addWidget(self._back)
        row.addWidget(self._next)
        content.set_footer(footer)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._list)
        whole.addWidget(content, 1)

    def _connect(self) -> None:
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._back.clicked.connect(self._on_back_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self.phrase.entered.connect(self._on_next_clicked)
        self.code.ready.connect(self._on_code_ready)
        self.code.remove.clicked.connect(self._on_code_removed)
        self.code.show_state(False)
        self.sheet.entered.connect(self._on_next_clicked)
        self.sheet.print_requested.connect(self._on_print_requested)

    # From step to step.

    def _go(self, step: int) -> None:
        self._step = step
        self.message.clear()
        for place, holder in enumerate(self._holders):
            holder.setVisible(place == step)
        title, words = self._titles()[step]
        self._header.set_title(title)
        count = self.tr("Étape {n} sur {total}").format(n=step + 1, total=len(self._holders))
        self._header.set_subtitle(f"{count} · {words}")
        self._list.show_step(step)
        self._tell_next()
        self._focus()

    def _tell_next(self) -> None:
        self._back.setVisible(self._step > VOUS)
        if self._step < FICHE:
            words = self.tr("&Continuer")
        else:
            words = self.tr("&Créer le coffre") if self.sheet.asking else self.tr("Le code est re&copié")
        self._next.setText(words)

    def _focus(self) -> None:
        (self.identity, self.unites, self.place, self.phrase, self.sheet)[self._step].focus_first()
        if self._step == FICHE and not self.sheet.asking:
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Neither passphrase, nor code, nor keys stay."""
        if self._task is not None:
            self._task.cancel()
        self._set_task(None)
        self._creation = None
        self._keep_code(None)
        self.phrase.wipe()
        self.sheet.wipe()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._forget()
        self.cancelled.emit()

    @Slot()
    def _on_back_clicked(self) -> None:
        if self._step == FICHE and self.sheet.asking:
            self.sheet.show_code()
            self._tell_next()
            self._focus()
        elif self._step in (PHRASE, FICHE):
            self._forget()
            if self._step == FICHE:
                self.phrase.propose()
            self._go(self._step - 1)
        else:
            self._go(self._step - 1)

    @Slot()
    def _on_next_clicked(self) -> None:
        if self._task is not None:
            return
        self.message.clear()
        (self._leave_vous, self._leave_unites, self._leave_place, self._leave_phrase, self._leave_fiche)[
            self._step
        ]()

    def _leave_vous(self) -> None:
        self._intervenant = self.identity.settle()
        if self._intervenant is not None:
            self._go(UNITES)

    def _leave_unites(self) -> None:
        unites = self.unites.settle()
        if unites is not None:
            self._unites = unites
            self._go(PLACE)

    def _leave_place(self) -> None:
        if self.place.settle() is not None:
            self.phrase.propose()
            self._go(PHRASE)

    def _leave_phrase(self) -> None:
        phrase = self.phrase.settle()
        if phrase is not None and self.code.is_settled():
            task = self._tasks.run(
                coffre.prepare_creation, self.place.folder, phrase, kdf=self._kdf,
                on_done=self._on_prepared, on_error=self._on_failed,
            )  # fmt: skip
            self._set_task(task, self.tr("Réglage de la serrure sur cet ordinateur…"))

    def _keep_code(self, code: CodeChoisi | None) -> None:
        self._code = code
        self.code.wipe()
        self.code.show_state(code is not None)

    @Slot(object)
    def _on_code_ready(self, code: CodeChoisi) -> None:
        self._keep_code(code)
        self.message.show_message("good", self.tr("Ce code lèvera le voile de votre coffre."))

    @Slot()
    def _on_code_removed(self) -> None:
        self._keep_code(None)
        self.message.show_message("info", self.tr("Le voile se lèvera avec votre phrase de passe."))

    def _leave_fiche(self) -> None:
        if not self.sheet.asking:
            self.sheet.ask_code()
            self._tell_next()
            return
        typed = self.sheet.typed()
        try:
            self._creation.confirm(typed)
        except UserError as error:
            self.sheet.refuse(error)
            return
        task = self._tasks.run(
            coffre.create, self._creation, typed, self._intervenant, self._unites, clock=self._clock,
            on_done=self._on_created, on_error=self._on_failed,
        )  # fmt: skip
        self._set_task(task, self.tr("Création du coffre…"))

    # Waiting for a worker.

    def _set_task(self, task: Task | None, words: str = "") -> None:
        self._task = task
        if task is None:
            self._busy.stop()
        else:
            self._busy.start(words)
        for widget in (*self._holders, self._back, self._next):
            widget.setDisabled(task is not None)
        # While the coffre is being written there is no way back.
        self._cancel.setDisabled(task is not None and self._step == FICHE)

    @Slot(object)
    def _on_prepared(self, creation: Any) -> None:
        self._set_task(None)
        self._creation = creation
        self.phrase.wipe()
        self.sheet.set_groups(creation.recovery_code.groups)
        self._go(FICHE)

    @Slot(object)
    def _on_created(self, key: object) -> None:
        self._set_task(None)
        try:
            session = coffre.open_session(self.place.folder, key, clock=self._clock)  # type: ignore[arg-type]
        except UserError as error:
            show_error(self.message, error)
            return
        code = self._code
        self._forget()
        self._keep_choices(session, code)
        self.created.emit(session)

    def _keep_choices(self, session: Session, code: CodeChoisi | None) -> None:
        """Her short code, and where she wants her backups; a stick pulled out meanwhile is chosen again in Réglages."""
        from iscg_desktop.services.sauvegardes import SauvegardesService
        from iscg_desktop.services.voile import VoileService

        if code is not None:
            VoileService(session).choose(code)
        if self.place.backups.folder is not None:
            with suppress(UserError):
                SauvegardesService(session).choisir(self.place.backups.folder)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._set_task(None)
        if not isinstance(error, UserError):
            raise error
        if error.code == "phrase_de_passe_faible":
            self.phrase.refuse_weak(sentence(error))
        elif error.code in _PLACE_ERRORS:
            self._forget()
            self._go(PLACE)
            self.place.refuse(sentence(error))
        else:
            show_error(self.message, error)
            self._focus()

    @Slot()
    def _on_print_requested(self) -> None:
        groups, day = self._creation.recovery_code.groups, self._clock.today()
        task = self._tasks.run(
            coffre.recovery_sheet, groups, self.place.folder, day,
            on_done=self._on_sheet_drawn, on_error=self._on_failed,
        )  # fmt: skip
        self._set_task(task, self.tr("Préparation de la fiche…"))

    @Slot(object)
    def _on_sheet_drawn(self, pdf: bytes) -> None:
        from iscg_desktop.ui.printing import print_pdf  # Qt's printing is slow to load and seldom needed

        self._set_task(None)
        print_pdf(self, pdf)
        self._focus()


def _in_card(form: QWidget) -> Card:
    card = Card()
    card.add(form)
    return card


def _one_above_the_other(*cards: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    for card in cards:
        column.addWidget(card)
    return holder
