"""A document being completed beside its live preview, its draft kept, then issued for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.domain.fiche_controles import Manque
from iscg_desktop.errors import BugError, InvalidInput, Problem, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.completion_view import CompletionView
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.fiche_gate import FicheGate
from iscg_desktop.ui.forms.form import cursor_of
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.one_a_turn import OneATurn
from iscg_desktop.ui.tasks import Task, TaskRunner

_PREVIEW_AFTER = 250  # ms without a keystroke
_CURSOR = "curseur"


class CompletionPage(CompletionView):
    """Completes and issues one kind of documents, or shows an issued one; a page says which by its own methods.

    Keys: Ctrl+S issues, Ctrl+P prints an issued one, F6 and Shift+F6 go from card to card.

    Args:
        title: Name of what is completed.
        words: Of the button that issues it, then what is said once it is.
        form: Fields named by their paths in the content; made in steps.
        gate: What forbids it and what is missing.
        panel: What is done with an issued document; it has a slot ``print``.

    Attributes:
        ready: Whether the form is made.

    Signals:
        issued: Id of the document just issued.
        left: Back to where she came from.
    """

    issued = Signal(int)
    left = Signal()
    form_name = ""

    def __init__(
        self,
        services: Services,
        hub: ChangesHub,
        tasks: TaskRunner,
        title: str,
        words: tuple[str, str],
        form: Any,
        gate: FicheGate,
        panel: Any,
    ) -> None:
        super().__init__(title, words[0], form, gate, panel)
        self._issued_words = words[1]
        self._services, self._hub, self._tasks = services, hub, tasks
        self._work: Any = None
        self._champ: str | None = None
        self._cursor: int | None = None
        self._discreet = False
        self._keeper: DraftKeeper | None = None
        self._refused: set[tuple[str, str]] = set()
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self.ready = False
        self._making = OneATurn(self, self.make_next)
        self._connect()
        self._show_mode(completing=False)
        self._making.start()

    # What each kind of document says for itself.

    def resume(self, cle: str) -> None:
        """Go on with a draft by its name."""
        raise NotImplementedError

    def show_issued(self, document_id: int) -> None:
        """Show an issued document: its very bytes."""
        raise NotImplementedError

    def _show_content(self, work: Any, content: Any) -> None:
        """Show in the form what is to be completed."""
        raise NotImplementedError

    def _dossier_of(self, work: Any) -> int:
        raise NotImplementedError

    def _forbids(self, content: Any) -> tuple[Problem, ...]:
        raise NotImplementedError

    def _missing(self, content: Any) -> tuple[Manque, ...]:
        raise NotImplementedError

    def _beware(self, content: Any) -> str:
        """What forbids nothing and must be seen before it is issued."""
        return ""

    def _without_glyph(self, content: Any) -> tuple[str, ...]:
        raise NotImplementedError

    def _previewer(self, content: Any) -> Callable[[], bytes]:
        raise NotImplementedError

    def _issue(self, work: Any, content: Any) -> tuple[int, Changes]:
        raise NotImplementedError

    def _correct(self) -> None:
        """Begin a new version of what is shown."""
        raise NotImplementedError

    def _title_of_issued(self) -> tuple[str, str]:
        """Title and subtitle while an issued document is shown."""
        raise NotImplementedError

    def _place(self) -> str:
        """Whom or what it is for, said under the title while it is completed."""
        raise NotImplementedError

    # What others ask of it.

    def activated(self) -> None:
        """The page is shown: the focus is where it was, or where the work begins."""
        if self._work is not None:
            self._enter(self._champ, self._cursor)
            self._cursor = None
        else:
            self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_next(self) -> None:
        """Make the next card of the form."""
        if next(self.form.steps, self) is self:
            self.ready = True
            self._making.stop()

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
        """Issue the document, or say what forbids it, field by field."""
        work, keeper = self._work, self._keeper
        if work is None or keeper is None:
            return
        self.preview_button.setChecked(False)
        if not settle_all(self.form.fields.values()):
            return
        keeper.stop()
        try:
            document_id, done = self._issue(work, self.form.read())
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
            self._refused = {(problem.field, problem.code) for problem in error.problems}
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
            self.show_issued(document_id)
            self.message.show_message("good", self._issued_words)
            self._hub.announce(done)
            self.issued.emit(document_id)

    @Slot()
    def abandon(self) -> None:
        """Ask whether the draft is really to be forgotten; without a draft there is nothing to ask."""
        if self._keeper is None or (self._keeper.kept_at is None and not self._keeper.waiting):
            self._leave()
            return
        words = self.tr("Abandonner ce brouillon\u00a0? Ce qui est complété sur cette page sera effacé.")
        self._question.show_message("warn", words, self.tr("Abandonner le brouillon"))
        self._question.enter_action()

    # How it is made.

    def _connect(self) -> None:
        self._back.clicked.connect(self._leave)
        self.primary.clicked.connect(self.issue)
        self.abandon_button.clicked.connect(self.abandon)
        self.correct_button.clicked.connect(self._on_correct_clicked)
        self.print_button.clicked.connect(self.panel.print)
        self._question.action_triggered.connect(self._on_abandon_confirmed)
        self._draft_message.action_triggered.connect(self.keep_now)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.form.edited.connect(self._on_form_edited)
        self.gate.asked.connect(self._on_gate_asked)
        QShortcut(QKeySequence("F6"), self, lambda: self._enter_card(1))
        QShortcut(QKeySequence("Shift+F6"), self, lambda: self._enter_card(-1))

    # What it shows.

    def _begin(self, work: Any, content: Any) -> None:
        if not self._put_away():
            return
        while not self.ready:
            self.make_next()
        brouillons = self._services.brouillons
        self._work = work
        self._champ, self._cursor = None, None
        self.preview.clear()  # that of another person must not stand beside this form, not for a moment
        self._show_content(work, content)
        self._keeper = DraftKeeper(
            brouillons, self.form_name, work.cle, self._snapshot, self._services.clock.now, self
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
        self._refused.clear()
        for message in (self.message, self._question, self._draft_message):
            message.clear()
        return True

    def _say_place(self) -> None:
        """What is shown and, while it is completed, the state of its draft."""
        if self._work is None:
            title, place = self._title_of_issued()
            self.header.set_title(title)
            self.header.set_subtitle(place)
            return
        self.header.set_title(self.title)
        kept = self._keeper.kept_at if self._keeper is not None else None
        state = self.tr("brouillon gardé à {heure}").replace("{heure}", _hour(kept)) if kept else ""
        self.header.set_subtitle(" · ".join(filter(None, (self._place(), state))))

    def _show_gate(self, content: Any) -> None:
        problems = list(self._forbids(content))
        self._forget_mended(problems)
        if unprintable := self._without_glyph(content):
            flagged = next((name for name, field in self.form.fields.items() if field.error()), "")
            problems.append(Problem(flagged, "fiche_glyphes", {"caracteres": " ".join(unprintable)}))
        self.gate.show_state(problems, self._missing(content), self._beware(content))

    def _forget_mended(self, problems: Iterable[Problem]) -> None:
        """Say no more under a field what another answer mended: an address is of no use to who comes in person."""
        mended = self._refused - {(problem.field, problem.code) for problem in problems}
        self._refused -= mended
        still = {field for field, _ in self._refused}
        for name in {field for field, _ in mended} - still:
            if name in self.form.fields:
                self.form.fields[name].clear_error()

    # What it answers to.

    def _snapshot(self) -> Snapshot:
        assert self._work is not None
        self._champ = self.form.champ or self._champ
        field = self.form.fields.get(self._champ or "")
        place = {_CURSOR: cursor_of(field.widget)} if field is not None else {}
        return Snapshot(self.form.state() | place, self._champ, self._dossier_of(self._work))

    def _enter_card(self, step: int) -> None:
        if self._work is not None:
            self.form.enter_card(step)

    @Slot()
    def _leave(self) -> None:
        if self._put_away():
            self.preview.clear()
            self.left.emit()

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
            self._previewer(content),
            on_done=self.preview.show_pdf,
            on_error=self._on_preview_failed,
        )

    @Slot(object)
    def _on_preview_failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise BugError("the preview of a document failed") from error
        show_error(self.message, error)

    @Slot()
    def _on_keeper_kept(self) -> None:
        self._draft_message.clear()
        self._say_place()

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        words = self.tr("Le brouillon n’est pas encore gardé\u00a0: laissez cette page ouverte. {raison}")
        self._draft_message.show_message("alert", sentence(error).within(words), self.tr("Réessayer"))

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
        self._correct()


def _hour(moment: datetime) -> str:
    return format_heure(moment.astimezone().time())
