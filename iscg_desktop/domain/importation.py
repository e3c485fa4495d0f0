"""Past dossiers in a spreadsheet: which column says what, which word means which code, what a line gives; pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from iscg_desktop.errors import Problem

Genre = Literal["texte", "date", "heure", "duree", "naissance", "age", "commune", "unite", "code", "codes"]


@dataclass(frozen=True, slots=True)
class Champ:
    """Something a column may say.

    Attributes:
        genre: How it is read.
        liste: Nomenclature of a coded one.
        noms: Other names by which spreadsheets call it.
    """

    code: str
    libelle: str
    genre: Genre = "texte"
    liste: str = ""
    noms: tuple[str, ...] = ()

    @property
    def coded(self) -> bool:
        """Whether its words must be given a code."""
        return self.genre in ("code", "codes")


CHAMPS = (
    Champ("numero", "Numéro du dossier", noms=("n dossier", "dossier", "ref", "reference", "numero")),
    Champ("date", "Date de l’entretien", "date", noms=("date", "date entretien", "date rdv", "date accueil", "jour")),
    Champ("heure", "Heure", "heure", noms=("heure",)),
    Champ("duree", "Durée", "duree", noms=("duree", "temps", "duree minutes")),
    Champ("date_saisine", "Date de la saisine", "date", noms=("date saisine", "saisine le", "recu le")),
    Champ("unite", "Unité", "unite", noms=("unite", "brigade", "commissariat", "service saisissant")),
    Champ("origine", "Origine de la saisine", "code", "origine", ("origine", "origine saisine", "oriente par")),
    Champ("support", "Support de la saisine", "code", "support", ("support", "type de saisine")),
    Champ("nom", "Nom d’usage", noms=("nom", "nom usage", "nom de famille", "nom personne")),
    Champ("nom_naissance", "Nom de naissance", noms=("nom naissance", "nom de jeune fille", "nom jf")),
    Champ("prenom", "Prénom", noms=("prenom",)),
    Champ("sexe", "Sexe", "code", "sexe", ("sexe", "genre", "civilite")),
    Champ("naissance", "Date ou année de naissance", "naissance", noms=(
        "naissance", "date naissance", "date de naissance", "ne le", "nee le", "ne e le", "ddn", "annee naissance",
    )),
    Champ("age", "Âge", "age", noms=("age",)),
    Champ("adresse", "Adresse", noms=("adresse", "rue")),
    Champ("commune", "Commune", "commune", noms=("commune", "ville", "domicile", "lieu de residence")),
    Champ("telephone", "Téléphone", noms=("telephone", "tel", "portable", "mobile")),
    Champ("courriel", "Courriel", noms=("courriel", "mail", "email")),
    Champ("statut", "Statut", "code", "statut", ("statut", "qualite", "victime auteur")),
    Champ("situation_conjugale", "Situation conjugale", "code", "situation_conjugale", (
        "situation conjugale", "situation familiale", "situation matrimoniale",
    )),
    Champ("type_menage", "Type de ménage", "code", "type_menage", ("menage", "type menage", "composition familiale")),
    Champ("activite", "Activité", "code", "activite", ("activite", "situation professionnelle", "emploi")),
    Champ("csp", "Catégorie socioprofessionnelle", "code", "csp", ("csp", "categorie socioprofessionnelle", "pcs")),
    Champ("ressources", "Ressources", "codes", "ressources", ("ressources", "revenus")),
    Champ("logement", "Logement", "code", "logement", ("logement", "hebergement")),
    Champ("vulnerabilite", "Vulnérabilités", "codes", "vulnerabilite", ("vulnerabilite", "vulnerabilites")),
    Champ("connu_services_sociaux", "Connu des services sociaux", "code", "connu_services_sociaux", (
        "connu", "connu services sociaux", "connu des services sociaux",
    )),
    Champ("suivi_en_cours", "Suivi social en cours", "code", "suivi_en_cours", (
        "suivi", "suivi en cours", "suivi social",
    )),
    Champ("mode", "Mode de l’entretien", "code", "mode", ("mode", "type entretien", "type de contact", "modalite")),
    Champ("problematique_principale", "Problématique principale", "code", "problematique", (
        "problematique", "problematique principale", "motif", "motif principal", "type de situation",
    )),
    Champ("problematiques", "Autres problématiques", "codes", "problematique", (
        "autres problematiques", "problematiques secondaires", "problematiques",
    )),
    Champ("demandes", "Demandes", "codes", "demande", ("demande", "demandes")),
    Champ("reponses", "Réponses", "codes", "reponse", ("reponse", "reponses", "actions", "action menee")),
    Champ("orientation", "Orientation", "code", "type_partenaire", ("orientation", "oriente vers", "partenaire")),
    Champ("accord", "Accord pour transmettre", "code", "accord", ("accord", "consentement")),
    Champ("elements_transmissibles", "Éléments transmissibles", noms=("elements transmissibles", "faits")),
    Champ("notes_de_travail", "Notes de travail", noms=("notes", "observations", "commentaires", "remarques")),
)  # fmt: skip
"""All that a column may say, in the order in which it is offered."""

PAR_CODE = {champ.code: champ for champ in CHAMPS}

# What spreadsheets write where the lists have other words.
_SYNONYMES = {
    ("sexe", "f"): "femme", ("sexe", "mme"): "femme", ("sexe", "madame"): "femme", ("sexe", "feminin"): "femme",
    ("sexe", "m"): "homme", ("sexe", "h"): "homme", ("sexe", "mr"): "homme", ("sexe", "monsieur"): "homme",
    ("sexe", "masculin"): "homme",
    ("connu_services_sociaux", "oui"): "connu", ("connu_services_sociaux", "non"): "inconnu",
    ("statut", "auteur"): "mis_en_cause", ("statut", "mec"): "mis_en_cause",
}  # fmt: skip
_NOTHING = frozenset(("", "nr", "nsp", "?", "-", "non renseigne", "non communique", "inconnue", "sans objet"))
_PARTS = re.compile(r"[;,/\n|]+")


@dataclass(frozen=True, slots=True)
class Correspondance:
    """What she said of a spreadsheet; kept for the next one.

    Attributes:
        colonnes: Code of the champ that a column says, by its folded name; "" for a column left out.
        valeurs: Code that a folded word means, by list; "" for « non renseigné ».
    """

    colonnes: Mapping[str, str] = field(default_factory=dict)
    valeurs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def champ(self, entete: str) -> Champ | None:
        """What a column says, if anything."""
        return PAR_CODE.get(self.colonnes.get(column_key(entete), ""))

    def code(self, liste: str, mot: str) -> str | None:
        """Code that a word means: "" for nothing noted, None when nobody said."""
        return self.valeurs.get(liste, {}).get(folded(mot))


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A line of the file once read.

    Attributes:
        problems: Why it cannot be taken; empty when it can.
        remarques: What will be taken otherwise than written, and said.
    """

    numero: int
    problems: tuple[Problem, ...] = ()
    remarques: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rapport:
    """What an import would do, line by line; nothing is done as long as a line is refused.

    Attributes:
        dossiers, entretiens, personnes: How many it would add.
        hors_bilan: Entretiens that are older than the first quarter counted here.
    """

    lignes: tuple[LigneLue, ...]
    dossiers: int
    entretiens: int
    personnes: int
    hors_bilan: int = 0

    @property
    def refusees(self) -> tuple[LigneLue, ...]:
        """Lines that cannot be taken."""
        return tuple(ligne for ligne in self.lignes if ligne.problems)

    @property
    def remarquees(self) -> tuple[LigneLue, ...]:
        """Lines taken otherwise than written."""
        return tuple(ligne for ligne in self.lignes if ligne.remarques and not ligne.problems)


