"""Keeps what is typed in a short form, which finds it again when it is opened for the same thing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from iscg_desktop.errors import UserError
from iscg_desktop.services.brouillons import BrouillonsService
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.form import Form

_FORMULAIRE = "etape"


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
        self._form: Form | None = None
        self._keeper: DraftKeeper | None = None

    @property
    def cle(self) -> str:
        """Name of the draft of the form that is open, "" while none is."""
        return self._keeper.cle if self._keeper is not None else ""

    def follow(self, form: Form, cle: str, dossier_id: int | None = None) -> None:
        """A form was opened: put back what was left in it, and keep what is typed from now on."""
        self.leave()
        kept = self._brouillons.get(cle)
        if kept is not None:
            form.restore(kept.contenu["champs"])
        self._form = form
        self._keeper = DraftKeeper(
            self._brouillons,
            _FORMULAIRE,
            cle,
            lambda: Snapshot({"champs": form.state()}, None, dossier_id),
            self._now,
            self,
        )
        if kept is not None:
            self._keeper.resume(kept.modifie_le)
        form.edited.connect(self._keeper.touch)

    def keep_now(self) -> bool:
        """Write it at once; False when the disk refuses."""
        return self._keeper is None or self._keeper.keep()

    def leave(self) -> None:
        """The form is put away as it is: its draft waits."""
        self.keep_now()
        self._forget()

    @Slot()
    def drop(self) -> None:
        """It was done, or she gave up: nothing of it is kept."""
        if self._keeper is not None:
            with suppress(UserError):  # a draft too many on a disk that is full harms nobody
                self._keeper.drop()
        self._forget()

    def _forget(self) -> None:
        if self._keeper is not None and self._form is not None:
            self._form.edited.disconnect(self._keeper.touch)
            self._keeper.stop()
            self._keeper.deleteLater()
        self._form = self._keeper = None
