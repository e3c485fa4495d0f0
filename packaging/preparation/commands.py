"""The two commands themselves: what is prepared for each, and what is run then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from preparation import system, translations
from preparation.environment import Environment, Stamp
from preparation.refusal import Refusal, say

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"
PROOFS = ROOT / "docs" / "securite-preuves.md"
ATTACKS = ROOT / "docs" / "bilan-preuves.md"
REGISTERS = 20

_NO_SCREEN = "Il n’y a pas d’écran ici (ni DISPLAY ni WAYLAND_DISPLAY)"


def run(arguments: list[str]) -> int:
    """Do what the command line asks.

    Returns:
        The exit code of the program or of the tests; 1 when something could not be prepared.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # old Windows consoles lack some accents
    try:
        if arguments[:1] == ["test"]:
            return _test(arguments[1:])
        if arguments[:1] == ["campagne"]:
            return _test(campaign(arguments[1:]))
        if arguments[:1] == ["attaques"]:
            return _test(attacks(arguments[1:]))
        if arguments[:1] == ["mutations"]:
            return _test(["tests/mutations", "-m", "exigence", "--en-entier", "-v", *arguments[1:]])
        return _open(arguments)
    except Refusal as refusal:
        say(str(refusal))
        return 1
    except OSError as error:
        say(f"La préparation ne peut pas lire ou écrire {error.filename or 'un fichier'} : {error.strerror}.")
        return 1
    except KeyboardInterrupt:
        say("Interrompu. Ce qui manque sera préparé au prochain démarrage.")
        return 130


def has_screen(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a window can be opened: always on Windows and macOS, with a display elsewhere."""
    return platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def wants_window(arguments: list[str]) -> bool:
    """Whether the program is asked for its window: without arguments, or with a coffre to open in it."""
    return not arguments or arguments[0].partition("=")[0] == "--coffre"


def campaign(requirements: list[str]) -> list[str]:
    """What pytest is asked so as to prove every requirement in full, or those named, and write the page of proofs."""
    only = ["--exigence", ",".join(requirements)] if requirements else []
    return [
        # One word with its file: pytest would else look for the tests where that file lies.
        "-m", "exigence", "--en-entier", f"--preuves={PROOFS}", "--hypothesis-profile", "campagne", *only,
    ]  # fmt: skip


def attacks(registers: list[str]) -> list[str]:
    """What pytest is asked so as to attack the bilans of all registers and every mutant, or registers named alone.

    Raises:
        Refusal: No register has this number.
    """
    known = [str(number) for number in range(1, REGISTERS + 1)]
    for number in registers:
        if number not in known:
            raise Refusal(f"Il n’y a pas de registre {number} : ils vont de 1 à {REGISTERS}.")
    years = "tests/disclosure/test_attack.py::test_a_whole_year_tells_nothing_small"
    asked = [f"{years}[{number}]" for number in registers] or [years, "tests/disclosure/test_mutants.py"]
    # One word with its file, as above; -m takes back what leaves the long tests out.
    return ["-m", "", "-v", f"--bilans={ATTACKS}", *asked]


def free_folder(parent: Path) -> Path:
    """A folder name for the demonstration that nothing has taken yet."""
    number, folder = 1, parent / "demonstration"
    while folder.exists():
        number += 1
        folder = parent / f"demonstration-{number}"
    return folder


def _open(arguments: list[str]) -> int:
    window = wants_window(arguments)
    if window and arguments and not has_screen(os.environ):
        raise Refusal(f"{_NO_SCREEN} : la fenêtre ne peut pas s’ouvrir. Relancez dans une session graphique.")
    window = window and has_screen(os.environ)
    environment = Environment(ROOT)
    stamp = environment.prepare(LOCK)
    try:
        _complete_for_window(environment, stamp)
    except Refusal as refusal:
        if window:
            raise
        say(f"La fenêtre ne s’ouvrirait pas sur cette machine. {refusal}")
    if not arguments and not window:
        folder = free_folder(Path.cwd())
        say(f"{_NO_SCREEN}. Au lieu d’ouvrir la fenêtre, le programme fait sa démonstration dans {folder}.")
        arguments = ["demo", str(folder)]
    # -I: neither this folder nor the variables of this session change what Python loads.
    return _become([str(environment.python), "-I", "-m", "iscg_desktop", *arguments])


def _test(arguments: list[str]) -> int:
    environment = Environment(ROOT)
    stamp = environment.prepare(DEV_LOCK, also_covers=[LOCK])
    _complete_for_window(environment, stamp)
    try:
        system.require(system.missing_for_tests)
    except Refusal as refusal:
        say(f"Une partie des tests sera laissée de côté. {refusal}")
    os.chdir(ROOT)
    # Whole files go to one process, so that what a file prepares is prepared once.
    # In the order of tests/conftest.py, the longest files first: a long one that begins last is waited for alone.
    spread = ["--dist", "loadfile", "--no-loadscope-reorder"]
    parallel = [] if arguments else ["-n", str(min(4, os.cpu_count() or 1)), *spread]
    return _become([str(environment.python), "-m", "pytest", *parallel, *arguments])


def _complete_for_window(environment: Environment, stamp: Stamp) -> None:
    """What the window needs on top of the packages; looked for until it was once found."""
    if not stamp.system:
        system.require(lambda: system.missing_libraries(environment.site_packages))
        environment.write_stamp(replace(stamp, system=True))
    translations.compile_stale(ROOT / "translations", environment.site_packages)


def _become(command: list[str]) -> int:
    """Leave the place to a command, without a process in between where the system allows it."""
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 # our own Python, no shell wanted
    return subprocess.run(command, check=False).returncode