@dataclass(frozen=True, slots=True)
class ImportFait:
    """An import that was made.

    Attributes:
        empreinte: SHA-256 of the file.
    """

    id: int
    fait_le: date
    nom: str
    empreinte: bytes
    dossiers: int
    entretiens: int


def folded(text: str) -> str:
    """A word as it is compared: no accent, no case, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    kept = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(kept.split())


def column_key(entete: str) -> str:
    """Name under which what a column says is kept."""
    return folded(entete) or entete


def doubled(entetes: Sequence[str], said: Correspondance) -> tuple[Champ, ...]:
    """What several columns say at once: one of them must be left out."""
    counts = Counter(champ.code for entete in entetes if (champ := said.champ(entete)) is not None)
    return tuple(champ for champ in CHAMPS if counts[champ.code] > 1)


def guess_columns(entetes: Sequence[str], known: Correspondance) -> dict[str, str]:
    """Champ of each column, by its folded name: as she said before, else by its name; each champ once."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for entete in entetes:
        name = column_key(entete)
        said = known.colonnes.get(name)
        if said is not None and (not said or said not in taken):
            found[name] = said
            taken.add(said)
    names = {
        folded(other): champ.code for champ in CHAMPS for other in (champ.libelle, champ.code, *champ.noms)
    }
    for entete in entetes:
        name = column_key(entete)
        code = names.get(name, "")
        if name not in found:
            found[name] = code if code not in taken else ""
            taken.add(found[name])
    return found


def guess_value(champ: Champ, mot: str, libelles: Mapping[str, str]) -> str | None:
    """Code that a word most likely means in its list, "" for nothing noted, None when it is not plain.

    Args:
        champ: What the column says.
        mot: As it is written.
        libelles: Label of each code of the list.
    """
    word = folded(mot)
    if word in _NOTHING:
        return ""
    exact = {folded(label): code for code, label in libelles.items()} | {
        folded(code): code for code in libelles
    }
    code = exact.get(word) or _SYNONYMES.get((champ.liste, word))
    if code is not None and code in libelles:
        return code
    starts = [each for label, each in exact.items() if label.startswith(word)] if len(word) > 3 else []
    return starts[0] if len(set(starts)) == 1 else None


def parts(cell: str) -> tuple[str, ...]:
    """The words of a cell that gives several answers, each once."""
    return tuple(dict.fromkeys(part.strip() for part in _PARTS.split(cell) if part.strip()))


def words_of(champ: Champ, cells: Iterable[str], most: int | None = None) -> tuple[str, ...]:
    """The different words a coded column holds, in order of first sight; at most so many."""
    seen: dict[str, str] = {}
    for cell in cells:
        for word in parts(cell) if champ.genre == "codes" else (cell.strip(),):
            if word:
                seen.setdefault(folded(word) or word, word)
        if most is not None and len(seen) >= most:
            break
    return tuple(seen.values())
