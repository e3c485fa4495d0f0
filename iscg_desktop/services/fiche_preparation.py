"""A fiche filled with what the coffre knows, for her to complete: nothing here is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Any, TypeVar

from iscg_desktop.domain.cloisonnement import Cote, Partie, opposed, suspect
from iscg_desktop.domain.dossier import PersonneConcernee
from iscg_desktop.domain.entretien import Entretien, PersonnePresente
from iscg_desktop.domain.fiche_cloisonnement import Voisin, check_cloisonnement, names_someone
from iscg_desktop.domain.fiche_liaison import CHAMPS_DES_ITEMS, FicheContent, Item
from iscg_desktop.domain.fiche_sections import (
    Accord,
    AutrePartie,
    Base,
    BasePartage,
    Canal,
    ContactSur,
    Destinataire,
    Diplome,
    Emetteur,
    Employeur,
    Foyer,
    InformationAccord,
    MembreFoyer,
    Parent,
    Situation,
    Suivi,
    TypeFiche,
    Urgence,
)
from iscg_desktop.domain.fiche_sections import Personne as PersonneImprimee
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.orientation import Orientation
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.domain.personne import SEULES, Identite, Profil
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.services.session import Session

_Code = TypeVar("_Code", bound=StrEnum)
_MAJORITE = 18
_SOMEONE_ELSE = "quelqu’un d’autre peut répondre ou ouvrir le courrier"
"""What is said of who lives there when that is the other side: the danger, not the name."""


@dataclass(frozen=True, slots=True)
class Proches:
    """Other persons of the dossier that may be added to a fiche, one by one, by her choice.

    Who is of the side of the mis en cause is never among them, and a fiche of that side is offered nobody:
    a slip must not hand an address to the wrong person.
    """

    foyer: tuple[MembreFoyer, ...] = ()
    parents: tuple[Parent, ...] = ()


class FichePreparation:
    """Fills fiches from the coffre."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def content(self, orientation_id: int) -> FicheContent:
        """A fiche for an orientation.

        Raises:
            UserError: ``fiche_sans_identite`` when the coffre does not know its owner.
        """
        read = self._session.read
        orientation = read.orientations.get(orientation_id)
        entretien = self._entretien(orientation)
        identite = read.personnes.get(orientation.personne_id).identite
        profil = _profil(entretien, orientation.personne_id)
        partner = read.partenaires.get(orientation.partenaire_id) if orientation.partenaire_id else None
        accord = Accord(orientation.accord)
        content = FicheContent(
            etablie_le=self._today,
            type=TypeFiche.RELAIS,
            urgence=self._urgence(orientation.dossier_id),
            emetteur=emetteur_of(self._session, entretien),
            destinataire=destinataire_of(partner),
            personne=self._personne(identite),
            contact_sur=_contact_sur(identite),
            foyer=Foyer(
                situation_conjugale=self._libelle("situation_conjugale", profil.situation_conjugale),
                type_menage=self._libelle("type_menage", profil.type_menage),
            ),
            statut=self._libelle("statut", profil.statut),
            motif=orientation.motif,
            autres_parties=self._other_parties(orientation),
            situation=self._situation(profil),
            suivi=Suivi(
                connu=self._libelle("connu_services_sociaux", profil.connu_services_sociaux),
                suivi=self._libelle("suivi_en_cours", profil.suivi_en_cours),
            ),
            autres_orientations=self._other_orientations(orientation_id, orientation.dossier_id),
            information=InformationAccord(informee_le=identite.informee_le, accord=accord),
            base=BasePartage(base=Base.ACCORD if accord is Accord.OUI else None),
        )
        concerned, others = self._sides(orientation)
        if names_someone(content.contact_sur.qui_vit_la, concerned, others):
            content = replace(content, contact_sur=replace(content.contact_sur, qui_vit_la=_SOMEONE_ELSE))
        if entretien is None:
            return content
        return _apart(self._with_entretien(content, entretien), entretien, concerned, others)

    def _with_entretien(self, content: FicheContent, entretien: Entretien) -> FicheContent:
        """The same with what was said in the entretien."""
        return replace(
            content,
            problematique_principale=self._libelle("problematique", entretien.problematique_principale),
            problematiques=tuple(self._libelle("problematique", code) for code in entretien.problematiques),
            recit=entretien.elements_transmissibles,
            demarches=tuple(
                self._libelle("reponse", code) for code in entretien.reponses if code != "orientation"
            ),
        )

    def crossing(self, orientation_id: int, content: FicheContent) -> tuple[Problem, ...]:
        """What a fiche, already filtered, would say of the other side of its dossier."""
        concerned, others = self._sides(self._session.read.orientations.get(orientation_id))
        return check_cloisonnement(content, concerned, others)

    def proches(self, orientation_id: int) -> Proches:
        """Whom she may add to the fiche of an orientation: minors to the foyer, adults as parents."""
        orientation = self._session.read.orientations.get(orientation_id)
        concerned, others = self._persons(orientation)
        if concerned is None or suspect(concerned.cote):
            return Proches()
        foyer, parents = [], []
        for other in others:
            if opposed(concerned.cote, other.cote):
                continue
            identite = other.personne.identite
            age, _ = identite.age(self._today)
            foyer.append(MembreFoyer(designation=identite.nom_court, age=self._age(identite)))
            if age is None or age >= _MAJORITE:
                parents.append(Parent(nom=identite.nom or identite.nom_court, prenom=identite.prenom))
        return Proches(tuple(foyer), tuple(parents))

    def complete(self, issued: FicheContent, orientation_id: int) -> FicheContent:
        """What was issued, and what was not transmitted then as the coffre knows it now, still not ticked."""
        now = self.content(orientation_id)
        whole = replace(issued, etablie_le=self._today)
        for item in Item:
            if item not in issued.items:
                for path in CHAMPS_DES_ITEMS[item]:
                    whole = _with(whole, path, reduce(getattr, path.split("."), now))
        return whole

    @property
    def _today(self) -> date:
        return self._session.clock.today()

    def _entretien(self, orientation: Orientation) -> Entretien | None:
        """The entretien a fiche is filled from: one she has a line in, never that of somebody else."""
        read = self._session.read.entretiens
        if orientation.entretien_id is None:
            return read.last_of(orientation.dossier_id, orientation.personne_id)
        entretien = read.get(orientation.entretien_id)
        return entretien if _line(entretien, orientation.personne_id) is not None else None

    def _sides(self, orientation: Orientation) -> tuple[Voisin, list[Voisin]]:
        """The person of an orientation, and those of the other side."""
        concerned, others = self._persons(orientation)
        identite = self._session.read.personnes.get(orientation.personne_id).identite
        cote = concerned.cote if concerned is not None else Cote.AUTRE
        return Voisin(Partie(orientation.personne_id, cote), identite), [
            Voisin(Partie(each.personne.id, each.cote), each.personne.identite)
            for each in others
            if opposed(cote, each.cote)
        ]

    def _persons(self, orientation: Orientation) -> tuple[PersonneConcernee | None, list[PersonneConcernee]]:
        """The person of an orientation and the others of the dossier."""
        personnes = self._session.read.dossiers.get(orientation.dossier_id).personnes
        mine = next((each for each in personnes if each.personne.id == orientation.personne_id), None)
        return mine, [each for each in personnes if each is not mine]

    def _other_parties(self, orientation: Orientation) -> tuple[AutrePartie, ...]:
        """The mis en cause, ready on the fiche of someone else, not ticked; never the other way round."""
        concerned, others = self._persons(orientation)
        if concerned is None or suspect(concerned.cote):
            return ()
        # Neither lien nor address: what says « mis en cause » belongs to the procedure.
        return tuple(
            AutrePartie(
                nom=each.personne.identite.nom or each.personne.identite.nom_court,
                prenom=each.personne.identite.prenom,
                age=self._age(each.personne.identite),
            )
            for each in others
            if each.statut == "mis_en_cause"
        )

    def _age(self, identite: Identite) -> str:
        age, source = identite.age(self._today)
        if age is None:
            return ""
        words = f"{age} an" if age == 1 else f"{age} ans"
        return f"environ {words}" if source != "date" else words

    def _libelle(self, liste: str, code: str) -> str:
        return "" if code == NON_RENSEIGNE else self._session.nomenclatures.libelle(liste, code)

    def _urgence(self, dossier_id: int) -> Urgence | None:
        saisines = self._session.read.saisines.of_dossier(dossier_id)
        return _coded(Urgence, saisines[-1].urgence) if saisines else None

    def _personne(self, identite: Identite) -> PersonneImprimee:
        return PersonneImprimee(
            nom_naissance=identite.nom_naissance,
            nom_usage=identite.nom_usage,
            prenom=identite.prenom,
            designation=identite.description,
            sexe=self._libelle("sexe", identite.sexe),
            naissance=identite.naissance,
            age_note_le=identite.age_estime_le,
            adresse=identite.adresse,
            commune=self._session.commune(identite.commune),
        )

    def _situation(self, profil: Profil) -> Situation:
        return Situation(
            activite=self._libelle("activite", profil.activite),
            csp=self._libelle("csp", profil.csp),
            ressources=tuple(
                self._libelle("ressources", code) for code in profil.ressources if code != NON_RENSEIGNE
            ),
            logement=self._libelle("logement", profil.logement),
            vulnerabilites=tuple(
                self._libelle("vulnerabilite", code)
                for code in profil.vulnerabilite
                if code not in SEULES["vulnerabilite"]
            ),
        )

    def _other_orientations(self, orientation_id: int, dossier_id: int) -> tuple[str, ...]:
        orientation = self._session.read.orientations.get(orientation_id)
        return tuple(
            other.partenaire or self._libelle("type_partenaire", other.type)
            for other in self._session.read.orientations.of_dossier(dossier_id)
            # Those of another person of the dossier are hers: victim and mis en cause are kept apart.
            if other.id != orientation_id and other.personne_id == orientation.personne_id
        )


