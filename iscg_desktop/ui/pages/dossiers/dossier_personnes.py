"""The persons of a dossier, each on her side, and who may know what of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, zip_longest

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.cloisonnement import Cote, Element, Partie, Regle, cote_of, opposed, visible_to
from iscg_desktop.domain.dates import format_naissance
from iscg_desktop.domain.dossier import PersonneConcernee
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.contact_sur import ContactSur
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.late import in_tab_order, show_when
from iscg_desktop.ui.widgets.line import Line

_ROLES = {Cote.VICTIME: "accent", Cote.MIS_EN_CAUSE: "alert", Cote.AUTRE: "quiet"}


class PersonneCard(Card):
    """A person of the dossier; how to reach her without danger cannot be missed.

    Attributes:
        personne_id: Her id.
        tick: Whether she counts without having been met; None where she was.

    Signals:
        personne_requested: Id of the person whose page is wanted.
        accueil_asked: Her id, and whether she is to be counted though she was not met.
    """

    personne_requested = Signal(int)
    accueil_asked = Signal(int, bool)

    def __init__(self, listes: ListesService) -> None:
        super().__init__()
        self._listes = listes
        self.personne_id = 0
        self._chips: list[Chip] = []
        self._born = Quiet()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._born, 1)
        self.add(self._row)
        self._contact = ContactSur()
        self.add(self._contact)
        self._tick: CheckBox | None = None
        self.tick: CheckBox | None = None
        self._place = Line("", icon="map-pin")
        self.add(self._place)
        self.set_action(self.tr("Voir"))
        self.action_triggered.connect(self._on_action_triggered)

    def show_person(self, concerned: PersonneConcernee, *, discreet: bool, by_hand: bool) -> None:
        """Be about a person; ``by_hand`` says that she counts though she was not met."""
        listes, identite = self._listes, concerned.personne.identite
        self.personne_id = concerned.personne.id
        self.set_title(identite.initiales if discreet else identite.nom_complet)
        known = concerned.statut != NON_RENSEIGNE
        statuts = [concerned.statut] if known else []
        if concerned.cote is Cote.LES_DEUX:
            statuts += sorted(concerned.statuts - {concerned.statut, NON_RENSEIGNE})
        self._show_chips([(_ROLES[cote_of(each)], listes.libelle("statut", each)) for each in statuts])
        born = format_naissance(identite.naissance) if identite.naissance else ""
        self._born.setText(born or ("" if known else self.tr("Rien de noté encore")))
        self._contact.set_discreet(discreet)
        self._contact.show_identite(identite)
        self._show_tick(concerned, by_hand or not concerned.accueillie)
        place = ", ".join(part for part in (identite.adresse, listes.commune(identite.commune or "")) if part)
        if discreet:
            place = ""
        self._place.say(place, icon="map-pin")
        show_when(self._place, bool(place))

    @property
    def last_stop(self) -> QWidget:
        """The last that Tab comes to in it."""
        return self._tick or self._action or self

    @Slot()
    def _on_action_triggered(self) -> None:
        self.personne_requested.emit(self.personne_id)

    def _show_chips(self, states: Sequence[tuple[str, str]]) -> None:
        while len(self._chips) < len(states):
            self._chips.append(Chip("quiet", ""))
            self._row.insertWidget(len(self._chips) - 1, self._chips[-1])
        for chip, state in zip_longest(self._chips, states):
            if state is not None:
                chip.set(*state)
            show_when(chip, state is not None)

    def _show_tick(self, concerned: PersonneConcernee, wanted: bool) -> None:
        """Whether she counts without having been met: a child, a relative helped unseen."""
        if wanted and self._tick is None:
            self._tick = CheckBox(self.tr("Accueillie sans être vue (comptée dans le bilan)"))
            self._tick.edited.connect(self._on_tick_edited)
            self.body.insertWidget(self.body.indexOf(self._place), self._tick)
            in_tab_order(self.last_stop, self._tick)
        self.tick = self._tick if wanted else None
        if self._tick is not None:
            self._tick.set_value(concerned.accueillie)
            show_when(self._tick, wanted)

    @Slot()
    def _on_tick_edited(self) -> None:
        if self.tick is not None:
            self.accueil_asked.emit(self.personne_id, self.tick.value())


class PersonnesPanel(QWidget):
    """The persons of a dossier, the side of the mis en cause visibly apart.

    Signals:
        personne_requested: Id of the person whose page is wanted.
        accueil_asked: Id of a person helped unseen, and whether she is to be counted.
    """

    personne_requested = Signal(int)
    accueil_asked = Signal(int, bool)

    def __init__(self, listes: ListesService) -> None:
        super().__init__()
        self._sides = _Side(listes), _Side(listes)
        for side in self._sides:
            side.personne_requested.connect(self.personne_requested)
            side.accueil_asked.connect(self.accueil_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(*self._sides))

    def show_persons(
        self, persons: Sequence[PersonneConcernee], *, by_hand: frozenset[int], discreet: bool
    ) -> None:
        """Show these persons; those of ``by_hand`` count without having been met. The keyboard stays on a tick."""
        cards = [card for side in self._sides for card in side.cards]
        ticked = next((card.personne_id for card in cards if card.tick and card.tick.hasFocus()), None)
        suspects = [each for each in persons if each.cote is Cote.MIS_EN_CAUSE]
        others = [each for each in persons if each.cote is not Cote.MIS_EN_CAUSE]
        titles: tuple[str, str] = "", ""
        shares: tuple[Sequence[PersonneConcernee], ...] = persons[::2], persons[1::2]
        if others and suspects:
            titles = (
                self.tr("Victime et autres personnes"),
                self.tr("Mis en cause et ses proches, tenus à part"),
            )
            shares = others, suspects
        for side, title, shown in zip(self._sides, titles, shares, strict=True):
            side.show_persons(title, shown, by_hand=by_hand, discreet=discreet)
        if ticked is not None:
            self._enter(ticked)

    def _enter(self, personne_id: int) -> None:
        for side in self._sides:
            for card in side.cards:
                if card.personne_id == personne_id and card.tick is not None:
                    card.tick.setFocus(Qt.FocusReason.OtherFocusReason)


class _Side(QWidget):
    """Cards of persons under each other; they stay for the next dossier, for a card is long to make.

    Attributes:
        cards: Those that show somebody.
    """

    personne_requested = Signal(int)
    accueil_asked = Signal(int, bool)

    def __init__(self, listes: ListesService) -> None:
        super().__init__()
        self._listes = listes
        self._made: list[PersonneCard] = []
        self.cards: list[PersonneCard] = []
        self._heading = Heading()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._heading)
        self._column.addStretch(1)

    def show_persons(
        self, title: str, persons: Sequence[PersonneConcernee], *, by_hand: frozenset[int], discreet: bool
    ) -> None:
        """Show these persons under a title, if any."""
        self._heading.setText(title)
        self._heading.setVisible(bool(title))
        self._column.setSpacing(GAP - 6 if title else GAP)
        while len(self._made) < len(persons):
            self._make()
        self.cards = self._made[: len(persons)]
        for card, each in zip_longest(self._made, persons):
            if each is not None:
                card.show_person(each, discreet=discreet, by_hand=each.personne.id in by_hand)
            card.setVisible(each is not None)
        self.setVisible(bool(persons))

    def _make(self) -> None:
        card = PersonneCard(self._listes)
        card.personne_requested.connect(self.personne_requested)
        card.accueil_asked.connect(self.accueil_asked)
        self._column.insertWidget(1 + len(self._made), card)
        if self._made:
            in_tab_order(self._made[-1].last_stop, card.last_stop)
        self._made.append(card)


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
        sides = [each.cote for each in persons]
        self.setVisible(any(opposed(one, other) for one, other in combinations(sides, 2)))

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
