"""The virtual environment in ``.venv/``: made once, marked when whole, made again when it is not."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from preparation import system
from preparation.refusal import Refusal, say

# What pip says when it cannot reach its index, in the words of pip and of the libraries under it.
_NETWORK_WORDS = (
    "connection", "name resolution", "getaddrinfo", "unreachable", "timed out", "timeout", "proxy", "ssl",
    "from versions: none", "max retries",
)  # fmt: skip


@dataclass(frozen=True)
class Stamp:
    """What the environment was made of; its absence means that it was never finished.

    Attributes:
        python: Version of the Python that made it.
        root: Folder of the checkout then; an environment does not survive a move.
        locks: Name of each installed lock file -> fingerprint of its content.
        system: The system libraries were all found.
    """

    python: str
    root: str
    locks: dict[str, str] = field(default_factory=dict)
    system: bool = False


class Environment:
    """The virtual environment of one checkout.

    Args:
        root: Folder of the checkout.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self._stamp_path = self.folder / "iscg-pret.json"

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site_packages(self) -> Path:
        """Where its packages lie."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    def stamp(self) -> Stamp | None:
        """The stamp, if the environment is whole and of this Python and this place."""
        try:
            stamp = Stamp(**json.loads(self._stamp_path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        ours = stamp.python == platform.python_version() and stamp.root == str(self.root)
        return stamp if ours and self.python.exists() else None

    def write_stamp(self, stamp: Stamp) -> None:
        """Declare the environment whole; the file appears at once or not at all."""
        temporary = self._stamp_path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(stamp), indent=1), "utf-8")
        temporary.replace(self._stamp_path)

    def prepare(self, lock: Path, also_covers: Iterable[Path] = ()) -> Stamp:
        """Make sure that everything in a lock file is installed.

        Args:
            lock: Lock file to install, with hashes.
            also_covers: Lock files whose packages are all in this one.

        Returns:
            The stamp of the finished environment.

        Raises:
            Refusal: When it cannot be made; what was whole before still is.
        """
        wanted = {path.name: fingerprint(path) for path in (lock, *also_covers)}
        before = self.stamp()
        if before is not None and before.locks.get(lock.name) == wanted[lock.name]:
            return before
        if before is None:
            self._create()
        self._stamp_path.unlink(missing_ok=True)
        try:
            self._install(lock)
        except Refusal:
            # pip downloads everything before it touches anything: the old packages still stand.
            if before is not None:
                self.write_stamp(before)
            raise
        old_locks = before.locks if before is not None else {}
        stamp = Stamp(platform.python_version(), str(self.root), old_locks | wanted)
        self.write_stamp(stamp)
        return stamp

    def _create(self) -> None:
        """A new, empty environment, in place of whatever an interrupted preparation left."""
        # Debian and Ubuntu keep this part of Python in a package of its own.
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if importlib.util.find_spec("ensurepip") is None and not system.install([package]):
            raise Refusal(
                "Il manque à Python son module « venv ». "
                f"Sur Debian ou Ubuntu : sudo apt install {package}, puis relancez."
            )
        say("Première préparation (une seule fois, quelques minutes, avec le réseau)…")
        try:
            if self.folder.is_symlink() or self.folder.is_file():
                self.folder.unlink()
            elif self.folder.exists():
                shutil.rmtree(self.folder)
        except OSError as error:
            raise Refusal(
                f"Le dossier {self.folder} ne peut pas être remplacé ({error.strerror}). "
                "Fermez ce qui l’utilise ou supprimez-le, puis relancez."
            ) from error
        result = _run([sys.executable, "-m", "venv", str(self.folder)])
        if result.returncode != 0:
            raise Refusal(
                "L’environnement Python n’a pas pu être créé dans .venv : "
                f"{_last_line(result.stdout + result.stderr)}"
            )

    def _install(self, lock: Path) -> None:
        say("Installation des bibliothèques Python…")
        # Wheels only: nothing is built on this machine. No dependency beyond the lock: it is complete.
        options = ["--only-binary=:all:", "--no-deps", "--require-hashes", "--retries", "2"]
        options += ["--quiet", "--no-input", "--disable-pip-version-check"]
        result = _run([str(self.python), "-m", "pip", "install", *options, "--requirement", str(lock)])
        if result.returncode != 0:
            raise Refusal(why_pip_failed(result.stdout + result.stderr))
        # The package is found from any folder, and nothing of that folder is imported by surprise.
        (self.site_packages / "iscg-desktop-checkout.pth").write_text(f"{self.root}\n", "utf-8")


def fingerprint(lock: Path) -> str:
    """SHA-256 of a lock file, the same whatever ends its lines."""
    return hashlib.sha256(lock.read_text("utf-8").encode()).hexdigest()


def why_pip_failed(output: str) -> str:
    """The French sentence for what pip printed before it gave up."""
    lines = output.lower()
    last = _last_line(output)
    if "do not match the hashes" in lines:
        return (
            "Une bibliothèque téléchargée n’est pas celle qui était attendue (empreinte différente) : "
            "rien n’a été installé. Relancez ; si cela se répète, prévenez qui vous a remis le programme."
        )
    if "no space left" in lines or "errno 28" in lines:
        return "Le disque est plein : libérez environ 1 Go, puis relancez."
    if any(word in lines for word in _NETWORK_WORDS):
        return (
            "La première préparation a besoin du réseau, "
            "et les bibliothèques n’ont pas pu être téléchargées. "
            f"Connectez-vous à internet, puis relancez. (pip : {last})"
        )
    if "no matching distribution" in lines:
        return f"Une bibliothèque n’existe pas pour cette machine ({platform.machine()}). (pip : {last})"
    return f"L’installation des bibliothèques a échoué. (pip : {last})"


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


def _last_line(output: str) -> str:
    """The line that says most: the last error, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["sans explication"])[-1]
