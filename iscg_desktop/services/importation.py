"""Imports past dossiers from a spreadsheet: read, dry run, all or nothing, and taken back whole."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from iscg_desktop.domain.importation import (
    Champ,
    Correspondance,
    ImportFait,
    LigneLue,
    Rapport,
    folded,
    guess_columns,
    guess_value,
    words_of,
)
from iscg_desktop.domain.nomenclature import Nomenclatures
from iscg_desktop.domain.period import Periode, is_closed, parse_period, quarter_of
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.exports.tableur import BYTES_MAX, Tableur, read_tableur
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.importation_ecriture import Writing, drained, person_key
from iscg_desktop.services.importation_lignes import Lieux, LigneTraduite, Traducteur
from iscg_desktop.services.session import Session
from iscg_desktop.services.turns import Etapes, lasting
from iscg_desktop.storage.transaction import Transaction

_CORRESPONDANCE = "import_correspondance"
_ALIKE = 88  # share of likeness, 0 to 100, from which a word is proposed for a label
_NUMBERS_SAID = 5
_QUARTERS = 7  # a year and a half back

WORDS_MAX = 1_000
"""Different words of a column from which it is no list: the rest are not asked about."""
_CHANGED = changes("dossiers", "personnes", "entretiens", "saisines", "orientations", "bilans")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file that was read."""

    nom: str
    empreinte: bytes
    tableur: Tableur