def emetteur_of(session: Session, entretien: Entretien | None) -> Emetteur:
    """The owner of the coffre as the one who issues, in the unité of an entretien.

    Raises:
        UserError: ``fiche_sans_identite`` when the coffre does not know its owner.
    """
    owner = session.intervenant
    if owner is None:
        raise UserError("fiche_sans_identite")
    unites = session.unites()
    unite = unites.get(entretien.unite_id) if entretien and entretien.unite_id else None
    return Emetteur(
        nom=owner.nom_complet,
        diplome=_coded(Diplome, owner.diplome) or Diplome.AUTRE,
        qualite=owner.qualite,
        employeur=owner.employeur,
        nature_employeur=_coded(Employeur, owner.nature_employeur),
        unite=unite.nom if unite else "",
        adresse=owner.adresse,
        telephone=owner.telephone,
        courriel=owner.courriel,
        rappeler_article_40=owner.rappeler_article_40,
    )


def _line(entretien: Entretien | None, personne_id: int) -> PersonnePresente | None:
    lines = entretien.personnes if entretien else ()
    return next((line for line in lines if line.personne_id == personne_id), None)


def _profil(entretien: Entretien | None, personne_id: int) -> Profil:
    line = _line(entretien, personne_id)
    return line.profil if line is not None else Profil()


