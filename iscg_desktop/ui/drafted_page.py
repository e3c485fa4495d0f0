"""A page of one short form: its draft is kept as it is typed, Ctrl+S or Enter records it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.form import Form, enter
from iscg_desktop.ui.forms.tab_order import order_tabs
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class DraftedPage(ScrollPage):
    """What is typed lies in the coffre within two seconds; « Annuler » forgets it, the way back keeps it.

    Args:
        services: The use cases.
        hub: Where changes are announced.
        title: Name of the page.

    Attributes:
        form_name: Kind of form, the key of the page in the window: a draft named after it comes back here.

    Signals:
        left: She is done here, or gives up.
        recorded: What was typed is in the coffre; carries words to say.
    """

    form_name = ""
    left = Signal()
    recorded = Signal(str)

    def __init__(self, services: Services, hub: ChangesHub, title: str) -> None:
        self._header = PageHeader(title)
        super().__init__(self._header)
        self.title = title
        self._services, self._hub = services, hub
        self._keeper: DraftKeeper | None = None
        self._blank: Mapping[str, Any] | None = None  # the form as it was taken, where nothing was left in it
        self._left_at: str | None = None
        self._header.set_back(self.tr("Retour")).clicked.connect(self._on_back_clicked)
        self._header.add_secondary(self.tr("Annuler")).clicked.connect(self._on_cancel_clicked)
        save = self._header.set_primary(self.tr("Enregistrer   Ctrl+S"), icon="check", shortcut="Ctrl+S")
        save.clicked.connect(self.save)
        self.message = InlineMessage()
        self.add(self.message)

    # What each page says.

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form of the page."""

    @abstractmethod
    def context(self) -> dict[str, Any]:
        """What the form is about, as JSON can hold it."""

    @abstractmethod
    def take_context(self, context: Mapping[str, Any]) -> None:
        """Come back to what ``context`` gave, before the fields are restored."""

    @abstractmethod
    def record(self) -> tuple[Changes, str]:
        """Keep what is typed; what changed, and the words that say so."""

    def dossier_id(self) -> int | None:
        """The dossier that the draft belongs to."""
        return None

    def all_fields(self) -> Mapping[str, Field]:
        """The fields by the names of their problems."""
        return self.form.fields

    # How it goes.

    def open(self, cle: str, fill: Callable[[], None]) -> None:
        """Take the form for another thing, or go on with what was left half-typed of it.

        What was being typed stays a draft, or stays on the screen as long as the disk refuses it.

        Args:
            cle: Name of the draft.
            fill: Shows that thing in the form; called once the form is free.
        """
        if self._keeper is not None and self._keeper.cle == cle and self._keeper.holds:
            return
        if self._services.brouillons.get(cle) is not None:
            self.resume(cle)
        elif self._put_away():
            fill()
            self._begin(cle)
            self._blank = self.form.state()

    def _begin(self, cle: str, kept_at: datetime | None = None) -> None:
        """Begin to keep a draft under a name."""
        self._blank = None
        self._keeper = DraftKeeper(
            self._services.brouillons, self.form_name, cle, self._snapshot, self._services.clock.now, self
        )
        if kept_at is not None:
            self._keeper.resume(kept_at)
        self._keeper.failed.connect(self._on_draft_failed)
        self.message.clear()
        for field in self.all_fields().values():
            field.clear_error()
        order_tabs(self)

    def resume(self, cle: str) -> None:
        """Go back to a draft."""
        brouillon = self._services.brouillons.get(cle)
        if brouillon is None or (self._keeper is not None and self._keeper.cle == cle):
            return
        if not self._put_away():
            return
        self.take_context(brouillon.contenu["contexte"])
        self.form.restore(brouillon.contenu["champs"])
        self._begin(cle, brouillon.modifie_le)
        self._left_at = brouillon.champ

    @Slot()
    def keep_now(self) -> bool:
        """Write the draft at once; False when the disk refuses."""
        return self._keeper is None or self._keeper.keep()

    def activated(self) -> None:
        """The page is shown: go to the field where she left, or to the first without an answer."""
        name = self._left_at if self._left_at in self.form.fields else self.form.first_empty()
        self._left_at = None
        if name is not None:
            enter(self.form.fields[name].widget)

    @Slot()
    def save(self) -> None:
        """Record what is typed, or say all that keeps it from being recorded; nothing typed is lost."""
        keeper = self._keeper
        if keeper is None or not settle_all(self.all_fields().values()):
            return
        keeper.stop()
        try:
            changes, words = self.record()
            keeper.drop()
        except InvalidInput as error:
            show_problems(self.all_fields(), error.problems, self.message)
            keeper.touch()
        except UserError as error:
            show_error(self.message, error)
            keeper.touch()
        else:
            self._keeper = None
            self._hub.announce(changes)
            self.recorded.emit(words)
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        writing = isinstance(self.focusWidget(), QPlainTextEdit)
        if plain and not writing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.save()
        else:
            super().keyPressEvent(event)

    def lay_out(self, *parts: QWidget) -> None:
        """Put the form and what stands around it on the page, from top to bottom."""
        for part in parts:
            self.add(part)
        self.form.edited.connect(self._on_form_edited)

    def _snapshot(self) -> Snapshot | None:
        typed = self.form.state()
        if typed == self._blank:
            return None
        return Snapshot({"contexte": self.context(), "champs": typed}, self._champ(), self.dossier_id())

    def _champ(self) -> str | None:
        """Name of the field where the keyboard is, or was when the window was hidden."""
        here = self.window().focusWidget()
        fields = self.form.fields.items()
        return next((name for name, field in fields if here is not None and field.isAncestorOf(here)), None)

    def _put_away(self) -> bool:
        """Leave what is being typed as a draft; False when the disk refuses it: it stays on the screen then."""
        if not self.keep_now():
            return False
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper.deleteLater()
            self._keeper = None
        return True

    @Slot()
    def _on_form_edited(self) -> None:
        if self._keeper is not None:
            self._keeper.touch()

    @Slot(object)
    def _on_draft_failed(self, error: UserError) -> None:
        show_error(self.message, error)

    @Slot()
    def _on_back_clicked(self) -> None:
        if self._put_away():
            self.left.emit()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._keeper is not None:
            try:
                self._keeper.drop()
            except UserError as error:
                show_error(self.message, error)
                return
            self._keeper = None
        self.left.emit()
