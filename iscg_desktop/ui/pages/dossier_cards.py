"""What stands around the timeline of a dossier: its persons, what is to be done, who may know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.cloisonnement import Cote, Element, Partie, Regle, cote_of, visible_to
from iscg_desktop.domain.dates import format_jour, format_naissance
from iscg_desktop.domain.delais import Delai
from iscg_desktop.domain.dossier import PersonneConcernee, TimelineEvent
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.point_referent import Point
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.agenda_form import AgendaForm
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.contact_sur import ContactSur
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.list_card import RING, ListCard

_ROLES = {Cote.VICTIME: "accent", Cote.MIS_EN_CAUSE: "alert", Cote.AUTRE: "quiet"}


class PersonneCard(Card):
    """A person of the dossier; how to reach her without danger cannot be missed.

    Signals:
        personne_requested: Id of the person whose page is wanted.
        accueil_asked: Her id, and whether she is to be counted though she was not met.
    """

    personne_requested = Signal(int)
    accueil_asked = Signal(int, bool)

    def __init__(
        self, concerned: PersonneConcernee, listes: ListesService, *, discreet: bool, by_hand: bool
    ) -> None:
        identite = concerned.personne.identite
        super().__init__(identite.initiales if discreet else identite.nom_complet)
        born = format_naissance(identite.naissance) if identite.naissance else ""
        known = concerned.statut != NON_RENSEIGNE
        row = QHBoxLayout()
        row.setSpacing(8)
        if known:
            row.addWidget(Chip(_ROLES[cote_of(concerned.statut)], listes.libelle("statut", concerned.statut)))
        row.addWidget(Quiet(born or ("" if known else self.tr("Rien de noté encore"))), 1)
        self.add(row)
        contact = ContactSur()
        contact.set_discreet(discreet)
        self.add(contact)
        contact.show_identite(identite)
        self._personne_id = concerned.personne.id
        self.set_action(self.tr("Voir"))
        self.action_triggered.connect(self._on_action_triggered)
        if by_hand or not concerned.accueillie:
            self.add(self._accueil(concerned))
        if discreet:
            return
        place = ", ".join(part for part in (identite.adresse, listes.commune(identite.commune or "")) if part)
        if place:
            self.add(Line(place, icon="map-pin"))

    @Slot()
    def _on_action_triggered(self) -> None:
        self.personne_requested.emit(self._personne_id)

    def _accueil(self, concerned: PersonneConcernee) -> QWidget:
        """Whether she counts without having been met: a child, a relative helped unseen."""
        tick = CheckBox(self.tr("Accueillie sans être vue (comptée dans le bilan)"))
        tick.set_value(concerned.accueillie)
        tick.edited.connect(lambda: self.accueil_asked.emit(concerned.personne.id, tick.value()))
        return tick


class PersonnesPanel(QWidget):
    """The persons of a dossier, the side of the mis en cause visibly apart.

    Signals:
        personne_requested: Id of the person whose page is wanted.
        accueil_asked: Id of a person helped unseen, and whether she is to be counted.
    """

    personne_requested = Signal(int)
    accueil_asked = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_persons(
        self,
        persons: Sequence[PersonneConcernee],
        listes: ListesService,
        *,
        by_hand: frozenset[int],
        discreet: bool,
    ) -> None:
        """Show these persons; those of ``by_hand`` count without having been met."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        cards = {
            suspect: [
                PersonneCard(each, listes, discreet=discreet, by_hand=each.personne.id in by_hand)
                for each in persons
                if (cote_of(each.statut) is Cote.MIS_EN_CAUSE) is suspect
            ]
            for suspect in (False, True)
        }
        for card in cards[False] + cards[True]:
            card.personne_requested.connect(self.personne_requested)
            card.accueil_asked.connect(self.accueil_asked)
        if cards[False] and cards[True]:
            apart = self.tr("Mis en cause et ses proches, tenus à part")
            self._column.addWidget(
                Columns(
                    _stack(self.tr("Victime et autres personnes"), cards[False]), _stack(apart, cards[True])
                )
            )
            return
        every = cards[False] or cards[True]
        left, right = every[::2], every[1::2]
        self._column.addWidget(Columns(_stack("", left), _stack("", right)) if right else _stack("", left))


def _stack(title: str, cards: Sequence[QWidget]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP - 6 if title else GAP)
    if title:
        column.addWidget(Heading(title))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder


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


class CloisonnementCard(Card):
    """Which document may say what of the other side; shown when the dossier holds both."""

    def __init__(self) -> None:
        super().__init__(self.tr("Qui peut savoir quoi"), icon="shield")
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(8)
        heads = ("", self.tr("Document de la victime"), self.tr("Document du mis en cause"))
        for place, head in enumerate(heads):
            grid.addWidget(Quiet(head), 0, place)
        nothing = self.tr("rien de l’autre")
        rows = (
            (self.tr("Fiche"), self._of_other(Cote.VICTIME), self._of_other(Cote.MIS_EN_CAUSE)),
            (self.tr("Copie remise à la personne"), nothing, nothing),
            (self.tr("Liste pour le référent"), self.tr("tout, sur papier"), self.tr("tout, sur papier")),
            (self.tr("Bilan"), self.tr("aucun nom"), self.tr("aucun nom")),
        )
        for rank, row in enumerate(rows, 1):
            for place, words in enumerate(row):
                grid.addWidget(Text(words) if place else Quiet(words), rank, place)
        for place, share in enumerate((3, 4, 4)):
            grid.setColumnStretch(place, share)
        self.add(grid)

    def show_sides(self, persons: Iterable[PersonneConcernee]) -> None:
        """Show the table when both sides are there."""
        suspects = [cote_of(each.statut) is Cote.MIS_EN_CAUSE for each in persons]
        self.setVisible(any(suspects) and not all(suspects))

    def _of_other(self, cote: Cote) -> str:
        """What a fiche of a side may say of the other, from the rule itself."""
        other = Cote.VICTIME if cote is Cote.MIS_EN_CAUSE else Cote.MIS_EN_CAUSE
        names = {
            Element.IDENTITE: self.tr("identité"),
            Element.FAITS: self.tr("faits"),
            Element.ADRESSE: self.tr("adresse"),
            Element.CONTACT: self.tr("contact"),
            Element.DEMARCHES: self.tr("démarches"),
        }
        rules = {each: visible_to(Partie(1, cote), Partie(2, other), each) for each in names}
        ticked = ", ".join(names[each] for each, rule in rules.items() if rule is Regle.SI_COCHE)
        never = ", ".join(names[each] for each, rule in rules.items() if rule is Regle.JAMAIS)
        return self.tr("Si vous cochez : {coche}.\nJamais : {jamais}.").format(coche=ticked, jamais=never)
