"""A section of Réglages: each change is one action, said in words, and taken back in one press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.page_drafts import PageDrafts
from iscg_desktop.ui.messages import show_error, show_problems
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.widgets.text_area import TextArea


class Section(ScrollPage):
    """A title, a message, and what is set.

    Args:
        services: Over the open coffre.
        hub: Where changes are announced.
        title: Its name.
        subtitle: What it changes.

    Attributes:
        drafts: Of its short forms; set by a section that has some.
    """

    def __init__(self, services: Services, hub: ChangesHub, title: str, subtitle: str = "") -> None:
        super().__init__(PageHeader(title, subtitle), max_width=880)
        assert self.header is not None
        self.head = self.header
        self._services, self._hub = services, hub
        self._undo: Callable[[], Changes] | None = None
        self.drafts: PageDrafts | None = None
        self.message = InlineMessage("good")
        self.add(self.message)
        self.message.action_triggered.connect(self._on_undo)
        QShortcut(
            QKeySequence("Ctrl+Z"), self, self._on_undo, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field in which nothing is left to take back leaves Ctrl+Z to the section."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not watched.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def reload(self) -> None:
        """Show again what is in force."""

    def resume(self, cle: str) -> None:
        """Go back to a form of hers left half-typed; what is always shown was put back already."""

    def set_discreet(self, discreet: bool) -> None:
        """Blank what is typed, or show it again: nobody knows whom it names."""
        for line in self.findChildren(LineEdit):
            line.set_discreet(discreet)
        for area in self.findChildren(TextArea):
            area.set_discreet(discreet)

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self.drafts is None or self.drafts.keep_now()

    def do(
        self,
        use_case: Callable[[], Changes],
        said: str,
        undo: Callable[[], Changes] | None = None,
        *,
        fields: Mapping[str, Field] | None = None,
    ) -> bool:
        """Change something, say it, and offer to take it back; a refusal is said where it belongs.

        Args:
            use_case: What changes it.
            said: Sentence once it is done.
            undo: What takes it back.
            fields: Fields by the names of the draft.
        """
        try:
            changes = use_case()
        except InvalidInput as error:
            self.message.clear()
            show_problems(fields or {}, error.problems, self.message)
            return False
        except UserError as error:
            show_error(self.message, error)
            return False
        self._undo = undo
        action = self.tr("Annuler (Ctrl+Z)") if undo else ""
        self.message.show_message("good", said, action)
        self._hub.announce(changes)
        self.reload()
        return True

    @Slot(QWidget, QWidget)
    def _on_focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QLineEdit) and self.isAncestorOf(new):
            new.installEventFilter(self)

    @Slot()
    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        if undo is not None:
            self.do(undo, self.tr("C’est annulé."))


class StatefulForm(Protocol):
    """A form whose half-typed state can be kept."""

    def state(self) -> dict[str, Any]:
        """What is typed, half-typed words included."""

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what ``state`` gave."""


class FormSection(Section):
    """A section with one form and one « Enregistrer »; what is typed meanwhile is a draft of the coffre.

    Attributes:
        form: Set by the section before ``begin``.
    """

    form: StatefulForm

    def __init__(self, services: Services, hub: ChangesHub, title: str, subtitle: str, *, key: str) -> None:
        super().__init__(services, hub, title, subtitle)
        self._about = subtitle
        self._blank = QuietCard(self.tr("Masqué (F9)"))
        self._blank.hide()
        self._drop = self.head.add_secondary(self.tr("A&bandonner"))
        self._save = self.head.set_primary(self.tr("Enregistrer"), icon="save", shortcut="Ctrl+S")
        self._drop.clicked.connect(self._on_drop_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self.keeper = DraftKeeper(
            services.brouillons, "reglages", f"reglages:{key}", self._snapshot, services.clock.now, self
        )
        self.keeper.failed.connect(partial(show_error, self.message))
        self.add(self._blank)
        self._drop.hide()

    def begin(self, edited: SignalInstance) -> None:
        """Watch the form, once it is laid out."""
        edited.connect(self._on_edited)

    def show_in_force(self) -> None:
        """Fill the form with what is in force."""
        raise NotImplementedError

    def save(self) -> bool:
        """Read the form and put it in force with ``settle_in``; False when a field refuses."""
        raise NotImplementedError

    def settle_in(
        self,
        use_case: Callable[[], Changes],
        said: str,
        undo: Callable[[], Changes],
        fields: Mapping[str, Field],
    ) -> bool:
        """Put in force, and forget the draft."""

        def kept() -> Changes:
            changes = use_case()
            self._end_draft()
            return changes

        return self.do(kept, said, undo, fields=fields)

    def reload(self) -> None:
        if self.keeper.waiting or self.keeper.kept_at is not None:
            return
        draft = self._services.brouillons.get(self.keeper.cle)
        if draft is None:
            self.show_in_force()
            return
        self.form.restore(dict(draft.contenu))
        self.keeper.resume(draft.modifie_le)
        self._drop.show()
        self.message.show_message("info", self.tr("Reprise de ce que vous aviez commencé."))

    def keep_now(self) -> bool:
        return self.keeper.keep()

    def set_discreet(self, discreet: bool) -> None:
        super().set_discreet(discreet)
        self._blank.setVisible(discreet)
        for shown in self.named():
            shown.setVisible(not discreet)
        self._save.setEnabled(not discreet)

    def named(self) -> tuple[QWidget, ...]:
        """What names someone, and is blanked in discreet mode."""
        return ()

    def _snapshot(self) -> Snapshot:
        return Snapshot(self.form.state(), None, None)

    def _end_draft(self) -> None:
        self.keeper.drop()
        self._drop.hide()
        self.head.set_subtitle(self._about)

    @Slot()
    def _on_edited(self) -> None:
        self.keeper.touch()
        self._drop.show()
        self.message.clear()
        self.head.set_subtitle(self.tr("Modifications gardées en brouillon, pas encore enregistrées."))

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save()

    @Slot()
    def _on_drop_clicked(self) -> None:
        try:
            self._end_draft()
        except UserError as error:
            show_error(self.message, error)
            return
        self.message.clear()
        self.show_in_force()


class QuietCard(Card):
    """A card that only says something quietly."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.add(Quiet(words))
