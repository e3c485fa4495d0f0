"""Keeps what is typed in a short form, which finds it again when it is opened for the same thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.brouillons import BrouillonsService
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.form import cursor_of, enter
from iscg_desktop.ui.widgets.field import Field

_FORMULAIRE = "etape"


class Kept(Protocol):
    """What is typed in, and can be put back."""

    fields: dict[str, Field]
    edited: SignalInstance

    def state(self) -> dict[str, Any]:
        """What is typed, half-typed words included."""

    def restore(self, state: Mapping[str, Any], /) -> None:
        """Put back what ``state`` gave."""


class ShortDraft(QObject):
    """The draft of one short form at a time, under the name of its page and of what it is about.

    Args:
        brouillons: Where drafts are kept.
        now: Tells the moment.
    """

    def __init__(
        self, brouillons: BrouillonsService, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._brouillons, self._now = brouillons, now
        self._form: Kept | None = None
        self._keeper: DraftKeeper | None = None
        self._told = False

    @property
    def cle(self) -> str:
        """Name of the draft of the form that is open, "" while none is."""
        return self._keeper.cle if self._keeper is not None else ""

    @property
    def holds(self) -> bool:
        """Whether something was typed in the form that is open and is not recorded."""
        return self._keeper is not None and self._keeper.holds

    def follow(
        self, form: Kept, cle: str, dossier_id: int | None = None, *, enter_field: bool = True
    ) -> bool:
        """A form was opened: put back what was left in it, and keep what is typed from now on.

        Args:
            form: The form.
            cle: Name of its draft.
            dossier_id: Dossier it is about.
            enter_field: Go to the field where she left, at the letter.

        Returns:
            Whether something was left in it.
        """
        if form is self._form:
            self._forget()  # it holds another thing already: what was typed before was kept when it was left
        self.leave()
        blank = form.state()
        kept = self._brouillons.get(cle)
        if kept is not None:
            form.restore(kept.contenu["champs"])
            if enter_field and kept.champ in form.fields:
                enter(form.fields[kept.champ].widget, kept.contenu.get("curseur"))
        self._form = form
        self._keeper = DraftKeeper(
            self._brouillons,
            _FORMULAIRE,
            cle,
            lambda: _snapshot(form, dossier_id) if form.state() != blank else None,
            self._now,
            self,
        )
        self._keeper.failed.connect(self._on_keeper_failed)
        self._keeper.kept.connect(self._on_keeper_kept)
        if kept is not None:
            self._keeper.resume(kept.modifie_le)
        form.edited.connect(self._keeper.touch)
        return kept is not None

    def keep_now(self) -> bool:
        """Write it at once; False when the disk refuses."""
        return self._keeper is None or self._keeper.keep()

    def leave(self) -> None:
        """The form is put away as it is: its draft waits, in memory as long as the disk refuses it."""
        if not self.keep_now() and self._keeper is not None:
            self._keeper.set_aside()
        self._forget()

    @Slot()
    def drop(self) -> None:
        """It was done, or she gave up: nothing of it is kept."""
        if self._keeper is not None:
            with suppress(UserError):  # a draft too many on a disk that is full harms nobody
                self._keeper.drop()
        self._forget()

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        """Say so once, at the foot of the window: a form of two fields has no place for it."""
        window = None if self._form is None else _window(self._form)
        if not self._told and hasattr(window, "say"):
            window.say(sentence(error), "alert")
        self._told = True

    @Slot()
    def _on_keeper_kept(self) -> None:
        self._told = False

    def _forget(self) -> None:
        if self._keeper is not None and self._form is not None:
            self._form.edited.disconnect(self._keeper.touch)
            self._keeper.stop()
            self._keeper.deleteLater()
        self._form = self._keeper = None


def _window(form: Kept) -> Any:
    return next(iter(form.fields.values())).window()


def _snapshot(form: Kept, dossier_id: int | None) -> Snapshot:
    here = _window(form).focusWidget()  # where the keyboard is, or was when the window was hidden
    champ = next(
        (name for name, field in form.fields.items() if here is not None and field.isAncestorOf(here)), None
    )
    cursor = cursor_of(form.fields[champ].widget) if champ is not None else 0
    return Snapshot({"champs": form.state(), "curseur": cursor}, champ, dossier_id)
