"""What a fiche de liaison says, and what of it is kept for one recipient.

Order and content follow the field's practice (fiches-navettes of the départements) and the rules of sharing:
what is strictly necessary, to an identified professional (L1110-4 CSP, L226-2-2 CASF).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum

from iscg_desktop.domain.canonical import Cleaned, from_template, to_canonical
from iscg_desktop.domain.fiche_sections import (
    AutrePartie,
    BasePartage,
    ContactSur,
    Destinataire,
    Emetteur,
    Evaluation,
    Foyer,
    InformationAccord,
    Parent,
    Personne,
    Scolarite,
    Situation,
    Suivi,
    TypeFiche,
    Urgence,
)
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.errors import BugError

GABARIT = 2
_MAJORITE = 18


class Item(StrEnum):
    """What is ticked, or not, for one recipient."""

    NAISSANCE = "naissance"
    ADRESSE = "adresse"
    CONTACT_SUR = "contact_sur"
    FOYER = "foyer"
    SCOLARITE = "scolarite"
    PARENTS = "parents"
    AUTRE_PARTIE = "autre_partie"
    STATUT = "statut"
    PROBLEMATIQUES = "problematiques"
    RECIT = "recit"
    BESOINS = "besoins"
    RISQUES = "risques"
    RESSOURCES_PERSONNE = "ressources_personne"
    GRILLE_DANGER = "grille_danger"
    ACTIVITE = "activite"
    CSP = "csp"
    RESSOURCES = "ressources"
    LOGEMENT = "logement"
    VULNERABILITES = "vulnerabilites"
    SUIVI = "suivi"
    REFERENT = "referent"
    DEMARCHES = "demarches"
    AUTRES_ORIENTATIONS = "autres_orientations"


ITEMS_PAR_DEFAUT: frozenset[Item] = frozenset(Item) - {
    Item.AUTRE_PARTIE,
    Item.STATUT,
    Item.ACTIVITE,
    Item.CSP,
    Item.RESSOURCES,
    Item.LOGEMENT,
    Item.VULNERABILITES,
}

# What goes when an item is not ticked, as paths in the content. The warning against leaving a message always
# stays: forgetting it could put the person in danger.
CHAMPS_DES_ITEMS: dict[Item, tuple[str, ...]] = {
    Item.NAISSANCE: ("personne.naissance", "personne.age_note_le"),
    Item.ADRESSE: ("personne.adresse",),
    Item.CONTACT_SUR: (
        "contact_sur.numero",
        "contact_sur.adresse",
        "contact_sur.jours",
        "contact_sur.heures",
        "contact_sur.qui_vit_la",
        "contact_sur.consignes",
    ),
    Item.FOYER: ("foyer",),
    Item.SCOLARITE: ("scolarite",),
    Item.PARENTS: ("parents",),
    Item.AUTRE_PARTIE: ("autres_parties",),
    Item.STATUT: ("statut",),
    Item.PROBLEMATIQUES: ("problematique_principale", "problematiques"),
    Item.RECIT: ("recit",),
    Item.BESOINS: ("evaluation.besoins",),
    Item.RISQUES: ("evaluation.risques",),
    Item.RESSOURCES_PERSONNE: ("evaluation.ressources",),
    Item.GRILLE_DANGER: ("evaluation.grille_danger",),
    Item.ACTIVITE: ("situation.activite",),
    Item.CSP: ("situation.csp",),
    Item.RESSOURCES: ("situation.ressources",),
    Item.LOGEMENT: ("situation.logement",),
    Item.VULNERABILITES: ("situation.vulnerabilites",),
    Item.SUIVI: ("suivi.connu", "suivi.suivi"),
    Item.REFERENT: ("suivi.referent",),
    Item.DEMARCHES: ("demarches",),
    Item.AUTRES_ORIENTATIONS: ("autres_orientations",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheContent(Cleaned):
    """Everything one fiche says, except its number.

    Attributes:
        gabarit: Version of the template it is printed with.
        alerte: The situation must be seen first; ``alerte_motif`` says why.
        statut: Label of the statut in the dossier; nothing of the judicial procedure.
        recit: Short factual account, from the transmissible elements only.
        items: What was ticked for this recipient.
        mise_en_page: Look of the employer's documents on that day.
    """

    gabarit: int = GABARIT
    etablie_le: date | None = None
    type: TypeFiche | None = None
    urgence: Urgence | None = None
    alerte: bool = False
    alerte_motif: str = ""
    emetteur: Emetteur = field(default_factory=Emetteur)
    destinataire: Destinataire = field(default_factory=Destinataire)
    personne: Personne = field(default_factory=Personne)
    contact_sur: ContactSur = field(default_factory=ContactSur)
    foyer: Foyer = field(default_factory=Foyer)
    scolarite: Scolarite = field(default_factory=Scolarite)
    parents: tuple[Parent, ...] = ()
    autres_parties: tuple[AutrePartie, ...] = ()
    statut: str = ""
    motif: str = ""
    problematique_principale: str = ""
    problematiques: tuple[str, ...] = ()
    recit: str = ""
    evaluation: Evaluation = field(default_factory=Evaluation)
    situation: Situation = field(default_factory=Situation)
    suivi: Suivi = field(default_factory=Suivi)
    demarches: tuple[str, ...] = ()
    autres_orientations: tuple[str, ...] = ()
    information: InformationAccord = field(default_factory=InformationAccord)
    base: BasePartage = field(default_factory=BasePartage)
    items: frozenset[Item] = ITEMS_PAR_DEFAUT
    mise_en_page: MiseEnPage = field(default_factory=MiseEnPage)

    @property
    def mineur(self) -> bool:
        """Whether the person is known to be a minor on the day of issue."""
        age = None if self.etablie_le is None else self.personne.age_le(self.etablie_le)
        return self.personne.mineur or (age is not None and 0 <= age < _MAJORITE)

    def for_recipient(self, selection: frozenset[Item]) -> FicheContent:
        """The content without anything that is not ticked; applying it twice changes nothing more."""
        kept = replace(self, items=selection)
        if self.mineur and not self.personne.mineur and Item.NAISSANCE not in selection:
            # The rules for minors still hold when the birth itself is not transmitted.
            kept = replace(kept, personne=replace(self.personne, mineur=True))
        for item in Item:
            if item not in selection:
                for path in CHAMPS_DES_ITEMS[item]:
                    kept = _without(kept, path)
        return kept

    @property
    def filtree(self) -> bool:
        """Whether it holds nothing that is not ticked."""
        return self == self.for_recipient(self.items)

    def to_json(self) -> str:
        """Canonical text to be kept for good with the issued fiche.

        Raises:
            BugError: Something not ticked would be written.
        """
        if not self.filtree:
            raise BugError("a fiche holds items that are not ticked for its recipient")
        return to_canonical(self)

    @classmethod
    def from_json(cls, text: str) -> FicheContent:
        """The content that ``to_json`` wrote.

        Raises:
            UserError: ``fiche_gabarit_inconnu``, written by a newer program.
            BugError: The text is damaged.
        """
        return from_template(cls, text, GABARIT)


def _without(content: FicheContent, path: str) -> FicheContent:
    """The content with one field back at its default."""
    section, _, name = path.partition(".")
    if not name:
        return replace(content, **{section: getattr(FicheContent(), section)})
    part = getattr(content, section)
    default = next(each.default for each in fields(part) if each.name == name)
    return replace(content, **{section: replace(part, **{name: default})})
