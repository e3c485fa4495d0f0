"""A coupon that comes back: found by number, by scan or by the PDF a partner filled; shown, then recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from iscg_desktop.domain.dates import format_date
from iscg_desktop.errors import BugError, InvalidInput, Problem, UserError
from iscg_desktop.messages import explained
from iscg_desktop.services.retours import Retour
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.dialogs.folder_dialog import choose_file
from iscg_desktop.ui.forms.coupon_form import CouponForm
from iscg_desktop.ui.forms.form import State
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.tasks import Task, TaskRunner
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class RetourPage(ScrollPage):
    """Records what partners answered, one coupon after the other.

    Keys: Enter finds the fiche, Ctrl+O opens a filled PDF, Ctrl+S records.

    Signals:
        fiches_requested: Back to the list.
        fiche_opened: Id of the fiche of the coupon.
    """

    fiches_requested = Signal()
    fiche_opened = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader(self.tr("Retour d’un coupon"))
        super().__init__(header, max_width=900)
        self.title = self.tr("Retour d’un coupon")
        self._services, self._hub, self._tasks = services, hub, tasks
        self._retour: Retour | None = None
        self._task: Task | None = None
        self._discreet = False
        self.message = InlineMessage()
        self.typed = LineEdit()
        self.field = Field(
            self.tr("Numéro du cou&pon"),
            self.typed,
            hint=self.tr("Comme il est imprimé, ou le texte que donne un lecteur de code QR."),
        )
        self.find_button = Button(self.tr("C&hercher la fiche"), icon="search")
        self.open_button = Button(self.tr("&Ouvrir un coupon PDF rempli…"), icon="upload", shortcut="Ctrl+O")
        self.found = Card(self.tr("Ce que dit le coupon"))
        self.which, self._place = Heading(), Quiet()
        self.note = InlineMessage(dismissible=False)
        self.form = CouponForm(services)
        self.primary = header.set_primary(
            self.tr("&Enregistrer le retour"), icon="corner-down-left", shortcut="Ctrl+S"
        )
        self._lay_out(header)
        self._connect()
        self._show(None)
        self._coupon = _TypedCoupon(self.field, self.form, self._on_find, self)
        self._drafts = PageDrafts(services, "retour", self)
        self._drafts.follow("coupon", self._coupon, enter=False)

    def resume(self, _cle: str) -> None:
        """Go back to the coupon left half-typed: it is on the page."""

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._drafts.keep_now()

    def activated(self) -> None:
        """Ready for the next coupon, or for what was left unfinished."""
        if self._retour is None:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Forget the coupon before."""
        self.message.clear()
        self.field.clear_error()
        self._drafts.drop("coupon")
        self._coupon.clear()
        self._show(None)
        self._drafts.follow("coupon", self._coupon, enter=False)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials, or the name again."""
        self._discreet = discreet
        self._say_which()

    def read_file(self, path: Path) -> None:
        """Read a filled PDF in a worker, and show what it says."""
        self.field.clear_error()
        self.message.show_message("info", self.tr("Lecture du coupon…"))
        self._cancel()
        self._task = self._tasks.run(
            self._services.retours.reader(path), on_done=self._on_read, on_error=self._on_unread
        )

    # How it is made.

    def _lay_out(self, header: PageHeader) -> None:
        self._back = header.set_back(self.tr("Fiches et tournées"))
        card = Card(self.tr("Quel coupon"))
        asked: tuple[QWidget, ...] = (self.field, self.find_button, self.open_button)
        shown: tuple[QWidget, ...] = (self.which, self._place, self.note, self.form)
        whole: tuple[QWidget, ...] = (self.message, card, self.found)
        for place, widgets in ((card, asked), (self.found, shown), (self, whole)):
            for widget in widgets:
                place.add(widget)

    def _connect(self) -> None:
        self._back.clicked.connect(self._on_back_clicked)
        self.typed.returnPressed.connect(self._on_find)
        self.find_button.clicked.connect(self._on_find)
        self.open_button.clicked.connect(self._on_open_clicked)
        self.primary.clicked.connect(self.record)
        self.typed.edited.connect(self._on_typed_edited)

    # What it does.

    @Slot()
    def record(self) -> None:
        """Keep the answer, then wait for the next coupon."""
        retour = self._retour
        coupon = self.form.read() if retour is not None else None
        if retour is None or coupon is None:
            return
        try:
            changes = self._services.retours.record(retour.fiche.id, coupon, amend=retour.deja)
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.begin()
            said = self.tr("Retour de la fiche {numero} noté. Vous pouvez saisir le coupon suivant.")
            self.message.show_message("good", said.replace("{numero}", retour.fiche.numero))
            self._hub.announce(changes)
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_find(self) -> None:
        if not self.typed.value():
            self.field.set_error(
                explained(self.tr("Écrivez le numéro imprimé sur le coupon."), "tournees#lire-un-retour")
            )
            return
        try:
            retour = self._services.retours.find(self.typed.value())
        except UserError as error:
            self._show(None)
            show_problems({"numero": self.field}, [_under("numero", error)], self.message)
        else:
            self.message.clear()
            self._show(retour)

    @Slot()
    def _on_open_clicked(self) -> None:
        path = choose_file(self, self.tr("Le coupon que le partenaire a renvoyé"), "PDF (*.pdf)")
        if path is not None:
            self.read_file(path)

    @Slot(object)
    def _on_read(self, lecture: Any) -> None:
        self._task = None
        try:
            retour = self._services.retours.found(lecture)
        except UserError as error:
            self._on_unread(error)
        else:
            self.message.clear()
            self.typed.set_value(str(lecture.numero))
            self.field.clear_error()
            self._show(retour)

    @Slot(object)
    def _on_unread(self, error: BaseException) -> None:
        self._task = None
        if not isinstance(error, UserError):
            raise BugError("reading a coupon failed") from error
        self._show(None)
        show_error(self.message, error)

    @Slot()
    def _on_typed_edited(self) -> None:
        # What is shown below must never be the answer of another number.
        if self._retour is not None:
            self._show(None)

    @Slot()
    def _on_back_clicked(self) -> None:
        self._cancel()
        self.begin()
        self.fiches_requested.emit()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, retour: Retour | None) -> None:
        """Show a coupon to be confirmed, or none."""
        self._retour = retour
        focused = QApplication.focusWidget()
        if (
            retour is None
            and focused is not None
            and (focused is self.primary or self.found.isAncestorOf(focused))
        ):
            self.typed.setFocus(
                Qt.FocusReason.OtherFocusReason
            )  # what has the keyboard is about to be hidden
        self.found.setVisible(retour is not None)
        self.primary.setVisible(retour is not None)
        if retour is None:
            return
        noted = self._services.retours.noted(retour.fiche.id) if retour.deja else None
        from_file = retour.coupon.suite is not None or bool(retour.a_relire)
        shown = noted if noted is not None and not from_file else retour.coupon
        self.form.show_coupon(shown, retour.a_relire)
        self.primary.setText(
            self.tr("Remplac&er le retour noté") if retour.deja else self.tr("&Enregistrer le retour")
        )
        self._say_which()
        self._say_note(retour)
        first = next((f for f in self.form.fields.values() if f.error()), self.form.fields["suite"])
        first.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_which(self) -> None:
        if self._retour is None:
            return
        fiche = self._retour.fiche
        name = fiche.initiales if self._discreet else fiche.personne
        self.which.setText(" · ".join(filter(None, (fiche.numero, fiche.partenaire))))
        issued = self.tr("{nom}, fiche établie le {jour}").replace("{jour}", format_date(fiche.etablie_le))
        self._place.setText(issued.replace("{nom}", name))

    def _say_note(self, retour: Retour) -> None:
        words = []
        if retour.ancienne:
            said = self.tr(
                "Ce coupon est celui de la fiche {ancienne}, remplacée depuis par {numero}. Il est accepté."
            )
            words.append(said.replace("{ancienne}", retour.ancienne).replace("{numero}", retour.fiche.numero))
        if retour.deja:
            words.append(
                self.tr("Un retour est déjà noté pour cette fiche\u00a0: l’enregistrer le remplace.")
            )
        self.note.show_message("warn" if retour.deja else "info", " ".join(words))


class _TypedCoupon(FieldGroup):
    """The number and, once its fiche is found, the answers under it."""

    def __init__(self, number: Field, answers: CouponForm, find: Callable[[], None], parent: QWidget) -> None:
        super().__init__({"numero": number}, parent)
        self._answers, self._find = answers, find
        answers.edited.connect(self.edited)

    def state(self) -> State:
        return super().state() | {"reponses": self._answers.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        if state["reponses"]:
            self._find()
            self._answers.restore(state["reponses"])


def _under(name: str, error: UserError) -> Problem:
    """An error, said under a field."""
    return Problem(name, error.code, error.values)