class Lecteur:
    """Reads a file and proposes what it says; needs nothing of the coffre any more, and may work in a thread.

    Args:
        kept: What she said of a file before.
        listes: The lists.
    """

    def __init__(self, kept: Correspondance, listes: Nomenclatures) -> None:
        self._kept, self._listes = kept, listes

    def read(self, path: Path) -> tuple[Fichier, Correspondance]:
        """Read a file and propose what its columns say.

        Raises:
            UserError: ``import_fichier_illisible``, or the refusals of ``read_tableur``.
        """
        try:
            if not path.is_file():
                raise UserError("import_fichier_illisible")
            with path.open("rb") as file:
                data = file.read(BYTES_MAX + 1)
        except OSError:
            raise UserError("import_fichier_illisible") from None
        fichier = ImportationService.read(data, path.name)
        return fichier, self.propose(fichier)

    def propose(self, fichier: Fichier) -> Correspondance:
        """What its columns and their words most likely say: as she said before, else by their names."""
        columns = guess_columns(fichier.tableur.entetes, self._kept)
        return self.with_words(fichier, Correspondance(columns, self._kept.valeurs))

    def with_words(self, fichier: Fichier, said: Correspondance) -> Correspondance:
        """The same, with a meaning for the words that have none yet and that are plain."""
        values = {liste: dict(words) for liste, words in said.valeurs.items()}
        for champ, words in ImportationService.words(fichier, said):
            known = values.setdefault(champ.liste, {})
            labels = {valeur.code: valeur.libelle for valeur in self._listes[champ.liste].valeurs}
            alike = {folded(label): code for code, label in labels.items()}
            for word in words:
                if folded(word) in known:
                    continue
                code = guess_value(champ, word, labels)
                code = code if code is not None else _alike(word, alike)
                if code is not None:
                    known[folded(word)] = code
        return Correspondance(said.colonnes, values)


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
        return self.reader().propose(fichier)

    def reader(self) -> Lecteur:
        """Reads and proposes away from the coffre: what it needs of it is read now."""
        return Lecteur(self._kept(), self._session.nomenclatures)

    @staticmethod
    def words(fichier: Fichier, said: Correspondance) -> tuple[tuple[Champ, tuple[str, ...]], ...]:
        """The different words of each coded column, at most a thousand of each."""
        found = []
        for place, entete in enumerate(fichier.tableur.entetes):
            champ = said.champ(entete)
            if champ is not None and champ.coded:
                cells = dict.fromkeys(cells[place] for _, cells in fichier.tableur.lignes)
                found.append((champ, words_of(champ, cells, WORDS_MAX)))
        return tuple(found)

    def keep(self, said: Correspondance) -> None:
        """Remember what she said of the columns and of their words, for the next file."""
        with self._session.transaction() as tx:
            self._keep(tx, said)
            tx.commit()

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
        return drained(self.checking(fichier, said, premier), progress)

    def checking(self, fichier: Fichier, said: Correspondance, premier: Periode) -> Etapes[Rapport]:
        """``dry_run`` in steps."""
        report: list[LigneLue] = []
        dossiers: set[str] = set()
        people: set[tuple[str, str]] = set()
        older = entretiens = 0
        for done, line in enumerate(self._checked(fichier, said, premier), 1):
            report.append(LigneLue(line.numero, line.problems, line.remarques))
            if line.draft is not None and line.draft.date is not None:
                entretiens += 1
                reference = line.reference or f"#{line.numero}"
                dossiers.add(reference)
                people.add((reference, person_key(line.draft.personnes[0].identite) or f"#{line.numero}"))
                older += quarter_of(line.draft.date) < premier
            yield done, len(fichier.tableur.lignes)
        return Rapport(tuple(report), len(dossiers), entretiens, len(people), older)

    def run(
        self, fichier: Fichier, said: Correspondance, premier: Periode, *, progress: Progress | None = None
    ) -> Changes:
        """Import the whole file in one transaction, or nothing of it.

        Raises:
            UserError: ``import_lignes_refusees`` when a line cannot be taken, ``import_deja_fait`` when this very
                file was imported already.
        """
        return drained(self.running(fichier, said, premier), progress)

    def running(self, fichier: Fichier, said: Correspondance, premier: Periode) -> Etapes[Changes]:
        """``run`` in steps, all in one transaction: closed before its end, it leaves nothing."""
        if any(each.empreinte == fichier.empreinte for each in self.all()):
            raise UserError("import_deja_fait")
        lines, count = [], len(fichier.tableur.lignes)
        for line in self._checked(fichier, said, premier):
            lines.append(line)
            yield 0, count
        refused = sum(1 for line in lines if line.draft is None)
        if refused:
            raise UserError("import_lignes_refusees", nombre=refused)
        with self._session.long_transaction() as tx:
            self._session.keep_premier_trimestre(tx, premier.code)
            made = yield from Writing(self._session, tx).write(lines)
            self._keep(tx, said)
            import_id = tx.imports.add(self._session.clock.today(), fichier.nom, fichier.empreinte, count)
            for dossier_id in made:
                tx.imports.add_dossier(import_id, dossier_id)
                yield count, count
            tx.journal.append("import", "dossiers", str(len(made)), self._session.clock.now())
            yield from lasting(tx, count)
        return _CHANGED

    def all(self) -> tuple[ImportFait, ...]:
        """The imports made, the last first."""
        return self._session.read.imports.all()

    def take_back(self, import_id: int) -> Changes:
        """Remove all that an import brought.

        Raises:
            UserError: ``import_introuvable``; ``import_touche`` when she has worked in one of its dossiers since;
                ``import_arrete`` when a quarter that counts some of it was arrêté.
        """
        return drained(self.taking_back(import_id), None)

    def taking_back(self, import_id: int) -> Etapes[Changes]:
        """``take_back`` in steps, all in one transaction: closed before its end, it leaves the import whole."""
        imports = self._session.read.imports
        if import_id not in {each.id for each in self.all()}:
            raise UserError("import_introuvable")
        self._refuse_closed(imports.quarters(import_id))
        yield 0, 1
        dossiers = imports.dossiers(import_id)
        touched = []
        for done, dossier_id in enumerate(dossiers, 1):
            numero = imports.touched(dossier_id)
            if numero is not None:
                touched.append(numero)
            yield done, 2 * len(dossiers)
        if touched:
            numbers = ", ".join(touched[:_NUMBERS_SAID]) + ("…" if len(touched) > _NUMBERS_SAID else "")
            raise UserError("import_touche", nombre=len(touched), numeros=numbers)
        with self._session.long_transaction() as tx:
            for done, dossier_id in enumerate(dossiers, len(dossiers) + 1):
                tx.imports.take_back(dossier_id)
                yield done, 2 * len(dossiers)
            tx.imports.forget(import_id)
            if not tx.imports.all() and not tx.bilans.quarters():
                self._session.forget_premier_trimestre(tx)  # an import alone had said it
            tx.journal.append("suppression", "import", str(len(dossiers)), self._session.clock.now())
            yield from lasting(tx, 2 * len(dossiers))
        return _CHANGED

    # Parts.

    def _settled(self) -> Periode | None:
        """The first quarter counted, once it cannot move: it was said, or something is counted already."""
        read = self._session.read
        said = self._session.premier_trimestre(read)
        counted = filter(None, (read.statistics.first_quarter(), *read.bilans.quarters()))
        first = said or min(counted, default=None)
        return None if first is None else parse_period(first)

    def _checked(
        self, fichier: Fichier, said: Correspondance, premier: Periode
    ) -> Generator[LigneTraduite, None, None]:
        """Each line read; one of a quarter arrêté here cannot come in: its figures were handed over."""
        reader = Traducteur(fichier.tableur.entetes, said, self._places(), self._session.clock.today())
        closed = self._session.read.bilans.quarters()
        for numero, cells in fichier.tableur.lignes:
            line = reader.translate(numero, cells)
            day = line.draft.date if line.draft is not None else None
            quarter = quarter_of(day) if day is not None else premier
            counted = quarter >= premier or quarter.code in closed
            if day is not None and counted and is_closed(quarter.code, closed):
                problem = Problem("date", "import_trimestre_arrete", {"periode": quarter.libelle})
                line = replace(line, draft=None, problems=(*line.problems, problem))
            yield line

    def _refuse_closed(self, codes: Iterable[str]) -> None:
        """What counts in a quarter arrêté stays; what is older than the first counted was handed over nowhere."""
        read = self._session.read
        arretes, first = read.bilans.quarters(), self._session.premier_trimestre(read)
        for quarter in sorted(map(parse_period, codes)):
            if is_closed(quarter.code, arretes) and (first is None or quarter >= parse_period(first)):
                raise UserError("import_arrete", periode=quarter.libelle)

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

    def _kept(self) -> Correspondance:
        value = self._session.read.settings.get(_CORRESPONDANCE)
        return Correspondance(**value) if isinstance(value, dict) else Correspondance()

    @staticmethod
    def _keep(tx: Transaction, said: Correspondance) -> None:
        tx.settings.put(_CORRESPONDANCE, dataclasses.asdict(said))


def _alike(word: str, labels: Mapping[str, str]) -> str | None:
    """Code of the folded label most like a word, when one is."""
    best = process.extractOne(folded(word), list(labels), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return None if best is None else labels[best[0]]
