"""An open coffre: the vault, the clock, the lists and the places every use case needs."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, time
from typing import TypeVar

from iscg_desktop.domain.dates import months_before
from iscg_desktop.domain.departements import DepartementPasse, departement_of, left_in
from iscg_desktop.domain.intervenant import Intervenant
from iscg_desktop.domain.mise_en_page import MiseEnPage
from iscg_desktop.domain.nomenclature import Nomenclatures
from iscg_desktop.domain.nomenclature_edition import as_counted
from iscg_desktop.domain.period import Periode, counting_quarter, parse_period
from iscg_desktop.domain.reglages import Reglages
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import UserError
from iscg_desktop.reference.nomenclatures import shipped
from iscg_desktop.reference.territories import Territories
from iscg_desktop.services.clock import Clock
from iscg_desktop.services.indexation import Indexation
from iscg_desktop.services.rapprochement import LookedFor
from iscg_desktop.services.turns import Turns
from iscg_desktop.storage.batch import Batch
from iscg_desktop.storage.check import Check
from iscg_desktop.storage.migrator import shipped_migrations
from iscg_desktop.storage.transaction import Repositories, Transaction, Transactional
from iscg_desktop.storage.vault import Vault

_T = TypeVar("_T")

_DEPARTEMENTS = "departements"
_INTERVENANT = "intervenant"
_REGLAGES = "reglages"
_MISE_EN_PAGE = "mise_en_page"
_LOGO = "mise_en_page_logo"
_DPO = "dpo"
SCHEMA = "schema"
_PREMIER = "premier_trimestre"
_AT_HAND = 2_000
"""Persons kept with the words they are found by: two megabytes."""

_REFUSED_BY_THE_DISK = frozenset({"disque_plein", "disque_en_erreur", "dossier_non_inscriptible"})


class Session:
    """What the services share while the coffre is open.

    Attributes:
        read: Repositories to read from, outside any transaction.
        territories: Communes, EPCI and départements.
        to_note: Lines of the journal that wait.
        written_first: What writes what still waits; called before each transaction of another.
    """

    def __init__(self, vault: Vault, clock: Clock, territories: Territories) -> None:
        self.vault = vault
        self.clock = clock
        self.territories = territories
        self.read = Repositories(vault)
        self._nomenclatures: Nomenclatures | None = None
        self._at_hand: dict[int, LookedFor] = {}
        self._at_hand_as_of = -1
        self._refusal: str | None = None
        self._written: Transactional = vault
        self._in_turns: Turns | None = None
        self.to_note: deque[tuple[str, str, str | None, datetime]] = deque()
        self.written_first: list[Callable[[], None]] = []
        self.indexation = Indexation(self)

    @property
    def waits_for_check(self) -> bool:
        """Whether the coffre can only be read so far: not all of it was checked yet."""
        return not self.vault.fully_checked

    @property
    def may_write_now(self) -> bool:
        """Whether a transaction of its own could be written without ending or hindering anything under way."""
        return not (self._in_turns or self._refusal or self.vault.in_transaction or self.waits_for_check)

    def begin(self) -> None:
        """Note the opening and add the shipped values that are missing; once the coffre may be written in."""
        self.note("ouverture", "coffre", self.vault.key.opened_with)
        if not self.waits_for_check:
            self.load_nomenclatures()
            self.thin_journal()

    def admit(self, check: Check) -> None:
        """Let the coffre be written in, now that it was checked; `thin_journal` is left to another turn.

        Raises:
            UserError: ``coffre_abime``.
        """
        self.vault.admit(check)
        self.load_nomenclatures()
        self._write_notes()

    def thin_journal(self) -> None:
        """Remove the lines older than she keeps them; an anchor keeps the chain verifiable."""
        oldest = months_before(self.clock.today(), self.reglages.journal_mois)
        with self.transaction() as tx:
            if tx.journal.thin(datetime.combine(oldest, time.min, tzinfo=UTC), self.clock.now()):
                tx.commit()

    def note(self, action: str, objet: str, reference: str | None) -> None:
        """A line of the journal that stands alone: an opening, a reading. It waits while nothing can be written.

        Raises:
            UserError: As `transaction`; a disk that is full or refuses is no reason not to read.
        """
        self.note_soon(action, objet, reference)
        self.write_notes()

    def note_soon(self, action: str, objet: str, reference: str | None) -> None:
        """As `note`, written by `write_notes`: at the latest before anything else is, or when the coffre closes."""
        self.to_note.append((action, objet, reference, self.clock.now()))

    def write_notes(self) -> None:
        """Write the lines that wait; raises as `note`."""
        if not self.to_note or self.waits_for_check:
            return
        try:
            self._write_notes()
        except UserError as error:
            if error.code not in _REFUSED_BY_THE_DISK:
                raise

    def _write_notes(self) -> None:
        self._may_write()
        with Transaction(self._written) as tx:
            for line in self.to_note:
                tx.journal.append(*line)
            tx.commit()
        self.to_note.clear()

    def transaction(self) -> Transaction:
        """A transaction, to be used in a ``with`` block and committed.

        Raises:
            UserError: ``coffre_en_import`` while a long one is under way, ``coffre_en_rotation`` while keys change,
                ``coffre_en_verification`` before `admit`.
        """
        self._may_write()
        if not self.vault.in_transaction:
            self.write_notes()  # first: the lines of the journal stand in the order of what they tell
            for write in self.written_first:
                write()
        return Transaction(self._written)

    def _may_write(self) -> None:
        self.finish_turns()
        if self._refusal is not None:
            raise UserError(self._refusal)

    def in_turns(self, work: Generator[None, None, _T]) -> Generator[None, None, _T]:
        """A use case taken a step at each turn of the window, its one transaction open meanwhile.

        Whatever else writes, or closes the coffre, finishes it first. Dropped before its end, it leaves nothing.
        """
        self.finish_turns()
        turns = self._in_turns = Turns(work)
        with self.vault.room_for_document():
            try:
                while turns.step():
                    yield
            finally:
                turns.close()
                if self._in_turns is turns:
                    self._in_turns = None
        answer: _T = turns.result()
        return answer

    def finish_turns(self) -> None:
        """Take at once the steps that are left of the use case under way."""
        if self._in_turns is not None and not self._in_turns.stepping:
            self._in_turns.finish()

    @contextmanager
    def long_transaction(self, *, held: bool = True) -> Iterator[Transaction]:
        """A transaction that lasts while the window goes on turning: any other is refused in words meanwhile.

        Args:
            held: Whether what is written stays in memory until the commit, as a whole document should. What has
                thousands of rows is better written along the steps: it leaves less to the commit, which is one.
        """
        room = self.vault.room_for_document() if held else nullcontext()
        with self.transaction() as tx, room:
            self.freeze("coffre_en_import")
            try:
                yield tx
            finally:
                self.thaw()

    def freeze(self, code: str) -> None:
        """Refuse every transaction in the words of a code, until `thaw`; reading goes on."""
        self.finish_turns()
        self._refusal = code

    def thaw(self) -> None:
        """Let transactions in again."""
        self._refusal = None

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Have all use cases in this block reach the disk at once, at its end; none if it is left by an error.

        For what can be made again, such as a demonstration: what is acknowledged in it does not last yet.
        """
        self.finish_turns()
        self.vault.begin_immediate()
        self._written = Batch(self.vault)
        try:
            yield
            self.vault.commit()
        finally:
            self._written = self.vault
            self.vault.rollback()

    def looked_for(self, ids: Iterable[int]) -> dict[int, LookedFor]:
        """What persons are found by; those read last are at hand until something is written.

        Each letter typed finds many of them again.
        """
        asked = list(ids)
        read = self.read.recherche_personnes.named
        if self.vault.in_transaction:  # what it shows may be rolled back
            return {each: LookedFor(her) for each, her in read(asked).items()}
        if self._at_hand_as_of != self.vault.changes or len(self._at_hand) > _AT_HAND:
            self._at_hand, self._at_hand_as_of = {}, self.vault.changes
        at_hand = self._at_hand
        if others := [each for each in asked if each not in at_hand]:
            at_hand |= {each: LookedFor(her) for each, her in read(others).items()}
        return {each: at_hand[each] for each in asked if each in at_hand}

    @property
    def nomenclatures(self) -> Nomenclatures:
        """The lists as the user edited them; read once."""
        if self._nomenclatures is None:
            self._nomenclatures = self.read.nomenclatures.all(shipped())
        return self._nomenclatures

    @property
    def counted_nomenclatures(self) -> Nomenclatures:
        """The lists as bilans count and print them: shipped labels and order, whatever she edited."""
        origin = shipped()
        return Nomenclatures(as_counted(liste, origin[liste.code]) for liste in self.nomenclatures)

    def forget_nomenclatures(self) -> None:
        """Read the lists again: she edited them."""
        self._nomenclatures = None

    def load_nomenclatures(self) -> None:
        """Add to the coffre the shipped values it lacks: at creation, and after an update of the program."""
        with self.transaction() as tx:
            tx.nomenclatures.load(shipped().values())
            tx.commit()
        self._nomenclatures = None

    def check_schema(self) -> None:
        """Refuse a coffre made with another first schema: until version 1.0 it is edited in place.

        Raises:
            UserError: ``coffre_version_essai``.
        """
        if self.read.settings.get(SCHEMA) is None and self.read.journal.last_moment() is None:
            with self.transaction() as tx:
                tx.settings.put(SCHEMA, schema_mark())
                tx.commit()
        self.require_schema(self.read)

    @staticmethod
    def require_schema(repositories: Repositories) -> None:
        """Refuse a database made with another first schema.

        Raises:
            UserError: ``coffre_version_essai``.
        """
        if repositories.settings.get(SCHEMA) != schema_mark():
            raise UserError("coffre_version_essai")

    @property
    def intervenant(self) -> Intervenant | None:
        """The owner of the coffre; None until she said who she is."""
        value = self.read.settings.get(_INTERVENANT)
        return Intervenant(**value) if isinstance(value, dict) else None

    def keep_intervenant(self, tx: Transaction, intervenant: Intervenant) -> None:
        """Keep who she is; a département she leaves goes on counting until the year ends."""
        before = self.intervenant
        if before is not None and before.departement not in ("", intervenant.departement):
            self._leave_departement(tx, before.departement)
        tx.settings.put(_INTERVENANT, dataclasses.asdict(intervenant))

    def departement(self, year: int) -> str:
        """The département whose EPCI the bilans of a year print: that of 1 January; "" when she named none."""
        intervenant = self.intervenant
        return departement_of(year, intervenant.departement if intervenant else "", self._departements())

    @property
    def printed_year(self) -> int | None:
        """Last year of which a quarter is arrêté: its tables keep their categories."""
        years = [parse_period(code).debut.year for code in self.read.bilans.quarters()]
        return max(years, default=None)

    @property
    def began_before_this_year(self) -> bool:
        """Whether something counts before 1 January, or a quarter of this year is arrêté."""
        year = self.clock.today().year
        if self.printed_year is not None and self.printed_year >= year:
            return True
        first = self.read.statistics.first_quarter()
        return first is not None and parse_period(first).debut.year < year

    @property
    def reglages(self) -> Reglages:
        """Delays and thresholds in force."""
        return Reglages.kept(self.read.settings.get(_REGLAGES))

    def keep_reglages(self, tx: Transaction, reglages: Reglages) -> None:
        """Put delays and thresholds in force."""
        tx.settings.put(_REGLAGES, reglages.as_values())

    @property
    def mise_en_page(self) -> MiseEnPage:
        """Look of the documents, as the employer wants them."""
        value = self.read.settings.get(_MISE_EN_PAGE)
        return MiseEnPage(**value) if isinstance(value, dict) else MiseEnPage()

    @property
    def logo(self) -> bytes | None:
        """Logo of the documents, None without one."""
        value = self.read.settings.get(_LOGO)
        return base64.b64decode(value) if isinstance(value, str) else None

    @property
    def dpo(self) -> str:
        """Whom to write to about data, as notes to persons print it, several lines."""
        value = self.read.settings.get(_DPO)
        return value if isinstance(value, str) else ""

    def keep_mise_en_page(self, tx: Transaction, look: MiseEnPage, logo: bytes | None, dpo: str) -> None:
        """Keep the look of the documents to come; those issued stay as they are."""
        tx.settings.put(_DPO, dpo)
        sha256 = hashlib.sha256(logo).hexdigest() if logo else ""
        tx.settings.put(_MISE_EN_PAGE, dataclasses.asdict(dataclasses.replace(look, logo=sha256)))
        tx.settings.put(_LOGO, base64.b64encode(logo).decode("ascii") if logo else None)

    def _departements(self) -> tuple[DepartementPasse, ...]:
        kept = self.read.settings.get(_DEPARTEMENTS)
        return tuple(DepartementPasse(year, code) for year, code in kept) if isinstance(kept, list) else ()

    def _leave_departement(self, tx: Transaction, code: str) -> None:
        if not self.began_before_this_year:
            return  # a slip of the first days: no bilan counted by it
        left = left_in(self.clock.today().year, code, self._departements())
        tx.settings.put(_DEPARTEMENTS, [[each.jusqu_en, each.code] for each in left])

    def unites(self) -> dict[int, Unite]:
        """Every unité by id, in order of name."""
        return self.read.unites.all()

    def quarter_for(self, repositories: Repositories, event: date) -> Periode:
        """The quarter in which an event counts."""
        return counting_quarter(event, repositories.bilans.quarters(), self.premier_trimestre(repositories))

    @staticmethod
    def premier_trimestre(repositories: Repositories) -> str | None:
        """Code of the first quarter that this coffre counts; None when it counts whatever it holds."""
        value = repositories.settings.get(_PREMIER)
        return value if isinstance(value, str) else None

    @staticmethod
    def keep_premier_trimestre(repositories: Repositories, code: str) -> None:
        """Count nothing older than a quarter: it was counted elsewhere."""
        repositories.settings.put(_PREMIER, code)

    @staticmethod
    def forget_premier_trimestre(repositories: Repositories) -> None:
        """Count whatever the coffre holds again."""
        repositories.settings.put(_PREMIER, None)

    def is_open(self, repositories: Repositories, trimestre: str) -> bool:
        """Whether what counts in a quarter may still change."""
        return self.quarter_for(repositories, parse_period(trimestre).debut).code == trimestre

    def commune(self, code: str | None) -> str:
        """Name of a commune by its INSEE code; empty if there is none."""
        commune = self.territories.commune(code) if code else None
        return commune.nom if commune else ""


def schema_mark() -> str:
    """Tells the schema of this program from any other."""
    return hashlib.sha256("".join(m.sql for m in shipped_migrations()).encode()).hexdigest()
