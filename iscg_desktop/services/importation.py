"""Imports past dossiers from a spreadsheet: read, dry run, all or nothing, and taken back whole."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz, process

from iscg_desktop.domain.entretien import EntretienDraft, PersonneDraft
from iscg_desktop.domain.importation import (
    Champ,
    Correspondance,
    LigneLue,
    Rapport,
    folded,
    guess_columns,
    guess_value,
    words_of,
)
from iscg_desktop.domain.period import Periode, is_closed, parse_period, quarter_of
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.exports.tableur import Tableur, read_tableur
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.entretien_writing import Recording
from iscg_desktop.services.importation_lignes import Lieux, LigneTraduite, Traducteur
from iscg_desktop.services.session import Session
from iscg_desktop.storage.imports import ImportFait
from iscg_desktop.storage.transaction import Transaction

_CORRESPONDANCE = "import_correspondance"
_ALIKE = 88  # share of likeness, 0 to 100, from which a word is proposed for a label
_NUMBERS_SAID = 5
_QUARTERS = 7  # a year and a half back

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file that was read."""

    nom: str
    empreinte: bytes
    tableur: Tableur


class ImportationService:
    """Use cases around the spreadsheet of past dossiers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @staticmethod
    def read(data: bytes, nom: str) -> Fichier:
        """Read the bytes of a file; seconds of work on a large one, for a worker.

        Raises:
            UserError: The refusals of ``read_tableur``.
        """
        return Fichier(nom, hashlib.sha256(data).digest(), read_tableur(data))

    # What the columns say.

    def propose(self, fichier: Fichier) -> Correspondance:
        """What its columns and their words most likely say: as she said before, else by their names."""
        kept = self._kept()
        columns = guess_columns(fichier.tableur.entetes, kept)
        proposed = Correspondance(columns, kept.valeurs)
        values = {liste: dict(words) for liste, words in kept.valeurs.items()}
        for champ, words in self.words(fichier, proposed):
            known = values.setdefault(champ.liste, {})
            for word in words:
                code = guess_value(champ, word, self._labels(champ)) if folded(word) not in known else None
                code = code if code is not None else self._alike(champ, word)
                if code is not None:
                    known.setdefault(folded(word), code)
        return Correspondance(columns, values)

    def words(self, fichier: Fichier, said: Correspondance) -> tuple[tuple[Champ, tuple[str, ...]], ...]:
        """The different words of each coded column."""
        found = []
        for place, entete in enumerate(fichier.tableur.entetes):
            champ = said.champ(entete)
            if champ is not None and champ.coded:
                found.append((champ, words_of(champ, (cells[place] for _, cells in fichier.tableur.lignes))))
        return tuple(found)

    def quarters(self) -> tuple[Periode, ...]:
        """First quarters she may choose to count from, the last first; one alone when it is settled."""
        today = quarter_of(self._session.clock.today())
        settled = self._settled()
        if settled is not None:
            return (settled,)
        found = [today]
        while len(found) < _QUARTERS:
            found.append(quarter_of(date.fromordinal(found[-1].debut.toordinal() - 1)))
        return tuple(found)

    # The import itself.

    def dry_run(
        self, fichier: Fichier, said: Correspondance, premier: Periode, *, progress: Progress | None = None
    ) -> Rapport:
        """All that an import would do, line by line; nothing is written."""
        lines = [self._checked(line, premier) for line in self._translated(fichier, said, progress)]
        drafts = [line.draft for line in lines if line.draft is not None]
        references = [line.reference or f"#{line.numero}" for line in lines if line.draft is not None]
        people = {
            (reference, _key(draft.personnes[0].identite) or f"#{rank}")
            for rank, (reference, draft) in enumerate(zip(references, drafts, strict=True))
        }
        older = sum(1 for draft in drafts if draft.date and quarter_of(draft.date) < premier)
        return Rapport(
            tuple(LigneLue(line.numero, line.problems, line.remarques) for line in lines),
            len(set(references)),
            len(drafts),
            len(people),
            older,
        )

    def run(
        self, fichier: Fichier, said: Correspondance, premier: Periode, *, progress: Progress | None = None
    ) -> Changes:
        """Import the whole file in one transaction, or nothing of it.

        Raises:
            UserError: ``import_lignes_refusees`` when a line cannot be taken, ``import_deja_fait`` when this very
                file was imported already.
        """
        if any(each.empreinte == fichier.empreinte for each in self.all()):
            raise UserError("import_deja_fait")
        lines = [self._checked(line, premier) for line in self._translated(fichier, said, None)]
        refused = sum(1 for line in lines if line.draft is None)
        if refused:
            raise UserError("import_lignes_refusees", nombre=refused)
        with self._session.transaction() as tx:
            self._session.keep_premier_trimestre(tx, premier.code)
            made = _Writing(self._session, tx).write(lines, progress)
            self._keep(tx, said)
            tx.imports.add(self._session.clock.today(), fichier.nom, fichier.empreinte, made, len(lines))
            tx.journal.append("import", "dossiers", str(len(made)), self._session.clock.now())
            tx.commit()
        return changes("dossiers", "personnes", "entretiens", "saisines", "orientations", "bilans")

    def all(self) -> tuple[ImportFait, ...]:
        """The imports made, the last first."""
        return self._session.read.imports.all()

    def take_back(self, import_id: int) -> Changes:
        """Remove all that an import brought.

        Raises:
            UserError: ``import_introuvable``; ``import_touche`` when she has worked in one of its dossiers since.
        """
        if import_id not in {each.id for each in self.all()}:
            raise UserError("import_introuvable")
        touched = self._session.read.imports.touched(import_id)
        if touched:
            numbers = ", ".join(touched[:_NUMBERS_SAID]) + ("…" if len(touched) > _NUMBERS_SAID else "")
            raise UserError("import_touche", nombre=len(touched), numeros=numbers)
        with self._session.transaction() as tx:
            count = len(tx.imports.dossiers(import_id))
            tx.imports.take_back(import_id)
            tx.journal.append("suppression", "import", str(count), self._session.clock.now())
            tx.commit()
        return changes("dossiers", "personnes", "entretiens", "saisines", "orientations", "bilans")

    # Parts.

    def _settled(self) -> Periode | None:
        """The first quarter counted, once it cannot move: it was said, or something is counted already."""
        read = self._session.read
        said = self._session.premier_trimestre(read)
        first = said or read.statistics.first_quarter()
        return None if first is None else parse_period(first)

    def _translated(
        self, fichier: Fichier, said: Correspondance, progress: Progress | None
    ) -> Iterator[LigneTraduite]:
        reader = Traducteur(fichier.tableur.entetes, said, self._places(), self._session.clock.today())
        count = len(fichier.tableur.lignes)
        for done, (numero, cells) in enumerate(fichier.tableur.lignes, 1):
            yield reader.translate(numero, cells)
            if progress is not None:
                progress(done, count)

    def _checked(self, line: LigneTraduite, premier: Periode) -> LigneTraduite:
        """A line of a quarter arrêté here cannot come in: its figures were handed over."""
        draft = line.draft
        if draft is None or draft.date is None:
            return line
        quarter = quarter_of(draft.date)
        if quarter < premier or not is_closed(quarter.code, self._session.read.bilans.quarters()):
            return line
        problem = Problem("date", "import_trimestre_arrete", {"periode": quarter.libelle})
        return replace(line, draft=None, problems=(*line.problems, problem))

    def _places(self) -> Lieux:
        territories = self._session.territories
        owner = self._session.intervenant
        home = owner.departement if owner and owner.departement else None
        unites = {folded(unite.nom): unite.id for unite in self._session.unites().values()}
        seen: dict[str, str | None] = {}

        def commune(words: str) -> str | None:
            if words not in seen:
                exact = territories.commune(words.upper())
                named = [
                    each
                    for each in territories.search(words, departement=home)
                    if folded(each.nom) == folded(words)
                ]
                seen[words] = exact.code if exact else named[0].code if named else None
            return seen[words]

        return Lieux(commune, lambda words: unites.get(folded(words)))

    def _labels(self, champ: Champ) -> dict[str, str]:
        return {valeur.code: valeur.libelle for valeur in self._session.nomenclatures[champ.liste].valeurs}

    def _alike(self, champ: Champ, word: str) -> str | None:
        """Code of the label most like a word, when one is."""
        labels = {folded(label): code for code, label in self._labels(champ).items()}
        best = process.extractOne(
            folded(word), list(labels), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE
        )
        return None if best is None else labels[best[0]]

    def _kept(self) -> Correspondance:
        value = self._session.read.settings.get(_CORRESPONDANCE)
        return Correspondance(**value) if isinstance(value, dict) else Correspondance()

    @staticmethod
    def _keep(tx: Transaction, said: Correspondance) -> None:
        tx.settings.put(_CORRESPONDANCE, dataclasses.asdict(said))


class _Writing:
    """Writes the lines of a file within one transaction."""

    def __init__(self, session: Session, tx: Transaction) -> None:
        self._session, self._tx = session, tx
        self._dossiers: dict[str, int] = {}
        self._people: dict[tuple[int, str], int] = {}

    def write(self, lines: list[LigneTraduite], progress: Progress | None) -> tuple[int, ...]:
        """Write every line; returns the dossiers made."""
        made: dict[int, None] = {}
        for done, line in enumerate(sorted(lines, key=_when), 1):
            assert line.draft is not None
            known = self._dossiers.get(line.reference) if line.reference else None
            recorded = Recording(self._session, self._tx, self._placed(line.draft, known)).run()
            made[recorded.dossier_id] = None
            if line.reference:
                self._dossiers[line.reference] = recorded.dossier_id
            key = _key(line.draft.personnes[0].identite)
            if key:
                self._people[recorded.dossier_id, key] = recorded.personne_ids[0]
            if progress is not None:
                progress(done, len(lines))
        return tuple(made)

    def _placed(self, draft: EntretienDraft, dossier_id: int | None) -> EntretienDraft:
        """A line that goes on in the dossier of an earlier one; the same name there is the same person."""
        if dossier_id is None:
            return draft
        person = draft.personnes[0]
        same = self._people.get((dossier_id, _key(person.identite)))
        return replace(
            draft,
            dossier_id=dossier_id,
            saisine=None,
            personnes=(PersonneDraft(same, person.identite, person.profil, accord=person.accord),),
        )


def _when(line: LigneTraduite) -> tuple[date, int]:
    assert line.draft is not None
    assert line.draft.date is not None
    return line.draft.date, line.numero


def _key(identite: Identite) -> str:
    """What tells a person from the others of her dossier; empty when she has no name."""
    named = folded(f"{identite.nom_usage or identite.nom_naissance} {identite.prenom}")
    return f"{named} {identite.naissance}" if named else ""
