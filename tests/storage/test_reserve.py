"""A disk that is really full: the room kept for that lets the save and the close through; then it is said in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iscg_desktop.storage import reserve
from tests.exigences import ROOT, Chiffre
from tests.vie import open_services

# A small disk of its own, in memory, that only this process sees.
_DISK = "mount -t tmpfs -o size=6m aucun {place} && exec {python} -W error -c {script} {place}"
_SCRIPT = """
import sys
from pathlib import Path
from iscg_desktop.errors import UserError
from iscg_desktop.storage.check import check_coffre
from iscg_desktop.storage.vault import Vault
from tests.coffres import Coffre
from tests.usage import opened
from tests.vie import draft, open_services

def fill(place):
    with (place / "autre chose").open("ab", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass

place = Path(sys.argv[1])
services, session = open_services(place)
services.coffre.when_reserve_is_used(lambda: print("dit"))
fill(place)
services.brouillons.keep("entretien:1", "entretien", {"notes": "x" * 20000})
print("brouillon")
services.entretiens.record(draft(notes_de_travail="y" * 100000), brouillon="entretien:1")
print("entretien")
fill(place)
refused = 0
while not refused:
    try:
        services.entretiens.record(draft(notes_de_travail="z" * 100000))
    except UserError as error:
        refused += 1
        print("ensuite", error.code)
count = services.entretiens.get(1).notes_de_travail[:3], services.dossiers.count()
services.coffre.lock()
coffre = Coffre(session.vault.folder, session.vault.key, "")
assert check_coffre(coffre.folder, coffre.key).problems == ()
again = opened(coffre)
assert (again.entretiens.get(1).notes_de_travail[:3], again.dossiers.count()) == count
again.coffre.lock()
"""


@pytest.mark.exigence("S5")
def test_a_full_disk_lets_the_save_and_the_close_through_then_says_so(
    tmp_path: Path, chiffre: Chiffre
) -> None:
    import shlex

    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        pytest.skip("a small disk of its own needs unshare, on Linux")
    command = _DISK.format(place=tmp_path, python=sys.executable, script=shlex.quote(_SCRIPT))
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this machine does not give a process a disk of its own")
    assert done.returncode == 0, done.stderr
    told = done.stdout.split("\n")
    assert told[:4] == ["dit", "brouillon", "entretien", "ensuite disque_plein"]
    chiffre("disque plein : enregistré, fermé, rouvert ; puis refusé en clair")


@pytest.mark.exigence("S5")
def test_the_room_is_real_and_is_kept_again_at_the_next_opening(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    kept = session.vault.folder / reserve.RESERVE
    assert kept.stat().st_blocks * 512 >= reserve.SIZE
    assert reserve.give_back(session.vault.folder)
    assert not reserve.give_back(session.vault.folder)
    services.coffre.lock()
    assert not kept.exists()
    reserve.keep_room(session.vault.folder)
    assert kept.stat().st_size == reserve.SIZE


@pytest.mark.parametrize("spoil", [lambda folder: None, lambda folder: (folder / reserve.RESERVE).mkdir()])
def test_a_room_that_cannot_be_kept_is_no_harm(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = tmp_path / "absent"
    if spoil(tmp_path) is None and not (tmp_path / reserve.RESERVE).exists():
        reserve.keep_room(folder)
    else:
        reserve.keep_room(tmp_path)
    assert not folder.exists()
