"""What is to be done in a dossier by a day; added and done in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.dossier import TimelineEvent
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.list_card import RING, ListCard, with_buttons


class RelancesCard(ListCard):
    """What is to be done in this dossier by a day; added and done in place.

    Signals:
        done: Id of a relance.
    """

    done = Signal(int)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            self.tr("Relances"),
            self.tr("Rien n’est à faire dans ce dossier."),
            action=self.tr("Noter une re&lance"),
            icon="clock",
            shown=4,
        )
        self._today = today
        self.form = AgendaForm(today, with_hour=False)
        self.form.setContentsMargins(RING, 0, RING, 8)
        self.body.insertWidget(0, self.form)
        self.action_triggered.connect(self.form.open)

    def show_relances(self, events: Iterable[TimelineEvent], *, discreet: bool) -> None:
        """Show those that are not done, the first due first."""
        waiting = sorted(
            (each for each in events if each.kind == "relance" and each.issue == "a_faire"),
            key=lambda each: (each.date, each.id),
        )
        self.show_rows(((None, self._row(each, discreet=discreet)) for each in waiting), len(waiting))

    def _row(self, event: TimelineEvent, *, discreet: bool) -> QWidget:
        due = event.date <= self._today()
        chip = Chip("alert", self.tr("due")) if due else None
        done = Button(self.tr("Fait"), kind="quiet", icon="check")
        done.setAccessibleName(self.tr("Relance faite"))
        done.clicked.connect(lambda: self.done.emit(event.id))
        words = self.tr("Relance") if discreet else event.detail
        return with_buttons(Line(words, format_jour(event.date), chip=chip), [done])
