"""What may be ticked for a recipient, each item beside what it would tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.dates import format_naissance
from iscg_desktop.domain.fiche_liaison import FicheContent, Item
from iscg_desktop.domain.fiche_sections import Reponse
from iscg_desktop.ui.widgets.check_box import CheckBox
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.labels import Quiet

_SHOWN = 90  # characters: enough to recognise a text, the preview shows the whole
_INDENT = 30  # pixels: under the words of the box
BLANKED = "•••"


class ItemField(Field):
    """A box to tick, and under it what ticking it transmits."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__("", CheckBox(label), parent=parent)
        self._label.hide()
        self.layout().setSpacing(0)

    def show_known(self, words: str, *, discreet: bool) -> None:
        """Say what the item holds; nothing of it while the screen is discreet."""
        nothing = self.tr("non renseigné")
        shown = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
        self.set_hint((BLANKED if discreet else shown) if words else nothing)

    def _make_hint(self) -> Quiet:
        hint = super()._make_hint()
        hint.setContentsMargins(_INDENT, 0, 0, 4)
        return hint


def groups() -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """The items in the order of the printed fiche, under the headings of the form."""
    translate = QCoreApplication.translate
    return (
        (translate("Items", "La personne et les siens"), (
            Item.NAISSANCE, Item.ADRESSE, Item.CONTACT_SUR, Item.FOYER, Item.SCOLARITE, Item.PARENTS,
            Item.AUTRE_PARTIE, Item.STATUT,
        )),
        (translate("Items", "La situation"), (
            Item.PROBLEMATIQUES, Item.RECIT, Item.BESOINS, Item.RISQUES, Item.RESSOURCES_PERSONNE,
            Item.GRILLE_DANGER, Item.ACTIVITE, Item.CSP, Item.RESSOURCES, Item.LOGEMENT, Item.VULNERABILITES,
        )),
        (translate("Items", "L’accompagnement"), (
            Item.SUIVI, Item.REFERENT, Item.DEMARCHES, Item.AUTRES_ORIENTATIONS,
        )),
    )  # fmt: skip


def known(content: FicheContent, item: Item) -> str:
    """What a fiche holds for an item, in one line; empty for nothing."""
    return " ".join(_KNOWN[item](content).split())


def _joined(parts: Iterable[str], by: str = ", ") -> str:
    return by.join(part for part in parts if part.strip())


def _contact(content: FicheContent) -> str:
    safe = content.contact_sur
    return _joined((safe.numero, safe.adresse, safe.jours, safe.heures, safe.qui_vit_la, safe.consignes))


def _foyer(content: FicheContent) -> str:
    home = content.foyer
    return _joined((home.situation_conjugale, home.type_menage, *(each.designation for each in home.membres)))


def _birth(content: FicheContent) -> str:
    birth = content.personne.naissance
    return format_naissance(birth) if birth is not None else ""


def _followed(content: FicheContent) -> str:
    translate = QCoreApplication.translate
    return _joined(
        (
            content.suivi.connu
            and translate("Items", "services sociaux\u00a0: {0}").format(content.suivi.connu.lower()),
            content.suivi.suivi
            and translate("Items", "suivi en cours\u00a0: {0}").format(content.suivi.suivi.lower()),
        )
    )


def _grid(content: FicheContent) -> str:
    filled = content.evaluation.grille_danger
    translate = QCoreApplication.translate
    words = {
        Reponse.OUI: translate("Items", "oui"),
        Reponse.NON: translate("Items", "non"),
        Reponse.INCONNU: translate("Items", "inconnu"),
    }
    return words[filled] if filled is not None else ""


_KNOWN: dict[Item, Callable[[FicheContent], str]] = {
    Item.NAISSANCE: _birth,
    Item.ADRESSE: lambda content: content.personne.adresse,
    Item.CONTACT_SUR: _contact,
    Item.FOYER: _foyer,
    Item.SCOLARITE: lambda content: _joined((content.scolarite.etablissement, content.scolarite.classe)),
    Item.PARENTS: lambda content: _joined(f"{each.prenom} {each.nom}" for each in content.parents),
    Item.AUTRE_PARTIE: lambda content: _joined(
        f"{each.prenom} {each.nom}" for each in content.autres_parties
    ),
    Item.STATUT: lambda content: content.statut,
    Item.PROBLEMATIQUES: lambda content: _joined((content.problematique_principale, *content.problematiques)),
    Item.RECIT: lambda content: content.recit,
    Item.BESOINS: lambda content: content.evaluation.besoins,
    Item.RISQUES: lambda content: content.evaluation.risques,
    Item.RESSOURCES_PERSONNE: lambda content: content.evaluation.ressources,
    Item.GRILLE_DANGER: _grid,
    Item.ACTIVITE: lambda content: content.situation.activite,
    Item.CSP: lambda content: content.situation.csp,
    Item.RESSOURCES: lambda content: _joined(content.situation.ressources),
    Item.LOGEMENT: lambda content: content.situation.logement,
    Item.VULNERABILITES: lambda content: _joined(content.situation.vulnerabilites),
    Item.SUIVI: _followed,
    Item.REFERENT: lambda content: content.suivi.referent,
    Item.DEMARCHES: lambda content: _joined(content.demarches),
    Item.AUTRES_ORIENTATIONS: lambda content: _joined(content.autres_orientations),
}
