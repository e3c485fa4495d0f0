"""The fiche de liaison: prepared from an orientation, previewed in memory, issued for good, followed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeVar

from iscg_desktop.documents.fiche_liaison import LIBELLES_ITEMS, caracteres_sans_glyphe, render_fiche
from iscg_desktop.documents.fonts import unsupported_characters
from iscg_desktop.documents.protection import proteger_pdf
from iscg_desktop.domain.entretien import Entretien
from iscg_desktop.domain.fiche_controles import Manque, check_issue, completeness
from iscg_desktop.domain.fiche_liaison import FicheContent
from iscg_desktop.domain.fiche_numero import JETON_OCTETS, Numero, normaliser_code
from iscg_desktop.domain.fiche_sections import (
    Accord,
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
    Situation,
    Suivi,
    TypeFiche,
    Urgence,
)
from iscg_desktop.domain.fiche_sections import Personne as PersonneImprimee
from iscg_desktop.domain.fiche_suivi import FicheEtablie
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.partenaire import Partenaire
from iscg_desktop.domain.personne import Identite, Profil
from iscg_desktop.errors import InvalidInput, Problem, UserError
from iscg_desktop.files import write_atomic
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session

Etape = Literal["imprimee", "enregistree", "remise", "accusee"]
_Code = TypeVar("_Code", bound=StrEnum)

# What a preview prints where the token will be: it opens nothing.
_NO_TOKEN = bytes(JETON_OCTETS)


@dataclass(frozen=True, slots=True)
class Issued:
    """A fiche just issued."""

    changes: Changes
    fiche_id: int
    numero: str


class FichesService:
    """Use cases around the fiche de liaison."""

    libelles_items = LIBELLES_ITEMS
    unsupported_characters = staticmethod(unsupported_characters)

    def __init__(self, session: Session) -> None:
        self._session = session

    def prepare(self, orientation_id: int) -> FicheContent:
        """A fiche filled with what the coffre knows, for her to complete; nothing is kept yet.

        Raises:
            UserError: ``fiche_sans_identite`` when the coffre does not know its owner.
        """
        read = self._session.read
        orientation = read.orientations.get(orientation_id)
        entretien = (
            read.entretiens.get(orientation.entretien_id)
            if orientation.entretien_id is not None
            else read.entretiens.last_of(orientation.dossier_id)
        )
        identite = read.personnes.get(orientation.personne_id).identite
        profil = _profil(entretien, orientation.personne_id)
        partner = read.partenaires.get(orientation.partenaire_id) if orientation.partenaire_id else None
        accord = Accord(orientation.accord)
        content = FicheContent(
            etablie_le=self._session.clock.today(),
            type=TypeFiche.RELAIS,
            urgence=self._urgence(orientation.dossier_id),
            emetteur=self._emetteur(entretien),
            destinataire=_destinataire(partner),
            personne=self._personne(identite),
            contact_sur=_contact_sur(identite),
            foyer=Foyer(
                situation_conjugale=self._libelle("situation_conjugale", profil.situation_conjugale),
                type_menage=self._libelle("type_menage", profil.type_menage),
            ),
            statut=self._libelle("statut", profil.statut),
            motif=orientation.motif,
            situation=self._situation(profil),
            suivi=Suivi(
                connu=self._libelle("connu_services_sociaux", profil.connu_services_sociaux),
                suivi=self._libelle("suivi_en_cours", profil.suivi_en_cours),
            ),
            autres_orientations=self._other_orientations(orientation_id, orientation.dossier_id),
            information=InformationAccord(informee_le=identite.informee_le, accord=accord),
            base=BasePartage(base=Base.ACCORD if accord is Accord.OUI else None),
        )
        if entretien is None:
            return content
        return replace(
            content,
            problematique_principale=self._libelle("problematique", entretien.problematique_principale),
            problematiques=tuple(self._libelle("problematique", code) for code in entretien.problematiques),
            recit=entretien.elements_transmissibles,
            demarches=tuple(
                self._libelle("reponse", code) for code in entretien.reponses if code != "orientation"
            ),
        )

    def problems(self, content: FicheContent) -> tuple[Problem, ...]:
        """What forbids issuing it: the accord gate and the contradictions. Empty: it may be issued."""
        return check_issue(content.for_recipient(content.items), self._session.clock.today())

    @staticmethod
    def missing(content: FicheContent) -> tuple[Manque, ...]:
        """What is missing for the recipient, without forbidding anything."""
        return completeness(content.for_recipient(content.items))

    @staticmethod
    def without_glyph(content: FicheContent) -> tuple[str, ...]:
        """Characters the printed font cannot show."""
        return caracteres_sans_glyphe(content)

    def next_numero(self) -> Numero:
        """The number the next fiche will bear."""
        year = self._session.clock.today().year
        return Numero(self._code(), year, self._session.read.settings.peek_number("fiche", year))

    def previewer(self, content: FicheContent) -> Callable[[], bytes]:
        """A function that renders the preview, on values only, for a worker; its QR holds no token."""
        filtered, numero = content.for_recipient(content.items), self.next_numero()
        return lambda: render_fiche(filtered, numero, _NO_TOKEN, apercu=True)

    def issue(self, orientation_id: int, content: FicheContent, remplace_id: int | None = None) -> Issued:
        """Issue a fiche: number, token, bytes and digest are kept for good.

        Args:
            orientation_id: The orientation it carries.
            content: As completed; what is not ticked for this recipient is dropped first.
            remplace_id: The fiche it corrects, if any.

        Raises:
            InvalidInput: The accord gate, or a contradiction.
            UserError: ``fiche_glyphes`` for characters that would not print; the disk's refusals.
        """
        filtered = content.for_recipient(content.items)
        problems = self.problems(content)
        if problems:
            raise InvalidInput(problems)
        if unprintable := caracteres_sans_glyphe(filtered):
            raise UserError("fiche_glyphes", caracteres=" ".join(unprintable))
        today = self._session.clock.today()
        with self._session.transaction() as tx:
            orientation = tx.orientations.get(orientation_id)
            replaced = tx.fiches.get(remplace_id) if remplace_id is not None else None
            numero = Numero(self._code(), today.year, tx.settings.next_number("fiche", today.year))
            jeton = secrets.token_bytes(JETON_OCTETS)
            version = replaced.version + 1 if replaced else 1
            old = Numero.parse(replaced.numero) if replaced else None
            fiche_id = tx.fiches.add(
                numero=str(numero),
                version=version,
                remplace_id=remplace_id,
                orientation_id=orientation_id,
                dossier_id=orientation.dossier_id,
                personne_id=orientation.personne_id,
                partenaire_id=orientation.partenaire_id,
                etablie_le=today,
                gabarit=filtered.gabarit,
                valeurs=filtered.to_json(),
                pdf=render_fiche(filtered, numero, jeton, version, old),
                jeton=jeton,
                trimestre=self._session.quarter_for(tx, today).code,
            )
            tx.dossiers.index(orientation.dossier_id)
            tx.journal.append("creation", "fiche", str(numero), self._session.clock.now())
            tx.commit()
        return Issued(changes("fiches", "dossiers", dossier_id=orientation.dossier_id), fiche_id, str(numero))

    def get(self, fiche_id: int) -> FicheEtablie:
        """One issued fiche."""
        return self._session.read.fiches.get(fiche_id)

    def content(self, fiche_id: int) -> FicheContent:
        """What was issued."""
        return FicheContent.from_json(self._session.read.fiches.valeurs(fiche_id))

    def correction(self, fiche_id: int) -> FicheContent:
        """What was issued, dated today, for a new version to start from."""
        return replace(self.content(fiche_id), etablie_le=self._session.clock.today())

    def recent(self, limit: int = 200) -> tuple[FicheEtablie, ...]:
        """Issued fiches, newest first."""
        return self._session.read.fiches.recent(limit)

    def pdf(self, fiche_id: int) -> bytes:
        """The very bytes that were issued, to show or print from memory."""
        return self._session.read.fiches.pdf(fiche_id)

    def follow(self, fiche_id: int, etape: Etape) -> Changes:
        """Note a step: printed, saved, handed over, receipt."""
        today = self._session.clock.today()
        with self._session.transaction() as tx:
            fiche = tx.fiches.get(fiche_id)
            tx.fiches.follow(fiche_id, etape, today, self._session.quarter_for(tx, today).code)
            tx.journal.append(etape, "fiche", fiche.numero, self._session.clock.now())
            tx.commit()
        return changes("fiches", dossier_id=fiche.dossier_id)

    def record_retour(self, fiche_id: int, suite: str, day: date) -> Changes:
        """Keep the retour of a fiche, and the suite it tells of its orientation.

        Raises:
            InvalidInput: A day before the fiche, or after today; a fiche already answered.
        """
        fiche = self.get(fiche_id)
        if day < fiche.etablie_le:
            raise InvalidInput((Problem("date", "retour_avant_fiche"),))
        if day > self._session.clock.today():
            raise InvalidInput((Problem("date", "date_future"),))
        if self._session.read.fiches.answered(fiche_id):
            raise UserError("fiche_deja_revenue", numero=fiche.numero)
        with self._session.transaction() as tx:
            quarter = self._session.quarter_for(tx, day).code
            tx.fiches.follow(fiche_id, "retour", day, quarter, {"suite": suite})
            if fiche.orientation_id is not None:
                tx.orientations.add_suite(fiche.orientation_id, suite, day, quarter)
            tx.journal.append("retour", "fiche", fiche.numero, self._session.clock.now())
            tx.commit()
        return changes("fiches", "orientations", "dossiers", dossier_id=fiche.dossier_id)

    def file_name(self, fiche_id: int) -> str:
        """Neutral name of the file: the number only."""
        return f"fiche-{Numero.parse(self.get(fiche_id).numero).nom_fichier}.pdf"

    def save(self, fiche_id: int, path: Path, passphrase: str | None) -> Changes:
        """Write a fiche where she chose, encrypted with a passphrase (AES-256) or plainly if None.

        Raises:
            UserError: ``pdf_phrase_vide``; the disk's refusals. Nothing is noted then.
        """
        pdf = self.pdf(fiche_id)
        write_atomic(path, proteger_pdf(pdf, passphrase) if passphrase is not None else pdf)
        return self.follow(fiche_id, "enregistree")

    def _code(self) -> str:
        intervenant = self._session.intervenant
        if intervenant is None:
            raise UserError("fiche_sans_identite")
        return normaliser_code(intervenant.code)

    def _libelle(self, liste: str, code: str) -> str:
        return "" if code == NON_RENSEIGNE else self._session.nomenclatures.libelle(liste, code)

    def _urgence(self, dossier_id: int) -> Urgence | None:
        saisines = self._session.read.saisines.of_dossier(dossier_id)
        return _coded(Urgence, saisines[-1].urgence) if saisines else None

    def _emetteur(self, entretien: Entretien | None) -> Emetteur:
        owner = self._session.intervenant
        if owner is None:
            raise UserError("fiche_sans_identite")
        unites = self._session.unites()
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
            vulnerabilites=tuple(self._libelle("vulnerabilite", code) for code in profil.vulnerabilite),
        )

    def _other_orientations(self, orientation_id: int, dossier_id: int) -> tuple[str, ...]:
        orientation = self._session.read.orientations.get(orientation_id)
        return tuple(
            other.partenaire or self._libelle("type_partenaire", other.type)
            for other in self._session.read.orientations.of_dossier(dossier_id)
            # Those of another person of the dossier are hers: victim and mis en cause are kept apart.
            if other.id != orientation_id and other.personne_id == orientation.personne_id
        )


def _profil(entretien: Entretien | None, personne_id: int) -> Profil:
    lines = entretien.personnes if entretien else ()
    return next((line.profil for line in lines if line.personne_id == personne_id), Profil())


def _destinataire(partner: Partenaire | None) -> Destinataire:
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
