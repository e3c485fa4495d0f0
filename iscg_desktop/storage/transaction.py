"""One transaction over the coffre: its repositories, rolled back unless committed."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Protocol, Self

from iscg_desktop.errors import BugError
from iscg_desktop.storage.accueils import Accueils
from iscg_desktop.storage.agenda import Agenda
from iscg_desktop.storage.apart import Apart
from iscg_desktop.storage.bilans import Bilans
from iscg_desktop.storage.chronologie import Chronologie
from iscg_desktop.storage.clotures import Clotures
from iscg_desktop.storage.connection import Params, Result, Statements
from iscg_desktop.storage.conservation import Conservation
from iscg_desktop.storage.contacts import Contacts
from iscg_desktop.storage.copies import Copies
from iscg_desktop.storage.documents import Documents
from iscg_desktop.storage.dossiers import Dossiers
from iscg_desktop.storage.drafts import Drafts
from iscg_desktop.storage.droits import Droits
from iscg_desktop.storage.effacement import Effacements
from iscg_desktop.storage.entretiens import Entretiens
from iscg_desktop.storage.fiches import Fiches
from iscg_desktop.storage.fusions import Fusions
from iscg_desktop.storage.imports import Imports
from iscg_desktop.storage.journal import Journal
from iscg_desktop.storage.liens import Liens
from iscg_desktop.storage.liste_dossiers import ListeDossiers
from iscg_desktop.storage.mots import Mots
from iscg_desktop.storage.orientations import Orientations
from iscg_desktop.storage.partenaires import Partenaires, Secteurs
from iscg_desktop.storage.passation import Passation
from iscg_desktop.storage.personnes import Personnes
from iscg_desktop.storage.pieces_jointes import PiecesJointes
from iscg_desktop.storage.points import Points
from iscg_desktop.storage.recherche_personnes import RecherchePersonnes
from iscg_desktop.storage.recits import Recits
from iscg_desktop.storage.saisines import Saisines
from iscg_desktop.storage.settings import NomenclatureRows, Settings, Unites
from iscg_desktop.storage.statistics import Statistics
from iscg_desktop.storage.tournees import Tournees

_STEP = 0.005
"""Seconds for which a step waits for the disk."""


class Repositories:
    """The repositories over whatever runs statements: a vault to read, a transaction to write."""

    def __init__(self, statements: Statements) -> None:
        self.settings = Settings(statements)
        self.copies = Copies(statements)
        self.nomenclatures = NomenclatureRows(statements)
        self.unites = Unites(statements)
        self.partenaires = Partenaires(statements)
        self.secteurs = Secteurs(statements)
        self.contacts = Contacts(statements)
        self.personnes = Personnes(statements)
        self.recherche_personnes = RecherchePersonnes(statements)
        self.liens = Liens(statements)
        self.fusions = Fusions(statements)
        self.dossiers = Dossiers(statements)
        self.liste_dossiers = ListeDossiers(statements)
        self.chronologie = Chronologie(statements)
        self.clotures = Clotures(statements)
        self.points = Points(statements)
        self.saisines = Saisines(statements)
        self.entretiens = Entretiens(statements)
        self.accueils = Accueils(statements)
        self.pieces_jointes = PiecesJointes(statements)
        self.mots = Mots(statements)
        self.orientations = Orientations(statements)
        self.fiches = Fiches(statements)
        self.tournees = Tournees(statements)
        self.documents = Documents(statements)
        self.drafts = Drafts(statements)
        self.agenda = Agenda(statements)
        self.imports = Imports(statements)
        self.statistics = Statistics(statements)
        self.bilans = Bilans(statements)
        self.recits = Recits(statements)
        self.journal = Journal(statements)
        self.conservation = Conservation(statements)
        self.effacements = Effacements(statements)
        self.passation = Passation(statements)
        self.droits = Droits(statements)


class Transactional(Protocol):
    """A vault, as a transaction needs it."""

    def execute(self, sql: str, params: Params = ()) -> Result:
        """Run one statement."""

    def execute_many(self, sql: str, rows: Iterable[Params]) -> int:
        """Run one statement for each row."""

    def begin_immediate(self) -> None:
        """Take the write lock."""

    def seal_so_far(self, at_most: int) -> bool:
        """Leave less to the commit; whether there is more of it."""

    def commit(self) -> None:
        """Return only once it lasts."""

    def commit_apart(self) -> Apart:
        """The same in a thread."""

    def rollback(self) -> None:
        """Undo; nothing happens outside a transaction."""


class Transaction(Repositories):
    """All or nothing: what ``commit`` did not acknowledge is rolled back on leaving.

    Raises:
        UserError: ``disque_plein``, ``dossier_non_inscriptible``… when the disk refuses.
    """

    def __init__(self, vault: Transactional) -> None:
        super().__init__(vault)
        self._vault = vault
        self._done = False
        self._apart: Apart | None = None

    def __enter__(self) -> Self:
        self._vault.begin_immediate()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._apart is not None:
                self._settle(self._apart)  # what was asked of the disk may last already
        finally:
            if not self._done:
                self._vault.rollback()

    def seal_so_far(self, at_most: int = 50) -> bool:
        """Leave less to the commit, in a transaction taken in steps: all that is written is sealed, group by group.

        Args:
            at_most: How many groups of rows now: a tenth of a millisecond each, save whole documents.

        Returns:
            Whether some are left.
        """
        return self._vault.seal_so_far(at_most)

    def commit(self) -> None:
        """Make it last; returns only once it does."""
        if self._done:
            raise BugError("a transaction commits once")
        self._vault.commit()
        self._done = True

    def commit_apart(self) -> bool:
        """``commit`` in steps: a thread waits for the disk, and this for some milliseconds.

        Returns:
            Whether it lasts; to be called until it does. Once begun it is not undone: leaving waits for it.
        """
        if self._apart is None:
            if self._done:
                raise BugError("a transaction commits once")
            self._apart = self._vault.commit_apart()
        if not self._apart.has_ended(_STEP):
            return False
        self._settle(self._apart)
        return True

    def _settle(self, apart: Apart) -> None:
        self._apart = None
        apart.result()
        self._done = True
