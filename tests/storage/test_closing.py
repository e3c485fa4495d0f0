"""Closing a coffre for good: at every step it opens as ever or never again, and whoever looks next finishes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iscg_desktop.errors import UserError
from iscg_desktop.storage.backup import write_backup
from iscg_desktop.storage.closing import doom, finish
from iscg_desktop.storage.creation import BACKUPS
from iscg_desktop.storage.header_copies import CLOSING, COPIES, is_coffre
from iscg_desktop.storage.restore import unlock_backup
from iscg_desktop.storage.strays import REPLACED
from iscg_desktop.storage.unlock import unlock_with_passphrase
from iscg_desktop.storage.vault import Vault
from tests.coffres import PASSPHRASE, SMALL_SCHEMA, Coffre, make_coffre
from tests.faults import Died, dying_program, watched_disk

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Coffre:
    """A coffre with a backup of its own, and what a restore replaced."""
    coffre = make_coffre(tmp_path_factory.mktemp("modele") / "coffre", migrations=SMALL_SCHEMA)
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA) as vault:
        write_backup(vault, vault.header, vault.key, coffre.folder / BACKUPS, NOW)
    kept = coffre.folder / REPLACED / "2026-11-20-101010"
    kept.mkdir(parents=True)
    for name in COPIES:
        (kept / name).write_bytes((coffre.folder / name).read_bytes())
    (kept / "data-ancienne.db").write_bytes(b"pages")
    return coffre


def _copy(model: Coffre, folder: Path) -> tuple[Coffre, Path]:
    """A copy of it, and a stick with a backup."""
    coffre, stick = model.copy_to(folder / "coffre"), folder / "cle"
    stick.mkdir(parents=True)
    (own,) = (coffre.folder / BACKUPS).glob("*.coffre")
    (stick / own.name).write_bytes(own.read_bytes())
    return coffre, stick


def _opens(folder: Path) -> bool:
    try:
        unlock_with_passphrase(folder, PASSPHRASE)
    except UserError:
        return False
    return True


def test_nothing_is_left_and_nothing_opens(model: Coffre, tmp_path: Path) -> None:
    coffre, stick = _copy(model, tmp_path)
    (stick / "photos.txt").write_text("à elle")
    (stick / "autre.coffre").write_bytes(b"autre chose")
    doom(coffre.folder, coffre.key.vault_id, (stick, tmp_path / "absente"))
    with pytest.raises(UserError, match="coffre_ferme"):
        unlock_with_passphrase(coffre.folder, PASSPHRASE)
    with pytest.raises(UserError, match="coffre_ferme"):
        Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA)
    assert finish(coffre.folder) == ()
    assert not coffre.folder.exists()
    assert sorted(each.name for each in stick.iterdir()) == ["autre.coffre", "photos.txt"]
    assert finish(coffre.folder) is None


def test_what_is_not_its_own_stays(model: Coffre, tmp_path: Path) -> None:
    coffre, stick = _copy(model, tmp_path)
    (coffre.folder / "à moi.txt").write_text("à elle")
    doom(coffre.folder, coffre.key.vault_id, (stick,))
    finish(coffre.folder)
    assert [each.name for each in coffre.folder.iterdir()] == ["à moi.txt"]


def test_the_slots_are_overwritten_on_the_disk_before_anything_is_removed(
    model: Coffre, tmp_path: Path
) -> None:
    coffre, stick = _copy(model, tmp_path)
    places = [coffre.folder, coffre.folder / REPLACED / "2026-11-20-101010"]
    slots = [place / name for place in places for name in COPIES]
    links = {}
    for rank, path in enumerate(slots):  # another name of the same bytes outlives the removal
        links[path] = tmp_path / f"lien-{rank}"
        os.link(path, links[path])
    (backup,) = stick.glob("*.coffre")
    os.link(backup, tmp_path / "sauvegarde.coffre")
    assert unlock_backup(tmp_path / "sauvegarde.coffre", PASSPHRASE)
    before = {path: link.read_bytes() for path, link in links.items()}
    doom(coffre.folder, coffre.key.vault_id, (stick,))
    with watched_disk() as disk:
        finish(coffre.folder)
    for path, link in links.items():
        assert len(link.read_bytes()) == len(before[path])
        assert before[path][:64] not in link.read_bytes()
    with pytest.raises(UserError):
        unlock_backup(tmp_path / "sauvegarde.coffre", PASSPHRASE)
    names = [name for name, _ in disk.calls]
    assert names.index("fsync") < names.index("unlink")


def test_a_program_killed_at_any_step_leaves_it_open_as_ever_or_closed_and_the_next_one_finishes(
    model: Coffre, tmp_path: Path
) -> None:
    seen, at, died = [], 1, True
    while died:
        coffre, stick = _copy(model, tmp_path / str(at))
        died = False
        try:
            with dying_program(at):
                doom(coffre.folder, coffre.key.vault_id, (stick,))
                finish(coffre.folder)
        except Died:
            died = True
        opens = _opens(coffre.folder)
        seen.append(opens)
        if opens:
            assert not (coffre.folder / CLOSING).exists()
            Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA).close()
        else:
            assert finish(coffre.folder) in ((), None)
            assert not is_coffre(coffre.folder)
            assert not coffre.folder.exists() or list(coffre.folder.rglob("*")) == []
            assert list(stick.iterdir()) == []
        at += 1
    assert True in seen
    assert seen == sorted(seen, reverse=True), "once closed, closed for good"
    assert len(seen) > 20


def test_a_mark_that_says_nothing_destroys_nothing(model: Coffre, tmp_path: Path) -> None:
    coffre, _ = _copy(model, tmp_path)
    for harm in (b"", b"{}", b"[]", b'{"format": "autre"}', b'{"format": "iscg-fermeture"}'):
        (coffre.folder / CLOSING).write_bytes(harm)
        assert finish(coffre.folder) is None
    (coffre.folder / CLOSING).unlink()
    assert _opens(coffre.folder)


def test_a_coffre_that_is_open_is_not_destroyed_under_its_program(model: Coffre, tmp_path: Path) -> None:
    coffre, _ = _copy(model, tmp_path)
    with Vault.open(coffre.folder, coffre.key, migrations=SMALL_SCHEMA):
        doom(coffre.folder, coffre.key.vault_id, ())
        with pytest.raises(UserError, match="coffre_deja_ouvert"):
            finish(coffre.folder)
    finish(coffre.folder)
    assert not is_coffre(coffre.folder)
