"""The copy of what the coffre holds of one person, assembled from what concerns her alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields
from functools import cached_property

from iscg_desktop.domain.caviardage import redacted, signalement
from iscg_desktop.domain.dates import format_date, format_duree, format_naissance
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.domain.dossier_personne import (
    DossierPersonne,
    Rubrique,
    TexteChoisi,
    concerns,
    told_of,
)
from iscg_desktop.domain.entretien import Entretien, PersonnePresente
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.domain.personne import Identite, Personne
from iscg_desktop.errors import UserError
from iscg_desktop.services.conservation import durees
from iscg_desktop.services.session import Session

_CHAMPS = ("elements_transmissibles", "notes_de_travail")
_FAITS = {
    "statut": "Statut", "situation_conjugale": "Situation conjugale", "type_menage": "Ménage", "activite": "Activité",
    "csp": "Catégorie socioprofessionnelle", "ressources": "Ressources", "logement": "Logement",
    "vulnerabilite": "Vulnérabilité", "connu_services_sociaux": "Connue des services sociaux",
    "suivi_en_cours": "Suivi social en cours",
}  # fmt: skip
_IDENTITE = {
    "nom_naissance": "Nom de naissance", "nom_usage": "Nom d’usage", "prenom": "Prénom", "surnom": "Surnom",
    "description": "Description", "adresse": "Adresse", "telephone": "Téléphone", "courriel": "Courriel",
    "contact_sur": "Contact sûr", "contact_sur_horaires": "Quand la joindre",
}  # fmt: skip


class Copie:
    """What one person is told.

    Raises:
        UserError: ``personne_effacee``.
    """

    def __init__(self, session: Session, personne_id: int) -> None:
        self._session, self._read = session, session.read
        self._id = self._read.fusions.current(personne_id)
        found = self._read.personnes.some([self._id])
        if not found:
            raise UserError("personne_effacee")
        self._personne: Personne = found[self._id]
        self._lines = frozenset(self._read.effacements.lines_of(self._id))

    def content(self, choisis: Collection[tuple[int, str]]) -> DossierPersonne:
        """All that concerns her alone, with the texts that were ticked.

        Raises:
            UserError: ``copie_jamais_recu``: only the other side spoke of him; that he is known here would
                tell him.
        """
        if not self._dossiers and self._read.personnes.dossiers_of(self._id):
            raise UserError("copie_jamais_recu")
        chosen = [each for each in self.textes() if (each.entretien_id, each.champ) in set(choisis)]
        return DossierPersonne(
            nom=self._personne.identite.nom_complet,
            etabli_le=self._session.clock.today(),
            identite=Rubrique("Qui vous êtes", tuple(self._identite())),
            rubriques=tuple(
                rubrique for dossier in self._dossiers for rubrique in self._rubriques(dossier, chosen)
            ),
            mentions=tuple(self._mentions()),
        )

    def textes(self) -> tuple[TexteChoisi, ...]:
        """Texts of the entretiens in which she was, without the names of the others."""
        found = []
        for dossier in self._dossiers:
            others = [each.personne.identite for each in dossier.personnes if each.personne.id != self._id]
            who = signalement(others, [self._personne.identite])
            for entretien in self._entretiens(dossier):
                for champ in _CHAMPS:
                    text = getattr(entretien, champ).strip()
                    if text:
                        found.append(TexteChoisi(entretien.id, champ, entretien.date, redacted(text, who)))
        return tuple(sorted(found, key=lambda each: (each.date, each.entretien_id, each.champ)))

    @cached_property
    def _dossiers(self) -> tuple[Dossier, ...]:
        """Those she is told of, the oldest first."""
        known = [self._read.dossiers.get(each) for each in self._read.personnes.dossiers_of(self._id)]
        told = []
        for dossier in known:
            cote = next(each.cote for each in dossier.personnes if each.personne.id == self._id)
            if told_of(cote, bool(self._entretiens(dossier))):
                told.append(dossier)
        return tuple(sorted(told, key=lambda each: (each.ouvert_le, each.numero)))

    def _entretiens(self, dossier: Dossier) -> tuple[Entretien, ...]:
        """Those in which she was, the oldest first; those in the corbeille included, since they are still held."""
        ids = {each for line in self._lines for each in self._read.entretiens.of_person(dossier.id, line)}
        ids |= set(self._read.entretiens.discarded(None, dossier.id))
        found = (self._read.entretiens.get(each) for each in sorted(ids))
        kept = [each for each in found if concerns(each, self._lines)]
        return tuple(sorted(kept, key=lambda each: (each.date, each.id)))

    def _rubriques(self, dossier: Dossier, chosen: list[TexteChoisi]) -> Iterator[Rubrique]:
        for entretien in self._entretiens(dossier):
            texts = tuple(each.texte for each in chosen if each.entretien_id == entretien.id)
            title = f"Entretien du {format_date(entretien.date)}"
            yield Rubrique(title, tuple(self._of_entretien(entretien)), texts)
        for orientation in self._session.read.orientations.of_dossier(dossier.id):
            if orientation.personne_id in self._lines:
                facts = [
                    ("Vers", orientation.partenaire or self._label("type_partenaire", orientation.type)),
                    ("Votre accord", self._label("accord", orientation.accord)),
                ]
                if orientation.suite:
                    facts.append(("Suite", self._label("suite", orientation.suite)))
                yield Rubrique(f"Orientation du {format_date(orientation.date)}", tuple(facts))
        for event in reversed(dossier.evenements):
            if event.kind in ("fiche", "document") and event.personne_id in self._lines:
                words = "Fiche de liaison" if event.kind == "fiche" else "Document"
                facts = [("Numéro", event.code)]
                if event.kind == "fiche" and event.detail:
                    facts.append(("Destinataire", event.detail))
                yield Rubrique(f"{words} du {format_date(event.date)}", tuple(facts))

    def _of_entretien(self, entretien: Entretien) -> Iterator[tuple[str, str]]:
        line = next(each for each in entretien.personnes if each.personne_id in self._lines)
        yield "Comment", self._label("mode", entretien.mode)
        if entretien.duree is not None:
            yield "Durée", format_duree(entretien.duree)
        for name, liste, label in (
            ("demandes", "demande", "Ce que vous demandiez"),
            ("reponses", "reponse", "Ce qui a été fait"),
        ):
            words = self._labels(liste, getattr(entretien, name))
            if words and self._met_alone(entretien):
                yield label, words
        yield from self._faits(line)
        if line.accord != NON_RENSEIGNE:
            yield "Accord pour transmettre", self._label("accord", line.accord)

    def _met_alone(self, entretien: Entretien) -> bool:
        """Whether what was asked and done is hers: nobody else of the dossier was there to ask it."""
        return sum(1 for line in entretien.personnes if line.presente) == 1

    def _faits(self, line: PersonnePresente) -> Iterator[tuple[str, str]]:
        if line.profil.age is not None:
            yield "Âge", f"{line.profil.age} ans"
        for name, label in _FAITS.items():
            value = getattr(line.profil, name)
            words = self._labels(name, (value,) if isinstance(value, str) else value)
            if words:
                yield label, words
        if line.profil.commune:
            yield "Commune", self._session.commune(line.profil.commune)

    def _identite(self) -> Iterator[tuple[str, str]]:
        identite = self._personne.identite
        known = {item.name for item in fields(Identite)}
        for name, label in _IDENTITE.items():
            if name in known and getattr(identite, name).strip():
                yield label, getattr(identite, name).strip().replace("\n", ", ")
        if identite.sexe != NON_RENSEIGNE:
            yield "Sexe", self._label("sexe", identite.sexe)
        if identite.naissance is not None:
            yield "Naissance", format_naissance(identite.naissance)
        if identite.commune:
            yield "Commune", self._session.commune(identite.commune)
        if identite.informee_le is not None:
            yield "Information donnée le", format_date(identite.informee_le)

    def _mentions(self) -> Iterator[tuple[str, str]]:
        owner = self._session.intervenant
        if owner is not None:
            yield "Responsable", owner.employeur
            yield "À qui écrire", f"{owner.prenom} {owner.nom}, {owner.courriel or owner.telephone}"
        if self._session.dpo.strip():
            yield "Délégué à la protection des données", self._session.dpo.strip().replace("\n", ", ")
        yield "Pourquoi", "Vous aider et vous orienter vers les services utiles."
        yield "D’où", "Ce que vous avez dit, et le service qui a demandé que l’on vous contacte."
        yield "Transmis à", "Les services nommés ci-dessus, pour ce dont ils avaient besoin."
        kept = {durees(self._session).of(dossier.regime) for dossier in self._dossiers}
        if kept:
            yield "Durée", f"{max(kept)} mois après le dernier contact."
        yield (
            "Vos droits",
            (
                "Faire corriger, demander d’effacer, de limiter, ou vous opposer ; saisir la CNIL, 3 place de Fontenoy,"
                " TSA 80715, 75334 Paris Cedex 07, ou cnil.fr."
            ),
        )

    def _label(self, liste: str, code: str) -> str:
        return self._session.nomenclatures.libelle(liste, code)

    def _labels(self, liste: str, codes: Collection[str]) -> str:
        return ", ".join(self._label(liste, code) for code in codes if code and code != NON_RENSEIGNE)
