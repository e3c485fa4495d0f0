"""Sharing the annuaire: its file written where she chose, a colleague's read, shown first, then taken or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Literal

from iscg_desktop.domain.partenaire import Partenaire, PartenaireDraft
from iscg_desktop.errors import UserError
from iscg_desktop.exports.annuaire_csv import (
    BYTES_MAX,
    LectureAnnuaire,
    LigneAnnuaire,
    LigneRefusee,
    read_annuaire,
    same_place,
    write_annuaire,
)
from iscg_desktop.files import write_atomic
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.session import Session
from iscg_desktop.services.turns import lasting

__all__ = ("FILE_NAME", "AnnuaireEchangeService", "Apercu", "Importe", "LigneApercue", "LigneRefusee")

FILE_NAME = "annuaire.csv"

_STEP = 50  # lines compared between two looks at keys and mouse

Sort = Literal["nouvelle", "differente", "identique"]


@dataclass(frozen=True, slots=True)
class LigneApercue:
    """A line of the file beside what the annuaire holds.

    Attributes:
        sort: ``nouvelle`` to be added, ``differente`` to be updated or skipped, ``identique`` left alone.
        existante: Id of the structure it is about, if the annuaire has it.
    """

    numero: int
    nom: str
    ville: str
    type: str
    sort: Sort
    existante: int | None


@dataclass(frozen=True, slots=True)
class Apercu:
    """What an import would do; nothing is changed yet."""

    lecture: LectureAnnuaire
    lignes: tuple[LigneApercue, ...]

    @property
    def refus(self) -> tuple[LigneRefusee, ...]:
        """Lines that cannot be taken."""
        return self.lecture.refus

    def count(self, sort: Sort) -> int:
        """How many lines meet that fate."""
        return sum(line.sort == sort for line in self.lignes)


@dataclass(frozen=True, slots=True)
class Importe:
    """What an import did."""

    changes: Changes
    ajoutees: int
    mises_a_jour: int


class AnnuaireEchangeService:
    """Use cases of the import and the export of the annuaire."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def export(self, *, correspondants: bool) -> bytes:
        """The bytes of the file: every structure, closed ones included."""
        liste = self._session.nomenclatures["type_partenaire"]
        structures = self._session.read.partenaires.all()
        return write_annuaire(structures, liste.libelle_de, correspondants=correspondants)

    def save(self, path: Path, *, correspondants: bool) -> Changes:
        """Write the file where she chose.

        Raises:
            UserError: The disk's refusals.
        """
        write_atomic(path, self.export(correspondants=correspondants))
        with self._session.transaction() as tx:
            tx.journal.append("export", "annuaire", None, self._session.clock.now())
            tx.commit()
        return changes()

    def reader(self) -> Callable[[Path], LectureAnnuaire]:
        """Reads a file without the coffre: for a worker.

        What it returns raises ``UserError``: ``annuaire_fichier_absent`` and the refusals of ``read_annuaire``.
        """
        types = {
            valeur.code: valeur.libelle for valeur in self._session.nomenclatures["type_partenaire"].valeurs
        }
        territories = self._session.territories

        @cache
        def commune(code: str) -> str | None:
            found = territories.commune(code)
            return code.upper() if found is not None else None

        return lambda path: read_annuaire(_bytes_of(path), types, commune)

    def preview(self, lecture: LectureAnnuaire) -> Apercu:
        """Each line of a file beside what the annuaire holds."""
        return at_once(self.previewing(lecture))

    def previewing(self, lecture: LectureAnnuaire) -> Generator[None, None, Apercu]:
        """``preview`` in short steps, for the window's thread."""
        structures = self._session.read.partenaires.all()
        yield
        pairs = _paired(lecture, structures)
        lines = []
        for number, (line, existing) in enumerate(pairs):
            if number % _STEP == 0:
                yield
            if existing is None:
                sort: Sort = "nouvelle"
            else:
                same = _merged(existing, line.draft) == existing.draft()
                sort = "identique" if same else "differente"
            draft = line.draft
            lines.append(
                LigneApercue(
                    line.numero,
                    draft.nom,
                    draft.ville,
                    draft.type or "",
                    sort,
                    existing.id if existing is not None else None,
                )
            )
        return Apercu(lecture, tuple(lines))

    def take(self, lecture: LectureAnnuaire, updated: Collection[int]) -> Importe:
        """Add what the annuaire lacks, and update what she chose; all of it or nothing.

        Args:
            lecture: The file, as it was read.
            updated: Numbers of the lines that replace what the annuaire holds; the others are skipped.
        """
        return at_once(self.taking(lecture, updated))

    def taking(
        self, lecture: LectureAnnuaire, updated: Collection[int]
    ) -> Generator[tuple[int, int], None, Importe]:
        """``take`` in short steps, all in one transaction: closed before its end, it leaves nothing.

        Each step gives lines taken and lines in all.
        """
        added = changed = 0
        total = len(lecture.lignes)
        with self._session.long_transaction() as tx:
            structures = tx.partenaires.all()
            yield 0, total
            known = {structure.uid for structure in structures}
            for number, (line, existing) in enumerate(_paired(lecture, structures)):
                yield number, total
                if existing is None:
                    tx.partenaires.add(line.draft, line.uid if line.uid not in known else None)
                    added += 1
                elif line.numero in updated:
                    tx.partenaires.change(existing.id, _merged(existing, line.draft))
                    changed += 1
            tx.journal.append("import", "annuaire", None, self._session.clock.now())
            yield from lasting(tx, total)
        return Importe(changes("partenaires", "orientations"), added, changed)


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, one more than what is allowed at most."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(BYTES_MAX + 1)
    except (OSError, ValueError):
        pass
    raise UserError("annuaire_fichier_absent")


def _paired(
    lecture: LectureAnnuaire, structures: tuple[Partenaire, ...]
) -> list[tuple[LigneAnnuaire, Partenaire | None]]:
    """Each line with the structure it is about: the one of its identifier, else of its name and town."""
    by_uid = {structure.uid: structure for structure in structures}
    taken = {line.uid for line in lecture.lignes if line.uid in by_uid}
    by_place: dict[tuple[str, str], list[Partenaire]] = {}
    for structure in structures:
        if structure.uid not in taken:
            by_place.setdefault(same_place(structure.nom, structure.ville), []).append(structure)
    pairs: list[tuple[LigneAnnuaire, Partenaire | None]] = []
    for line in lecture.lignes:
        existing = by_uid.get(line.uid)
        near = by_place.get(same_place(line.draft.nom, line.draft.ville), [])
        if existing is None and near:
            existing = near.pop(0)  # two lines never replace one structure
        pairs.append((line, existing))
    return pairs


def _merged(existing: Partenaire, draft: PartenaireDraft) -> PartenaireDraft:
    """What the file says of a structure over what was known: an empty cell takes nothing away."""
    kept = existing.draft()
    said = {
        field.name: value
        for field in fields(PartenaireDraft)
        if field.name != "correspondants" and (value := getattr(draft, field.name)) not in ("", None, ())
    }
    names = {person.nom.casefold() for person in kept.correspondants}
    people = (*kept.correspondants, *(p for p in draft.correspondants if p.nom.casefold() not in names))
    merged = replace(kept, **said, correspondants=people)
    return replace(merged, communes=tuple(sorted(merged.communes)))
