"""What is to be done about a dossier: its orientations, relances, points for the référent, and its delays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_jour
from iscg_desktop.domain.delais import Delai
from iscg_desktop.domain.dossier import TimelineEvent
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.point_referent import Point
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import RING, ListCard


class OrientationsCard(ListCard):
    """Orientations of the dossier; each may become a fiche and has its suite.

    Signals:
        fiche_requested: Id of the orientation.
        suite_requested: Id of the orientation whose suite she wants to note.
    """

    fiche_requested = Signal(int)
    suite_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Orientations"),
            self.tr("Aucune encore. Une orientation s’ajoute ici (O) ou dans l’entretien."),
            action=self.tr("&Orienter"),
            icon="send",
            shown=4,
        )
        self._suites = False

    def show_orientations(
        self,
        orientations: Sequence[Orientation],
        listes: ListesService,
        names: Mapping[int, str],
        *,
        discreet: bool,
        suites: bool,
    ) -> None:
        """Show them, the newest first; ``suites`` offers to note what became of them."""
        self._suites = suites
        self.show_rows(
            ((None, self._row(each, listes, names, discreet=discreet)) for each in orientations),
            len(orientations),
        )

    def _row(
        self, orientation: Orientation, listes: ListesService, names: Mapping[int, str], *, discreet: bool
    ) -> QWidget:
        label = orientation.partenaire or listes.libelle("type_partenaire", orientation.type)
        motif = "" if discreet else orientation.motif
        sub = " · ".join(part for part in (names.get(orientation.personne_id, ""), motif) if part)
        chip = Chip("accent", listes.libelle("suite", orientation.suite)) if orientation.suite else None
        actions = []
        if orientation.fiche_numero is None and orientation.type != "aucune":
            actions.append((self.tr("Établir la fiche"), "file-text", self.fiche_requested))
        if orientation.type != "aucune" and self._suites:
            actions.append((self.tr("Noter la suite"), "corner-down-left", self.suite_requested))
        buttons = []
        for words, icon, signal in actions:
            button = Button(words, kind="quiet", icon=icon)
            button.clicked.connect(lambda _=False, s=signal: s.emit(orientation.id))
            buttons.append(button)
        # A suite is words too: beside a button it would leave the line no room.
        return _with_buttons(Line(label, sub, chip=chip), buttons, under=chip is not None)


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
        return _with_buttons(Line(words, format_jour(event.date), chip=chip), [done])


class PointsCard(ListCard):
    """Points to review with the référent; noted and seen in place.

    Signals:
        added: Words of a new point.
        seen: Id of a point, the day it was reviewed, what was decided.
    """

    added = Signal(str)
    seen = Signal(int, object, str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            self.tr("À revoir avec le référent"),
            self.tr("Aucun point en attente."),
            action=self.tr("Noter un &point"),
            icon="flag",
            shown=4,
        )
        self._today = today
        self._points: tuple[Point, ...] = ()
        self.adding = ShortForm({"texte": Field(self.tr("Point à re&voir"), LineEdit())}, self.tr("Ajou&ter"))
        self.seeing = ShortForm(
            {
                "jour": Field(self.tr("Vu le"), DateEdit(today)),
                "decision": Field(self.tr("Décision"), LineEdit()),
            },
            self.tr("Enre&gistrer"),
        )
        for form in (self.seeing, self.adding):
            self.body.insertWidget(0, form)
        self.action_triggered.connect(self.add_point)
        self.adding.submitted.connect(lambda values: self.added.emit(values["texte"]))
        self.seeing.submitted.connect(self._on_seeing_submitted)

    def show_points(self, points: Sequence[Point], *, discreet: bool) -> None:
        """Show those that wait."""
        self._points = tuple(points)
        for form in (self.adding, self.seeing):
            form.set_discreet(discreet)
        self.show_rows(((None, self._row(each, discreet=discreet)) for each in points), len(points))

    def _row(self, point: Point, *, discreet: bool) -> QWidget:
        seen = Button(self.tr("Vu"), kind="quiet", icon="check")
        seen.setAccessibleName(self.tr("Vu avec le référent"))
        seen.clicked.connect(lambda: self.see(point.id))
        words = self.tr("Point à revoir") if discreet else point.texte
        noted = self.tr("noté le {jour}").format(jour=format_jour(point.pose_le))
        return _with_buttons(Line(words, noted), [seen])

    def see(self, point_id: int) -> None:
        """Ask what was decided of a point that waits."""
        point = next((each for each in self._points if each.id == point_id), None)
        if point is not None:
            self.adding.hide()
            self.seeing.open(point, {"jour": self._today()})

    @Slot()
    def add_point(self) -> None:
        """Ask for a new point."""
        self.seeing.hide()
        self.adding.open()

    @Slot(object)
    def _on_seeing_submitted(self, values: dict[str, object]) -> None:
        if self.seeing.subject is not None:
            self.seen.emit(self.seeing.subject.id, values["jour"], str(values["decision"]))


def _with_buttons(line: Line, buttons: Sequence[Button], *, under: bool = False) -> QWidget:
    """A line over its buttons; one alone stands beside it, unless it is to be under."""
    holder = QWidget()
    if len(buttons) == 1 and not under:
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(line, 1)
        beside.addWidget(buttons[0])
        return holder
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(0)
    column.addWidget(line)
    row = QHBoxLayout()
    row.setSpacing(4)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    column.addLayout(row)
    return holder


class DelaisCard(Card):
    """The delays of the dossier, quietly; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(self.tr("Délais"), icon="clock")
        self._words = Quiet()
        self.add(self._words)

    def show_delais(self, delais: Sequence[Delai]) -> None:
        """Show them, one on a line."""
        steps = {
            "saisine": self.tr("saisine"),
            "tentative": self.tr("premier appel"),
            "entretien": self.tr("premier entretien"),
            "remise": self.tr("fiche remise"),
            "retour": self.tr("retour"),
        }
        lines = [
            self.tr("{de} → {a} : {temps}").format(
                de=steps[each.de],
                a=steps[each.a],
                temps=self.tr("le jour même") if not each.jours else self.tr("%n jour(s)", "", each.jours),
            )
            for each in delais
        ]
        self._words.setText("\n".join(line[0].upper() + line[1:] for line in lines))
        self.setVisible(bool(lines))
