"""Whatever she does, in whatever order: no figure handed over moves, nobody who was erased comes back.

Two coffres live side by side, each with her own days: entries, corrections, bilans arrêtés, erasures, backups put
aside, restores of any of them, passations of any file ever written, from one to the other and back.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from iscg_desktop.domain.period import Periode, quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.services import restauration
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.pages import decrypted
from tests.vie import TestClock, draft, open_services, victime

pytestmark = pytest.mark.exigence("S30")
START = date(2026, 7, 6)
_BILANS = 2  # seconds each


@dataclass
class Bureau:
    """One coffre, and what must hold of it for ever.

    Attributes:
        put_aside: Backups that no purge reaches.
        received: Files written for it.
        erased: Names, whatever the coffre, of the lines and dossiers that were erased here.
        words: Names of the persons who were erased.
        frozen: Bytes of each bilan handed over, by period.
    """

    folder: Path
    clock: TestClock
    services: Services
    session: Session
    put_aside: list[Path] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    frozen: dict[Periode, tuple[bytes, ...]] = field(default_factory=dict)

    @classmethod
    def new(cls, folder: Path) -> Bureau:
        clock = TestClock(START)
        return cls(folder, clock, *open_services(folder, clock))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.vault.execute(sql)]

    def record(self, name: str, dossier_id: int | None, personne_id: int | None) -> None:
        """An entretien with somebody new, or with someone known, in a dossier or in a new one."""
        day, saisine = self.clock.day, draft().saisine
        assert saisine is not None
        line = victime(nom_naissance="", nom_usage=name, informee_le=day)
        if personne_id is not None:
            known = self.services.entretiens.personne(personne_id).identite
            line, name = replace(line, personne_id=personne_id, identite=known), known.nom_usage
        self.services.entretiens.record(
            draft(
                date=day, dossier_id=dossier_id, personnes=(line,), orientations=(),
                saisine=replace(saisine, date=day) if dossier_id is None else None,
                elements_transmissibles=f"Ce que {name} dit.", notes_de_travail=f"Rappeler {name}.",
            )
        )  # fmt: skip

    def close_quarter(self) -> None:
        """Let the quarter end, and arrêter the oldest that is over."""
        self.clock.day = quarter_of(self.clock.day).fin + timedelta(days=1)
        waiting = [each.periode for each in self.services.bilans.trimestres() if each.etat == "a_arreter"]
        if waiting:
            prepared = self.services.bilans.prepare(min(waiting))
            self.services.bilans.arreter(prepared, self.services.bilans.protect(prepared))
            self.frozen[min(waiting)] = self.handed_over(min(waiting))

    def handed_over(self, periode: Periode) -> tuple[bytes, ...]:
        return tuple(each.octets for each in self.services.bilans.files(periode))

    def erase(self, kind: str, rank: int) -> None:
        """Erase a dossier or a person; what was there and is not any more was erased."""
        table = "dossiers" if kind == "dossier" else "personnes"
        ids = [row[0] for row in self.rows(f"SELECT id FROM {table} ORDER BY id")]
        if not ids:
            return
        before = self.known()
        service = self.services.effacement
        erase = service.effacer_dossier if kind == "dossier" else service.effacer_personne
        erase(ids[rank % len(ids)])
        self.note_erased(before)

    def note_erased(self, before: dict[str, str]) -> None:
        gone = before.keys() - self.known().keys()
        self.erased |= gone
        self.words |= {before[uid] for uid in gone if before[uid]}

    def known(self) -> dict[str, str]:
        """Name of each line and dossier of this coffre, whatever the coffre; the words that name a person."""
        return dict(
            self.rows("SELECT uid, nom_usage FROM personnes") + self.rows("SELECT uid, '' FROM dossiers")
        )

    def back_up(self, drawer: Path) -> None:
        """Make a backup, and keep a copy of it where nothing reaches it."""
        done = self.services.sauvegardes.travail().run()
        self.services.sauvegardes.record(done)
        made = max(
            self.services.sauvegardes.own_folder.glob("*.coffre"), key=lambda each: each.stat().st_mtime_ns
        )
        # Both coffres put theirs in this drawer, perhaps within a second of their clocks.
        place = drawer / f"{self.folder.name}-{len(self.put_aside)}-{made.name}"
        shutil.copy(made, place)
        self.put_aside.append(place)

    def restore(self, rank: int) -> None:
        """Put any backup ever made in the place of the coffre."""
        folder, key = self.session.vault.folder, self.session.vault.key
        self.session.vault.close()
        restauration.restaurer(
            restauration._apercu(self.put_aside[rank % len(self.put_aside)], key),
            folder,
            clock=self.clock.clock,
        )
        self.session = open_session(folder, key, clock=self.clock.clock)
        self.services = Services(self.session)

    def hand_over(self, rank: int | None = None) -> dict[str, Any]:
        """One of the open dossiers, or all of them, as their file holds them; nothing when there is none."""
        ids = self.services.passation.ouverts()
        if rank is not None and ids:
            ids = (ids[rank % len(ids)],)
        return json.loads(json.dumps(self.services.passation.preparer(ids))) if ids else {}

    def receive(self, opened: dict[str, Any]) -> None:
        """Take over what a file holds; a second time, or beside what is still here, it is refused."""
        held = {
            json.loads(row)["uid"] for table in ("dossiers", "personnes") for row in opened["tables"][table]
        }
        if held & self.known().keys():
            with pytest.raises(UserError, match="passation_deja_recue"):
                self.services.passation.recevoir(opened)
        else:
            self.services.passation.recevoir(opened)

    def check(self) -> None:
        """What must hold after each act."""
        back = self.erased & self.known().keys()
        assert not back, "an erased person or dossier came back"
        for periode, handed in self.frozen.items():
            assert self.handed_over(periode) == handed, f"figures of {periode.code} moved"

    def end(self) -> None:
        """Look at the whole coffre, then close it."""
        assert self.session.read.journal.verify() is None
        assert self.session.vault.check() == ()
        key, folder = self.session.vault.key.dbk, self.session.vault.folder
        self.session.vault.close()
        (database,) = folder.glob("data-*.db")
        pages = decrypted(database, key)
        assert b"dossier_personnes" in pages
        assert [word for word in sorted(self.words) if word.encode() in pages] == []


class Jours:
    """Two coffres, and every act that could move a figure or bring somebody back."""

    def __init__(self, folder: Path) -> None:
        """Each has a dossier of one and a dossier of two, a backup of them, and took one over from the other."""
        self.folder, self.names = folder, 0
        self.bureaux = [Bureau.new(folder / name) for name in ("un", "autre")]
        for which, bureau in enumerate(self.bureaux):
            for dossier_id in (None, None, 2):
                self.names += 1
                bureau.record(f"Canari{self.names:03}x", dossier_id, None)
            bureau.back_up(folder)
            self.hand_over(which, 0)
        for which in (0, 1):
            self.take_over(which, 0)

    def record(self, which: int, rank: int) -> None:
        """Somebody new or known, in a dossier or in a new one."""
        bureau = self.bureaux[which]
        self.names += 1
        dossiers = [None, *(row[0] for row in bureau.rows("SELECT id FROM dossiers ORDER BY id"))]
        persons = [None, *(row[0] for row in bureau.rows("SELECT id FROM personnes ORDER BY id"))]
        name = f"Canari{self.names:03}x"
        bureau.record(name, dossiers[rank % len(dossiers)], persons[rank // 7 % len(persons)])

    def amend(self, which: int, rank: int) -> None:
        bureau = self.bureaux[which]
        ids = [row[0] for row in bureau.rows("SELECT id FROM entretiens ORDER BY id")]
        if ids:
            entretien = ids[rank % len(ids)]
            said = bureau.services.entretiens.draft_of(entretien)
            text = f"{said.notes_de_travail} Revu."
            bureau.services.entretiens.amend(entretien, replace(said, notes_de_travail=text))

    def close_quarter(self, which: int, _rank: int) -> None:
        if len(self.bureaux[which].frozen) < _BILANS:
            self.bureaux[which].close_quarter()

    def erase_dossier(self, which: int, rank: int) -> None:
        self.bureaux[which].erase("dossier", rank)

    def erase_person(self, which: int, rank: int) -> None:
        self.bureaux[which].erase("personne", rank)

    def back_up(self, which: int, _rank: int) -> None:
        self.bureaux[which].back_up(self.folder)

    def restore(self, which: int, rank: int) -> None:
        self.bureaux[which].restore(rank)

    def hand_over(self, which: int, rank: int) -> None:
        written = self.bureaux[which].hand_over(rank if rank % 3 else None)
        if written:
            self.bureaux[1 - which].received.append(written)

    def take_over(self, which: int, rank: int) -> None:
        bureau = self.bureaux[which]
        bureau.receive(bureau.received[rank % len(bureau.received)])

    def check(self) -> None:
        for bureau in self.bureaux:
            bureau.check()

    def end(self) -> None:
        for bureau in self.bureaux:
            bureau.end()


_ACTS = {
    Jours.record: 2, Jours.amend: 1, Jours.close_quarter: 1, Jours.erase_dossier: 2, Jours.erase_person: 2,
    Jours.back_up: 1, Jours.restore: 3, Jours.hand_over: 2, Jours.take_over: 3,
}  # fmt: skip
Act = tuple[Callable[[Jours, int, int], None], int, int]
acts: st.SearchStrategy[Act] = st.tuples(
    st.sampled_from([act for act, weight in _ACTS.items() for _ in range(weight)]),
    st.integers(0, 1),  # in which coffre
    st.integers(0, 500),  # on which of what there is
)
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def _live(sequence: Sequence[Act]) -> None:
    with tempfile.TemporaryDirectory(prefix="iscg-jours-") as folder:
        jours = Jours(Path(folder))
        for act, which, rank in sequence:
            act(jours, which, rank)
            jours.check()
        jours.end()


@pytest.mark.timeout(300)
@settings(max_examples=8, deadline=None, suppress_health_check=_SLOW)
@given(st.lists(acts, min_size=10, max_size=14))
@example(  # an entretien in a dossier taken over, once the quarter of the one before was arrêté
    [(Jours.close_quarter, 0, 0), (Jours.record, 0, 33), (Jours.close_quarter, 0, 0)]
)
def test_no_sequence_moves_a_figure_or_brings_anyone_back(sequence: list[Act]) -> None:
    _live(sequence)


@pytest.mark.campagne
@pytest.mark.timeout(3_600)
@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
@given(st.lists(acts, min_size=25, max_size=40))
def test_no_long_sequence_does_either(sequence: list[Act]) -> None:
    _live(sequence)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Bureau, Bureau]:
    return Bureau.new(tmp_path / "un"), Bureau.new(tmp_path / "autre")


def test_an_older_backup_undoes_neither_an_erasure_nor_a_bilan(
    two: tuple[Bureau, Bureau], tmp_path: Path
) -> None:
    one, other = two
    for name in ("Canari001x", "Canari002x"):
        one.record(name, None, None)
    one.back_up(tmp_path)
    one.close_quarter()
    one.erase("personne", 0)
    for _ in range(2):
        one.restore(0)
        one.check()
    assert len(one.frozen) == 1
    assert len(one.erased) == 2, "her line and her dossier"
    one.end()
    other.end()


def test_a_file_written_before_an_erasure_brings_nobody_back(
    two: tuple[Bureau, Bureau], tmp_path: Path
) -> None:
    """Erased by who received her, and by who wrote a later file: neither way does she come back."""
    one, other = two
    one.record("Canari001x", None, None)
    one.record("Canari002x", None, None)
    one.record("Canari003x", 2, None)
    first = one.hand_over()
    other.receive(first)
    assert len(other.known()) == 5
    other.erase("personne", 1)
    other.back_up(tmp_path)
    for rank in (0, 0):
        other.erase("dossier", rank)
    other.receive(first)
    other.check()
    assert other.known() == {}
    # The other way round: one erases, and says so in a later file; the earlier one then opens on nothing of her.
    third = Bureau.new(tmp_path / "tiers")
    one.erase("personne", 0)
    barred = set(one.erased)
    later = one.hand_over()
    third.receive(later)
    third.erase("dossier", 0)
    third.receive(first)
    assert not barred & third.known().keys()
    for bureau in (one, other, third):
        bureau.end()


def test_what_another_erased_takes_nobody_who_is_here_already(two: tuple[Bureau, Bureau]) -> None:
    one, other = two
    one.record("Canari001x", None, None)
    first = one.hand_over()
    other.receive(first)
    one.erase("personne", 0)
    one.record("Canari002x", None, None)
    later = one.hand_over()
    other.receive(later)
    assert sorted(filter(None, other.known().values())) == ["Canari001x", "Canari002x"]
    for bureau in two:
        bureau.end()


def test_a_file_is_taken_over_though_all_that_a_bilan_counted_was_erased(two: tuple[Bureau, Bureau]) -> None:
    """Nothing is left in the quarter arrêté: what comes must not be put in it."""
    one, other = two
    one.record("Canari001x", None, None)
    one.close_quarter()
    one.erase("dossier", 0)
    other.record("Canari002x", None, None)
    one.receive(other.hand_over())
    one.check()
    assert list(filter(None, one.known().values())) == ["Canari002x"]
    assert one.session.premier_trimestre(one.session.read) == "2026-T3", "the first that a bilan counted"
    one.close_quarter()
    one.check()
    for bureau in two:
        bureau.end()


def test_after_a_loss_a_late_entretien_and_a_file_come_in_beside_an_old_bilan(
    two: tuple[Bureau, Bureau],
) -> None:
    """A coffre restored without the lost one counts from today, later than the bilans that it holds."""
    one, other = two
    one.record("Canari001x", None, None)
    one.close_quarter()
    late = one.clock.day - timedelta(days=1)  # in the quarter arrêté
    with one.session.transaction() as tx:
        one.session.keep_premier_trimestre(tx, quarter_of(one.clock.day).code)
        tx.commit()
    one.clock.day, today = late, one.clock.day
    one.record("Canari002x", None, None)
    one.clock.day = today
    other.record("Canari003x", None, None)
    one.receive(other.hand_over())
    one.check()
    assert len(list(filter(None, one.known().values()))) == 3
    for bureau in two:
        bureau.end()
