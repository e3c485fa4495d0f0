"""What is said of the disk is what the system answers, and « not known » otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.platform import disk

ROOT = "21 1 254:0 / / rw,relatime shared:1 - ext4 {source} rw\n"
HOME = "30 21 254:1 / /maison/une\\040personne rw - {kind} {source} rw\n"


class System:
    """The part of ``proc`` and ``sys`` that is looked at, as Linux shows it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "proc" / "self").mkdir(parents=True)
        self.blocks = root / "sys" / "class" / "block"
        self.blocks.mkdir(parents=True)
        self.mounts = root / "proc" / "self" / "mountinfo"

    def device(self, name: str, *slaves: str, mapped: str = "", uuid: str = "") -> None:
        (self.blocks / name / "slaves").mkdir(parents=True)
        for slave in slaves:
            (self.blocks / name / "slaves" / slave).mkdir()
        if mapped:
            (self.blocks / name / "dm").mkdir()
            (self.blocks / name / "dm" / "name").write_text(mapped + "\n")
            (self.blocks / name / "dm" / "uuid").write_text(uuid + "\n")


@pytest.fixture
def system(tmp_path: Path) -> System:
    made = System(tmp_path)
    made.device("sda2")
    made.device("nvme0n1p3")
    made.device("dm-0", "sda2", mapped="luks", uuid="CRYPT-LUKS2-0123-luks")
    made.device("dm-1", "dm-0", mapped="vg-home", uuid="LVM-abc")
    made.device("dm-2", "sda2", "dm-0", mapped="vg-part", uuid="LVM-def")
    return made


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("/dev/sda2", "en_clair"),
        ("/dev/mapper/luks", "chiffre"),
        ("/dev/dm-0", "chiffre"),
        ("/dev/mapper/vg-home", "chiffre"),  # a volume on an encrypted device
        ("/dev/mapper/vg-part", "en_clair"),  # half of it lies in plain
        ("/dev/absent", "inconnu"),
        ("overlay", "inconnu"),
        ("serveur:/partage", "inconnu"),
    ],
)
def test_a_linux_disk_is_what_its_devices_are(system: System, source: str, found: str) -> None:
    system.mounts.write_text(ROOT.format(source=source))
    assert disk.on_linux(Path("/srv/coffre"), system.root) == found


@pytest.mark.parametrize(
    ("kind", "source", "found"),
    [
        ("ecryptfs", "/maison/.ecryptfs", "chiffre"),
        ("ext4", "/dev/mapper/vg-home", "chiffre"),
        ("zfs", "pool", "inconnu"),
    ],
)
def test_the_nearest_mount_counts(system: System, kind: str, source: str, found: str) -> None:
    system.mounts.write_text(ROOT.format(source="/dev/sda2") + HOME.format(kind=kind, source=source))
    assert disk.on_linux(Path("/maison/une personne/coffre"), system.root) == found
    assert disk.on_linux(Path("/maison/une autre/coffre"), system.root) == "en_clair"


@pytest.mark.parametrize(
    ("areas", "found"),
    [
        ("", "aucun"),
        ("/dev/zram0 partition 1 0 100", "aucun"),
        ("/dev/dm-0 partition 1 0 -2", "chiffre"),
        ("/dev/nvme0n1p3 partition 1 0 -2", "en_clair"),
        ("/swapfile file 1 0 -2", "en_clair"),
        ("/dev/dm-0 partition 1 0 -2\n/swapfile file 1 0 -3", "en_clair"),
        ("/dev/absent partition 1 0 -2", "inconnu"),
    ],
)
def test_swap_is_its_worst_area(system: System, areas: str, found: str) -> None:
    system.mounts.write_text(ROOT.format(source="/dev/sda2"))
    (system.root / "proc" / "swaps").write_text(f"Filename Type Size Used Priority\n{areas}")
    assert disk.swap_on_linux(system.root) == found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("1\r\n", "chiffre"),
        ("2\r\n", "en_clair"),
        ("3", "en_clair"),
        ("5", "en_clair"),
        ("", "inconnu"),
        ("Erreur", "inconnu"),
    ],
)
def test_bitlocker_is_on_or_protects_nothing(answer: str, found: str) -> None:
    assert disk.bitlocker(answer) == found


def test_windows_is_asked_about_the_disk_of_the_folder() -> None:
    *_, script = disk.bitlocker_question(Path("coffre"))
    assert "NameSpace('C:')" in script
    assert "BitLockerProtection" in script


def test_this_very_machine_gets_an_answer(tmp_path: Path) -> None:
    assert disk.of_folder(tmp_path) in {"chiffre", "en_clair", "inconnu"}
    assert disk.of_swap(tmp_path) in {"chiffre", "en_clair", "inconnu", "aucun"}
