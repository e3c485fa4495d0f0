"""The persons of a dossier, each on her side, and who may know what of whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

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
from iscg_desktop.ui.widgets.columns import Columns, stacked
from iscg_desktop.ui.widgets.contact_sur import ContactSur
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
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

    def __init__(
        self, concerned: PersonneConcernee, listes: ListesService, *, discreet: bool, by_hand: bool
    ) -> None:
        identite = concerned.personne.identite
        super().__init__(identite.initiales if discreet else identite.nom_complet)
        born = format_naissance(identite.naissance) if identite.naissance else ""
        known = concerned.statut != NON_RENSEIGNE
        row = QHBoxLayout()
        row.setSpacing(8)
        statuts = [concerned.statut] if known else []
        if concerned.cote is Cote.LES_DEUX:
            statuts += sorted(concerned.statuts - {concerned.statut, NON_RENSEIGNE})
        for statut in statuts:
            row.addWidget(Chip(_ROLES[cote_of(statut)], listes.libelle("statut", statut)))
        row.addWidget(Quiet(born or ("" if known else self.tr("Rien de noté encore"))), 1)
        self.add(row)
        contact = ContactSur()
        contact.set_discreet(discreet)
        self.add(contact)
        contact.show_identite(identite)
        self.personne_id = concerned.personne.id
        self.set_action(self.tr("Voir"))
        self.action_triggered.connect(self._on_action_triggered)
        self.tick = self._accueil(concerned) if by_hand or not concerned.accueillie else None
        if self.tick is not None:
            self.add(self.tick)
        if discreet:
            return
        place = ", ".join(part for part in (identite.adresse, listes.commune(identite.commune or "")) if part)
        if place:
            self.add(Line(place, icon="map-pin"))

    @Slot()
    def _on_action_triggered(self) -> None:
        self.personne_requested.emit(self.personne_id)

    def _accueil(self, concerned: PersonneConcernee) -> CheckBox:
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
        self._cards: list[PersonneCard] = []

    def show_persons(
        self,
        persons: Sequence[PersonneConcernee],
        listes: ListesService,
        *,
        by_hand: frozenset[int],
        discreet: bool,
    ) -> None:
        """Show these persons; those of ``by_hand`` count without having been met. The keyboard stays on a tick."""
        ticked = next((card.personne_id for card in self._cards if card.tick and card.tick.hasFocus()), None)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        cards = {
            suspect: [
                PersonneCard(each, listes, discreet=discreet, by_hand=each.personne.id in by_hand)
                for each in persons
                if (each.cote is Cote.MIS_EN_CAUSE) is suspect
            ]
            for suspect in (False, True)
        }
        self._cards = cards[False] + cards[True]
        for card in self._cards:
            card.personne_requested.connect(self.personne_requested)
            card.accueil_asked.connect(self.accueil_asked)
        laid_out = self._laid_out(cards[False], cards[True])
        self._column.addWidget(laid_out)
        if ticked is not None:
            laid_out.show()  # at once: what is not in sight takes no key
            self._enter(ticked)

    def _laid_out(self, others: list[PersonneCard], suspects: list[PersonneCard]) -> QWidget:
        if others and suspects:
            apart = self.tr("Mis en cause et ses proches, tenus à part")
            return Columns(_stack(self.tr("Victime et autres personnes"), others), _stack(apart, suspects))
        every = others or suspects
        left, right = every[::2], every[1::2]
        return Columns(_stack("", left), _stack("", right)) if right else _stack("", left)

    def _enter(self, personne_id: int) -> None:
        for card in self._cards:
            if card.personne_id == personne_id and card.tick is not None:
                card.tick.setFocus(Qt.FocusReason.OtherFocusReason)


def _stack(title: str, cards: Sequence[QWidget]) -> QWidget:
    return stacked(Heading(title), *cards, spacing=GAP - 6) if title else stacked(*cards)


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
