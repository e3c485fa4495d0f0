"""Whether what lies on a disk, or what the memory spills onto it, is encrypted: asked of the system, never guessed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

Etat = Literal["chiffre", "en_clair", "inconnu"]
EtatEchange = Literal["chiffre", "en_clair", "inconnu", "aucun"]

_SYSTEM = Path("/")
_ENCRYPTING: Final = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"})
_BITLOCKER: Final[dict[str, Etat]] = {"1": "chiffre", "2": "en_clair", "3": "en_clair", "5": "en_clair"}
_FILEVAULT: Final[dict[str, Etat]] = {"true": "chiffre", "false": "en_clair"}
_PATIENCE: Final = 20  # seconds


def of_folder(folder: Path) -> Etat:
    """Whether the disk on which a folder lies is encrypted. Slow on Windows and macOS: for a worker."""
    if sys.platform == "win32":
        return bitlocker(_answer(bitlocker_question(folder)))
    if sys.platform == "darwin":
        return _FILEVAULT.get(_answer(["fdesetup", "isactive"]), "inconnu")
    return on_linux(folder)


def of_swap(folder: Path) -> EtatEchange:
    """Whether what the memory spills onto the disk is encrypted.

    Args:
        folder: One of the system disk, where Windows keeps its page file.
    """
    if sys.platform == "win32":
        return of_folder(folder)
    if sys.platform == "darwin":
        return "chiffre"  # since 2012, whatever the disk is
    return swap_on_linux()


def on_linux(folder: Path, root: Path = _SYSTEM) -> Etat:
    """Whether a folder lies on a device that the kernel encrypts, or in a folder that a program encrypts.

    Args:
        folder: Any; those above it are looked at when it is not there yet.
        root: Where ``proc`` and ``sys`` are.
    """
    kind, source = _mount(folder, root)
    if kind in _ENCRYPTING:
        return "chiffre"
    if not source.startswith("/dev/"):
        return "inconnu"  # a network, a virtual machine, ZFS
    mapped = _mapped(Path(source).name, root) if source.startswith("/dev/mapper/") else None
    return _of_device(mapped or root / "sys" / "class" / "block" / Path(source).name)


def swap_on_linux(root: Path = _SYSTEM) -> EtatEchange:
    """The worst of all swap areas; one in compressed memory is none."""
    found: list[Etat] = []
    for line in (root / "proc" / "swaps").read_text("utf-8").splitlines()[1:]:
        name, kind, *_ = line.split()
        if Path(name).name.startswith("zram"):
            continue
        if kind == "file":
            found.append(on_linux(Path(name).parent, root))
        else:
            found.append(_of_device(root / "sys" / "class" / "block" / Path(name).name))
    for worst in ("en_clair", "inconnu", "chiffre"):
        if worst in found:
            return worst
    return "aucun"


def bitlocker_question(folder: Path) -> list[str]:
    """The command that asks Windows about the disk of a folder, without the rights of an administrator."""
    script = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{folder.drive or 'C:'}')"
        ".Self.ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]


def bitlocker(answer: str) -> Etat:
    """What Windows answered: 1 is on; off, still encrypting or suspended protects nothing."""
    return _BITLOCKER.get(answer.strip(), "inconnu")


def _answer(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _mount(folder: Path, root: Path) -> tuple[str, str]:
    """Kind and source of the file system that holds a folder; both "" when it is not known."""
    above = {str(folder), *map(str, folder.parents)}
    best = ("", "", "")
    for line in (root / "proc" / "self" / "mountinfo").read_text("utf-8").splitlines():
        left, _, right = line.partition(" - ")
        place = left.split()[4].encode("ascii", "replace").decode("unicode_escape")  # \040 for a space
        kind, source, *_ = right.split()
        if place in above and len(place) >= len(best[0]):
            best = (place, kind, source)
    return best[1:]


def _mapped(name: str, root: Path) -> Path | None:
    for device in (root / "sys" / "class" / "block").glob("dm-*"):
        if (device / "dm" / "name").read_text("utf-8").strip() == name:
            return device
    return None


def _of_device(device: Path) -> Etat:
    if not device.exists():
        return "inconnu"
    return "chiffre" if _encrypted(device) else "en_clair"


def _encrypted(device: Path) -> bool:
    """Whether the kernel encrypts a device, or every device it is made of."""
    uuid = device / "dm" / "uuid"
    if uuid.exists() and uuid.read_text("utf-8").startswith("CRYPT-"):
        return True
    parts = list(_parts(device))
    return bool(parts) and all(map(_encrypted, parts))


def _parts(device: Path) -> Iterator[Path]:
    folder = device / "slaves"
    names: Iterable[str] = os.listdir(folder) if folder.is_dir() else ()  # noqa: PTH208 - links of the kernel
    return (device.parent / name for name in names)
