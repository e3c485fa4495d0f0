"""What is typed on the page of a dossier: why it is closed, a relance, a point for the référent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.agenda_form import AgendaDraft, AgendaForm
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.points_card import PointsCard
from iscg_desktop.ui.forms.relances_card import RelancesCard
from iscg_desktop.ui.forms.short_draft import ShortDraft
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.line_edit import LineEdit


class DossierForms(QObject):
    """Opens the forms of the dossier shown, keeps what is half-typed in each, and does what they ask.

    Args:
        services: The use cases over the open coffre.
        hub: Told of what changes.
        points: Holds the forms of the points.
        relances: Holds the form of the relances.

    Attributes:
        message: Why something was refused.
        closing_card: Asks why the dossier is closed.
        closing: Its form.
        reopening_card: Asks why it is opened again.
        reopening: Its form.

    Signals:
        dossier_closed: She closed the dossier.
        dossier_reopened: She opened it again.
        typing: Whether a form at the head is open, in which a letter is a letter.
    """

    dossier_closed = Signal()
    dossier_reopened = Signal()
    typing = Signal(bool)

    def __init__(
        self, services: Services, hub: ChangesHub, points: PointsCard, relances: RelancesCard
    ) -> None:
        super().__init__()
        self._services, self._hub = services, hub
        self._points, self._relances = points, relances
        self._dossier: Dossier | None = None
        self.message = InlineMessage()
        self.closing, self.closing_card = _asking_why(
            self.tr("Clore le dossier"),
            "archive",
            self.tr("Pourquoi ce dossier se ferme-t-il\u00a0?"),
            self.tr("Clore le &dossier"),
        )
        self.reopening, self.reopening_card = _asking_why(
            self.tr("Rouvrir le dossier"),
            "folder-open",
            self.tr("Pourquoi ce dossier se rouvre-t-il\u00a0?"),
            self.tr("Rouvrir le &dossier"),
        )
        self._short: dict[str, ShortForm | AgendaForm] = {
            "clore": self.closing,
            "rouvrir": self.reopening,
            "point": points.adding,
            "vu": points.seeing,
            "relance": relances.form,
        }
        self._drafts = {
            name: ShortDraft(services.brouillons, services.clock.now, self) for name in self._short
        }
        self._connect()

    def _connect(self) -> None:
        for name, form in self._short.items():
            form.opening.connect(self._drafts[name].leave)
            form.opened.connect(partial(self._follow, name, form))
            form.closed.connect(self._drafts[name].drop)
        self.closing.submitted.connect(self._on_closing_submitted)
        self.reopening.submitted.connect(self._on_reopening_submitted)
        for asking, card in ((self.closing, self.closing_card), (self.reopening, self.reopening_card)):
            asking.closed.connect(card.hide)
            asking.closed.connect(self._say_typing)
        self._relances.form.submitted.connect(self._on_relance_submitted)
        self._relances.done.connect(self._on_relance_done)
        self._points.added.connect(self._on_point_added)
        self._points.seen.connect(self._on_point_seen)

    # What the page asks of it.

    def show_dossier(self, dossier: Dossier) -> None:
        """Be about a dossier from now on."""
        self._dossier = dossier

    def drafts(self) -> frozenset[str]:
        """Names of the drafts that are on the page."""
        return frozenset(draft.cle for draft in self._drafts.values())

    def resume(self, name: str, about: str = "") -> None:
        """Open the form of a draft again; ``about`` is the id of its point."""
        if name == "vu":
            self._points.see(int(about))
            return
        openers = {
            "clore": self.close,
            "rouvrir": self.reopen,
            "point": self._points.add_point,
            "relance": self._relances.form.open,
        }
        openers[name]()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        kept = [draft.keep_now() for draft in self._drafts.values()]
        return all(kept)

    def put_away(self) -> None:
        """Close every form; what is half-typed stays a draft."""
        self.message.clear()
        for draft in self._drafts.values():
            draft.leave()
        self.closing.done()
        self.reopening.done()
        for form in (self._relances.form, self._points.adding, self._points.seeing):
            form.hide()

    def set_discreet(self, discreet: bool) -> None:
        """Hide what is typed, or show it again."""
        for form in (self.closing, self.reopening, self._relances.form):
            form.set_discreet(discreet)

    def do(self, use_case: Callable[[], Changes], form: ShortForm | None = None) -> bool:
        """Do what she asked and tell everyone what changed; a refusal is said where it is wrong."""
        self.message.clear()
        try:
            changes = use_case()
        except InvalidInput as error:
            if form is None:
                raise
            form.refuse(error.problems)
            return False
        except UserError as error:
            show_error(self.message, error)
            return False
        if form is not None:
            form.done()
        self._hub.announce(changes)
        return True

    # The two forms at the head: a dossier is open or closed, so one at a time.

    @Slot()
    def close(self) -> None:
        """Ask why the dossier is closed."""
        self.closing_card.show()
        self.closing.open()
        self._say_typing()

    @Slot()
    def reopen(self) -> None:
        """Ask why a closed dossier is opened again."""
        self.reopening_card.show()
        self.reopening.open()
        self._say_typing()

    def _follow(self, name: str, form: Form) -> None:
        """Keep what is typed in a form of the dossier shown."""
        if self._dossier is not None:
            about = f":{self._points.seeing.subject.id}" if name == "vu" else ""
            self._drafts[name].follow(form, f"dossier:{self._dossier.id}:{name}{about}", self._dossier.id)

    @Slot()
    def _say_typing(self) -> None:
        self.typing.emit(any(form.isVisible() for form in (self.closing, self.reopening)))

    # What they ask.

    @Slot(object)
    def _on_closing_submitted(self, values: dict[str, str]) -> None:
        dossier = self._dossier
        if dossier is not None and self.do(
            lambda: self._services.dossiers.close(dossier.id, values["motif"]), self.closing
        ):
            self.dossier_closed.emit()

    @Slot(object)
    def _on_reopening_submitted(self, values: dict[str, str]) -> None:
        dossier = self._dossier
        if dossier is not None and self.do(
            lambda: self._services.dossiers.reopen(dossier.id, values["motif"]), self.reopening
        ):
            self.dossier_reopened.emit()

    @Slot(object)
    def _on_relance_submitted(self, draft: AgendaDraft) -> None:
        dossier_id = self._dossier.id if self._dossier is not None else None
        if self.do(lambda: self._services.journee.add_relance(draft.jour, draft.objet, dossier_id)):
            self._drafts["relance"].drop()
        else:
            self._relances.form.come_back()

    @Slot(int)
    def _on_relance_done(self, relance_id: int) -> None:
        self.do(lambda: self._services.journee.close_relance(relance_id))

    @Slot(str)
    def _on_point_added(self, texte: str) -> None:
        if (dossier := self._dossier) is not None:
            self.do(lambda: self._services.referent.add(dossier.id, texte), self._points.adding)

    @Slot(int, object, str)
    def _on_point_seen(self, point_id: int, day: object, decision: str) -> None:
        self.do(
            lambda: self._services.referent.see(point_id, day, decision),  # type: ignore[arg-type]
            self._points.seeing,
        )


def _asking_why(title: str, icon: str, question: str, submit: str) -> tuple[ShortForm, Card]:
    """A form of one reason, and its card, hidden until it is asked."""
    form, card = ShortForm({"motif": Field(question, LineEdit())}, submit), Card(title, icon=icon)
    form.column.setContentsMargins(0, 0, 0, 0)  # the card has its own
    card.add(form)
    card.hide()
    return form, card
