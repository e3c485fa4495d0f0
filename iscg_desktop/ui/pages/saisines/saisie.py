"""The card in which saisines are typed one after the other, and corrected."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.saisine_line import FIRST, SaisineLine
from iscg_desktop.ui.messages import show_problems
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet

FORMULAIRE = "saisine"
_PAGE = "saisines"
NEW = f"{_PAGE}:nouvelle"
"""Name of the draft of a saisine not recorded yet."""


class SaisieCard(Card):
    """A line always ready; what is half-typed is a draft, and comes back.

    Args:
        services: The use cases over the open coffre.
        hub: Told of what changes.

    Signals:
        recorded: Id of the saisine recorded or corrected.
    """

    recorded = Signal(int)

    def __init__(self, services: Services, hub: ChangesHub, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._hub = services, hub
        self._saisine_id: int | None = None
        self._done = 0
        self._left_at: str | None = None
        self._keeper: DraftKeeper | None = None
        self.line = SaisineLine(services.listes, services.journee, services.clock.today)
        self._message = InlineMessage()
        self._said = Quiet()
        self._record = Button(self.tr("Enregistrer   Ctrl+Entrée"))
        self._abandon = Button("", kind="quiet")
        self._said.setWordWrap(False)
        self.add_beside_title(self._said)
        self.add_beside_title(self._abandon)
        self.line.end_with(self._record)
        for part in (self._message, self.line):
            self.add(part)
        self.line.edited.connect(self._on_line_edited)
        self.line.settled.connect(self._on_line_settled)
        self.line.finished.connect(self.finish)
        self._record.clicked.connect(self.finish)
        self._abandon.clicked.connect(self.abandon)
        self._open(None)

    # What others ask of it.

    def resume(self, cle: str) -> None:
        """Go back to a draft by its name."""
        name = cle.removeprefix(f"{_PAGE}:")
        self._open(int(name) if name.isdigit() else None)

    def amend(self, saisine_id: int) -> None:
        """Correct a saisine; what was being typed stays a draft."""
        self._open(saisine_id)

    def start(self) -> None:
        """A fresh line; what was being typed in it is still there, and a correction stays a draft."""
        if self._saisine_id is not None:
            self._open(None)
        self.enter()

    def enter(self) -> None:
        """Go where the line begins; while nothing is typed it follows the day and the permanence."""
        untouched = self._keeper is not None and self._keeper.kept_at is None and not self._keeper.waiting
        self.line.offer_unites()
        if self._saisine_id is None and untouched:
            self.line.begin()
        self.line.enter(self._left_at or (self._first() if self._saisine_id is None else "motif"))
        self._left_at = None

    @Slot()
    def keep_now(self) -> bool:
        """Write the draft at once, before a lock or the end; False when the disk refuses."""
        return self._keeper is None or self._keeper.keep()

    def set_discreet(self, discreet: bool) -> None:
        """Blank the words typed, or show them again."""
        self.line.set_discreet(discreet)

    @property
    def draft_key(self) -> str:
        """Name of the draft being typed."""
        return NEW if self._saisine_id is None else f"{_PAGE}:{self._saisine_id}"

    @Slot()
    def finish(self) -> None:
        """Record the line, or say all that keeps it from being recorded; nothing typed is lost."""
        line, keeper = self.line, self._keeper
        refused = line.settle()
        if refused:
            line.enter(refused[0])
            return
        if self._saisine_id is None and line.is_blank():
            self._say(self.tr("Rien n’est encore écrit sur cette ligne. Un motif suffit."))
            line.enter("motif")
            return
        assert keeper is not None
        keeper.stop()
        saisines = self._services.saisines
        try:
            if self._saisine_id is None:
                saisine_id, changed = saisines.record(line.read(), keeper.cle)
            else:
                saisine_id = self._saisine_id
                changed = saisines.amend(saisine_id, line.read(), keeper.cle)
        except InvalidInput as error:
            show_problems(line.fields, error.problems, self._message)
            keeper.touch()
        except UserError as error:
            self._say(sentence(error), "alert")
            keeper.touch()
        else:
            self._go_on(saisine_id)
            self._hub.announce(changed)
            self.recorded.emit(saisine_id)

    @Slot()
    def abandon(self) -> None:
        """Forget what is typed, or leave the correction."""
        try:
            if self._keeper is not None:
                self._keeper.drop()
        except UserError as error:
            self._say(sentence(error), "alert")
            return
        self._open(None)
        self.enter()

    # How it goes on.

    def _go_on(self, saisine_id: int) -> None:
        """A fresh line after one that is recorded."""
        if self._saisine_id is None:
            self._done += 1
            self.line.remember()
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None  # its draft went with the recording
        self._open(None)
        self.enter()

    def _open(self, saisine_id: int | None) -> None:
        """Show a fresh line, or a saisine to correct, as its draft left it."""
        if self._keeper is not None:
            if not self._keeper.keep():
                return
            self._keeper.deleteLater()
        services = self._services
        self._saisine_id = saisine_id
        suivie = services.saisines.get(saisine_id) if saisine_id is not None else None
        if saisine_id is not None and suivie is None:
            services.brouillons.drop(self.draft_key)  # the saisine went with its dossier
            self._saisine_id = None
        self.line.offer_unites()
        kept = services.brouillons.get(self.draft_key)
        self._left_at = kept.champ if kept is not None else None
        if kept is not None:
            self.line.restore(kept.contenu["ligne"])
        elif suivie is not None:
            self.line.show_draft(suivie.saisine.draft())
        else:
            self.line.begin()
        self._keeper = DraftKeeper(
            services.brouillons, FORMULAIRE, self.draft_key, self._snapshot, services.clock.now, self
        )
        self._keeper.kept.connect(self._say_state)
        self._keeper.failed.connect(self._on_keeper_failed)
        if kept is not None:
            self._keeper.resume(kept.modifie_le)
        self._message.clear()
        self._show_title()
        self._say_state()
        if suivie is not None:
            self._say_frozen()

    def _show_title(self) -> None:
        new = self._saisine_id is None
        self.set_title(self.tr("Nouvelle saisine") if new else self.tr("Corriger la saisine"))
        self._abandon.setText(self.tr("Vider la ligne") if new else self.tr("Ne pas corriger"))

    def _say_frozen(self) -> None:
        """Say beforehand what of a saisine does not change any more."""
        assert self._saisine_id is not None
        suivie = self._services.saisines.get(self._saisine_id)
        quarter = self._services.saisines.frozen_quarter(suivie.saisine) if suivie else None
        if quarter is not None:
            error = UserError("saisine_trimestre_arrete", trimestre=quarter.libelle)
            self._say(sentence(error), "info")

    @Slot()
    def _say_state(self) -> None:
        """What was kept last, or how many were recorded in a row."""
        keeper = self._keeper
        words = []
        if keeper is not None and keeper.kept_at is not None:
            words.append(self.tr("Brouillon gardé à {0}").format(_hour(keeper.kept_at)))
        elif self._done:
            words.append(self.tr("%n saisine(s) enregistrée(s) à la suite", "", self._done))
        later = self._later()
        if later:
            words.append(later)
        self._said.setText(" · ".join(words) or self.tr("Entrée passe au suivant, puis enregistre."))

    def _later(self) -> str:
        """That the day typed lies in a quarter already arrêté, and where it will count."""
        day = self.line.value("date")
        if day is None or self._saisine_id is not None:
            return ""
        quarter = self._services.saisines.counts_later(day)
        return self.tr("comptera dans le {0}").format(quarter.libelle) if quarter else ""

    def _snapshot(self) -> Snapshot:
        return Snapshot({"ligne": self.line.state()}, self.line.champ, None)

    def _first(self) -> str:
        """Where a fresh line begins: the first of the answers that are remembered, while there is none."""
        return next(
            (name for name in ("unite_id", "origine", "support") if self.line.value(name) is None), FIRST
        )

    def _say(self, words: str, tone: str = "warn") -> None:
        self._message.show_message(tone, words)  # type: ignore[arg-type]

    @Slot()
    def _on_line_edited(self) -> None:
        assert self._keeper is not None
        self._keeper.touch()
        if self._message.tone != "info":
            self._message.clear()

    @Slot()
    def _on_line_settled(self) -> None:
        if self._keeper is not None and (self._keeper.waiting or self._keeper.kept_at is not None):
            self._keeper.touch()
        self._say_state()

    @Slot(object)
    def _on_keeper_failed(self, error: UserError) -> None:
        self._say(sentence(error), "alert")
        self._said.setText(self.tr("Brouillon pas encore gardé"))


def _hour(moment: datetime) -> str:
    return format_heure(moment.astimezone().time().replace(second=0, microsecond=0))
