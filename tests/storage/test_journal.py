"""A line of the journal that was changed, removed or moved is found; thinning keeps that true."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import BugError
from iscg_desktop.storage.journal import Journal, JournalProblem, _seal
from iscg_desktop.storage.vault import Vault

pytestmark = pytest.mark.exigence("S47")

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def journal(small_vault: Vault) -> Journal:
    journal = Journal(small_vault)
    for number in range(1, 7):
        journal.append("creation", "dossier", f"2026-{number:04}", NOON + timedelta(days=number))
    return journal


def test_an_empty_journal_is_sound(small_vault: Vault) -> None:
    journal = Journal(small_vault)
    assert journal.verify() is None
    assert journal.entries() == ()
    assert journal.last_moment() is None
    assert journal.thin(NOON, NOON) == 0


def test_lines_are_read_newest_first(journal: Journal) -> None:
    entries = journal.entries()
    assert [entry.id for entry in entries] == [6, 5, 4, 3, 2, 1]
    assert entries[0].moment == NOON + timedelta(days=6)
    assert (entries[5].action, entries[5].objet, entries[5].reference) == ("creation", "dossier", "2026-0001")
    assert [entry.id for entry in journal.entries(limit=2)] == [6, 5]
    assert [entry.id for entry in journal.entries(since=NOON + timedelta(days=5))] == [6, 5]
    assert journal.last_moment() == NOON + timedelta(days=6)
    assert journal.verify() is None


def test_moments_are_kept_in_universal_time_to_the_second(journal: Journal, small_vault: Vault) -> None:
    paris = timezone(timedelta(hours=2))
    journal.append("lecture", "dossier", None, datetime(2026, 7, 14, 1, 30, 15, 999999, tzinfo=paris))
    row = small_vault.execute("SELECT horodatage, reference FROM journal ORDER BY id DESC LIMIT 1").one()
    assert (row["horodatage"], row["reference"]) == ("2026-07-13T23:30:15Z", None)
    assert journal.last_moment() == datetime(2026, 7, 13, 23, 30, 15, tzinfo=UTC)
    with pytest.raises(BugError):
        journal.append("lecture", "dossier", None, datetime(2026, 7, 14))


@pytest.mark.parametrize("line", [1, 3, 6])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("horodatage = '2020-01-01T00:00:00Z'", "ligne_modifiee"),
        ("action = 'lecture'", "ligne_modifiee"),
        ("objet = 'fiche'", "ligne_modifiee"),
        ("reference = '2026-9999'", "ligne_modifiee"),
        ("reference = NULL", "ligne_modifiee"),
        ("empreinte = zeroblob(32)", "ligne_modifiee"),
        ("precedent = x'01'", "ligne_deplacee"),
    ],
)
def test_a_changed_line_is_found(
    journal: Journal, small_vault: Vault, line: int, change: str, code: str
) -> None:
    small_vault.execute(f"UPDATE journal SET {change} WHERE id = ?", (line,))
    assert journal.verify() == JournalProblem(line, code)


@pytest.mark.parametrize("line", [1, 2, 5])
def test_a_removed_line_is_found(journal: Journal, small_vault: Vault, line: int) -> None:
    small_vault.execute("DELETE FROM journal WHERE id = ?", (line,))
    assert journal.verify() == JournalProblem(line + 1, "ligne_manquante")


def test_a_line_after_the_first_step_is_found_too(
    journal: Journal, small_vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iscg_desktop.storage.journal._AT_ONCE", 2)
    assert list(journal.verifying()) == [2, 4, 6]
    small_vault.execute("UPDATE journal SET objet = 'fiche' WHERE id = 5")
    assert journal.verify() == JournalProblem(5, "ligne_modifiee")
    small_vault.execute("UPDATE journal SET objet = 'dossier' WHERE id = 5")
    journal.thin(NOON + timedelta(days=4), NOON + timedelta(days=8))
    small_vault.execute("UPDATE journal SET id = 2 WHERE id = 6")
    assert journal.verify() is not None, "before the anchor"


def test_a_removed_line_is_found_after_renumbering(journal: Journal, small_vault: Vault) -> None:
    small_vault.execute("DELETE FROM journal WHERE id = 3")
    for line in (4, 5, 6):
        small_vault.execute("UPDATE journal SET id = id - 1 WHERE id = ?", (line,))
    assert journal.verify() == JournalProblem(3, "ligne_deplacee")


def test_two_lines_exchanged_are_found(journal: Journal, small_vault: Vault) -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        small_vault.execute("UPDATE journal SET id = ? WHERE id = ?", (after, before))
    assert journal.verify() == JournalProblem(2, "ligne_deplacee")


def test_a_line_sealed_again_breaks_the_one_after(journal: Journal, small_vault: Vault) -> None:
    row = small_vault.execute("SELECT * FROM journal WHERE id = 3").one()
    seal = _seal(row["precedent"], 3, row["horodatage"], "lecture", row["objet"], row["reference"])
    small_vault.execute("UPDATE journal SET action = 'lecture', empreinte = ? WHERE id = 3", (seal,))
    assert journal.verify() == JournalProblem(4, "ligne_deplacee")


def test_the_seal_is_a_digest_of_every_field_with_its_length() -> None:
    def part(data: bytes) -> bytes:
        return len(data).to_bytes(8, "big") + data

    expected = hashlib.sha256(
        b"iscg-journal-1"
        + part(b"p" * 32)
        + part(b"12")
        + part(b"2026-03-01T12:00:00Z")
        + part(b"lecture")
        + part(b"dossier")
        + (-1).to_bytes(8, "big", signed=True)
    )
    assert _seal(b"p" * 32, 12, "2026-03-01T12:00:00Z", "lecture", "dossier", None) == expected.digest()


words = st.text(max_size=6)


@given(left=st.tuples(words, words, st.none() | words), right=st.tuples(words, words, st.none() | words))
def test_two_different_lines_have_different_seals(
    left: tuple[str, str, str | None], right: tuple[str, str, str | None]
) -> None:
    encodable = [
        text.encode("utf-8", "ignore").decode() if text is not None else None for text in (*left, *right)
    ]
    first, second = tuple(encodable[:3]), tuple(encodable[3:])
    seals = [_seal(bytes(32), 1, "2026-03-01T12:00:00Z", *fields) for fields in (first, second)]  # type: ignore[arg-type]
    assert (seals[0] == seals[1]) == (first == second)


# --- thinning -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "kept"), [(0, 6), (1, 6), (3, 4), (6, 1), (7, 0), (90, 0)])
def test_old_lines_go_and_the_rest_is_still_verified(
    journal: Journal, small_vault: Vault, days: int, kept: int
) -> None:
    now = NOON + timedelta(days=100)
    assert journal.thin(NOON + timedelta(days=days), now) == 6 - kept
    assert [entry.id for entry in journal.entries()] == list(range(6, 6 - kept, -1))
    assert journal.verify() is None
    # The numbering and the chain go on, even when nothing is left.
    assert journal.append("lecture", "dossier", "2026-0001", now) == 7
    assert journal.verify() is None
    assert journal.thin(NOON + timedelta(days=days), now) == 0
    small_vault.execute("UPDATE journal SET objet = 'fiche' WHERE id = 7")
    assert journal.verify() == JournalProblem(7, "ligne_modifiee")


def test_thinning_twice_goes_on_from_the_last_anchor(journal: Journal) -> None:
    now = NOON + timedelta(days=100)
    assert journal.thin(NOON + timedelta(days=3), now) == 2
    assert journal.thin(NOON + timedelta(days=5), now) == 2
    assert journal.verify() is None


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM journal_ancres",
        "UPDATE journal_ancres SET empreinte = zeroblob(32)",
        "UPDATE journal_ancres SET dernier_id = 3",
        "DELETE FROM journal WHERE id = 3",
        "INSERT INTO journal_ancres SELECT 9, id, empreinte, horodatage FROM journal WHERE id = 4",
    ],
)
def test_an_anchor_does_not_hide_more_than_it_should(journal: Journal, small_vault: Vault, harm: str) -> None:
    journal.thin(NOON + timedelta(days=3), NOON + timedelta(days=100))
    small_vault.execute(harm)
    problem = journal.verify()
    assert problem is not None
    assert problem.line in {3, 4}


def test_a_line_older_than_one_to_keep_is_kept(journal: Journal, small_vault: Vault) -> None:
    # The clock was set back: thinning by date alone would break the chain.
    journal.append("lecture", "dossier", None, NOON - timedelta(days=300))
    journal.append("lecture", "dossier", None, NOON + timedelta(days=7))
    assert journal.thin(NOON + timedelta(days=3), NOON + timedelta(days=100)) == 2
    assert [entry.id for entry in journal.entries()] == [8, 7, 6, 5, 4, 3]
    assert journal.verify() is None


def test_a_line_undone_with_its_transaction_leaves_no_gap(small_vault: Vault) -> None:
    journal = Journal(small_vault)
    journal.append("creation", "dossier", "1", NOON)
    small_vault.begin_immediate()
    journal.append("creation", "dossier", "2", NOON)
    small_vault.rollback()
    assert journal.append("creation", "dossier", "2", NOON) == 2
    assert journal.verify() is None
