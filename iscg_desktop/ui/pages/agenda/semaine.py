"""The days of a week, each with its permanences and rendez-vous, and what can be done with one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.agenda import ANNULE, PREVU, Journee, Permanence, RendezVous
from iscg_desktop.domain.dates import JOURS, MOIS, format_duree, format_heure
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Heading, Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.words import initials

Action = tuple[str, str, Callable[[], None]]  # words, icon, what it does
_DAY_WIDTH = 132  # pixels at 100 %
_ROLES = {"honore": "good", "absent": "warn", "annule": "quiet"}


class Entree(QWidget):
    """A line of a day; activated, it opens on what can be done.

    Args:
        line: What is said of it.
        actions: What can be done.
    """

    def __init__(self, line: Line, actions: Callable[[], Sequence[Action]]) -> None:
        super().__init__()
        self.line, self._actions = line, actions
        self._opened: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(line)
        line.activated.connect(self._on_line_activated)

    def _on_line_activated(self) -> None:
        """Open, or close again."""
        if self._opened is not None:
            self._opened.hide()
            self._opened.deleteLater()
            self._opened = None
            return
        self._opened = QWidget()
        row = FlowLayout(self._opened, spacing=8)
        row.setContentsMargins(36, 0, 0, 6)
        for words, icon, act in self._actions():
            button = Button(words, icon=icon)
            button.clicked.connect(act)
            row.addWidget(button)
        self._column.addWidget(self._opened)


class SemaineCard(Card):
    """The week.

    Signals:
        rendez_vous_chosen: Id of a rendez-vous to amend.
        etat_chosen: Id of a rendez-vous, and what became of it.
        dossier_requested: Id of a dossier.
        permanence_chosen: A permanence to plan otherwise, and from which day on.
        held_chosen: Id of a permanence, a day, and whether it is held on that day.
        end_chosen: Id of a permanence, and the day from which it is held no more.
    """

    rendez_vous_chosen = Signal(int)
    etat_chosen = Signal(int, str)
    dossier_requested = Signal(int)
    permanence_chosen = Signal(object, object)
    held_chosen = Signal(int, object, bool)
    end_chosen = Signal(int, object)

    def __init__(self, listes: ListesService) -> None:
        super().__init__()
        self._listes = listes
        self._names = self._discreet = False
        self.body.setSpacing(0)

    def show_days(self, days: Iterable[Journee], today: date, *, names: bool, discreet: bool) -> None:
        """Show the days in place of the others; in discreet mode no name and no word of hers."""
        self._names, self._discreet = names and not discreet, discreet
        self.clear()
        days = tuple(days)
        if not any(day.permanences or day.absences or day.rendez_vous for day in days):
            words = self.tr(
                "Rien n’est noté cette semaine. Fixez un rendez-vous, ou planifiez vos permanences."
            )
            self.add(Quiet(words))
        for rank, day in enumerate(days):
            self.add(_Day(day.jour, today, list(self._entries(day)), first=not rank))

    def _entries(self, day: Journee) -> Iterable[QWidget]:
        for permanence in day.permanences:
            yield self._permanence(permanence, day.jour, held=True)
        for permanence in day.absences:
            yield self._permanence(permanence, day.jour, held=False)
        for rendez_vous in day.rendez_vous:
            yield self._rendez_vous(rendez_vous)

    def _permanence(self, each: Permanence, day: date, *, held: bool) -> QWidget:
        hours = f"{format_heure(each.debut)} – {format_heure(each.fin)}"
        chip = None if held else Chip("warn", self.tr("pas cette fois"))
        words = f"{hours}   {self._listes.unite(each.unite_id)}"
        line = Line(words, icon="map-pin", chip=chip, clickable=True)
        return Entree(line, partial(self._permanence_actions, each, day, held=held))

    def _permanence_actions(self, each: Permanence, day: date, *, held: bool) -> list[Action]:
        actions: list[Action] = []
        if each.comes_back:
            words = self.tr("Pas cette fois") if held else self.tr("Elle a lieu finalement")
            actions.append(
                (words, "x" if held else "check", partial(self.held_chosen.emit, each.id, day, not held))
            )
        words = self.tr("Modifier à partir de ce jour") if each.comes_back else self.tr("Modifier")
        actions.append((words, "pencil", partial(self.permanence_chosen.emit, each, day)))
        words = self.tr("Arrêter à partir de ce jour") if each.comes_back else self.tr("Retirer")
        actions.append((words, "trash-2", partial(self.end_chosen.emit, each.id, day)))
        return actions

    def _rendez_vous(self, each: RendezVous) -> QWidget:
        who = f"{each.prenom} {each.nom}".strip() if self._names else initials(each.prenom, each.nom)
        said = [who, "" if self._discreet else each.objet]
        words = " — ".join(part for part in said if part) or self.tr("rendez-vous")
        place = self._listes.unite(each.unite_id) or self._listes.libelle("lieu", each.lieu)
        below = [each.dossier, format_duree(each.duree), place]
        line = Line(
            f"{format_heure(each.heure)}   {words}",
            " · ".join(part for part in below if part),
            icon="calendar",
            chip=self._chip(each.etat),
            clickable=True,
        )
        return Entree(line, partial(self._rendez_vous_actions, each))

    def _chip(self, etat: str) -> Chip | None:
        labels = {
            "honore": self.tr("honoré"),
            "absent": self.tr("absent"),
            "annule": self.tr("annulé"),
        }
        return Chip(_ROLES[etat], labels[etat]) if etat in labels else None

    def _rendez_vous_actions(self, each: RendezVous) -> list[Action]:
        steps = {
            "honore": (self.tr("Honoré"), "check"),
            "absent": (self.tr("Absent"), "user"),
            ANNULE: (self.tr("Annuler"), "x"),
            PREVU: (self.tr("Prévu, finalement"), "undo-2"),
        }
        offered = ["honore", "absent", ANNULE] if each.etat == PREVU else [PREVU]
        actions: list[Action] = [
            (*steps[etat], partial(self.etat_chosen.emit, each.id, etat)) for etat in offered
        ]
        actions.append((self.tr("Modifier"), "pencil", partial(self.rendez_vous_chosen.emit, each.id)))
        if each.dossier_id is not None:
            words = self.tr("Ouvrir le dossier")
            actions.append((words, "folder-open", partial(self.dossier_requested.emit, each.dossier_id)))
        return actions


class _Day(QWidget):
    """One day: its name on the left, what it holds on the right."""

    def __init__(self, day: date, today: date, entries: Sequence[QWidget], *, first: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0 if first else GAP - 4, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._name(day, today))
        right = QVBoxLayout()
        right.setSpacing(2)
        for entry in entries:
            right.addWidget(entry)
        if not entries:
            empty = Quiet("–")
            empty.setContentsMargins(8, 4, 0, 0)
            right.addWidget(empty)
        right.addStretch(1)
        row.addLayout(right, 1)

    def _name(self, day: date, today: date) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(max(_DAY_WIDTH, self.fontMetrics().horizontalAdvance("mercredi 00 septembre")))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        name = f"{JOURS[day.weekday()]} {'1er' if day.day == 1 else day.day}"
        column.addWidget(Heading(name.capitalize()) if day == today else Quiet(name.capitalize()))
        if day == today:
            words = QCoreApplication.translate("Semaine", "aujourd’hui")
            column.addWidget(Quiet(words))
        elif day.day == 1 or day.weekday() == 0:
            column.addWidget(Quiet(MOIS[day.month - 1]))
        column.addStretch(1)
        return holder