def _apart(
    content: FicheContent, entretien: Entretien, concerned: Voisin, others: list[Voisin]
) -> FicheContent:
    """The content without what the other side said or undertakes, as long as nothing is ticked.

    The account stays there to be ticked: she alone knows whose words it holds. The démarches of an entretien that
    was not the mis en cause's own never come to his fiche.
    """
    met = {line.personne_id for line in entretien.personnes if line.presente}
    joint = any(other.partie.personne_id in met for other in others)
    of_suspect = suspect(concerned.partie.cote)
    not_own = joint or (of_suspect and concerned.partie.personne_id not in met)
    if not_own or names_someone(content.recit, concerned, others):
        content = replace(content, items=content.items - {Item.RECIT})
    return replace(content, demarches=()) if of_suspect and not_own else content


def destinataire_of(partner: Partenaire | None) -> Destinataire:
    """A structure of the annuaire as a recipient, handed the document in person."""
    if partner is None:
        return Destinataire()
    contact = partner.correspondants[0] if partner.correspondants else None
    return Destinataire(
        service=partner.nom,
        personne=f"{contact.nom}, {contact.fonction}".strip(", ") if contact else "",
        adresse=partner.adresse_postale,
        courriel=(contact.courriel if contact else "") or partner.courriel,
        canal=Canal.MAIN_PROPRE,
    )


def _contact_sur(identite: Identite) -> ContactSur:
    return ContactSur(
        numero=identite.contact_sur,  # never the ordinary number: nobody said it is safe
        heures=identite.contact_sur_horaires,
        ne_pas_laisser_de_message=identite.sans_message,
        qui_vit_la=identite.vit_avec,
    )


def _coded(kind: type[_Code], code: str) -> _Code | None:
    """The member of a closed list, None for a code it does not have (non renseigné)."""
    return kind(code) if code in {member.value for member in kind} else None


def _with(content: FicheContent, path: str, value: Any) -> FicheContent:
    """The content with one value changed, at a path of one or two names."""
    section, _, name = path.rpartition(".")
    if not section:
        return replace(content, **{name: value})
    return replace(content, **{section: replace(getattr(content, section), **{name: value})})
