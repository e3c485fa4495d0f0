"""The parts of a preparation: what is missing, who may install it, and the sentence when it cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import PySide6
import pytest
from preparation import commands, environment, system, translations
from preparation.environment import Environment, Stamp
from preparation.refusal import Refusal

SITE_PACKAGES = Path(PySide6.__file__).parents[1]
LOCK = commands.LOCK
ON_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Qt brings its libraries elsewhere"
)

LDD = """
\tlinux-vdso.so.1 (0x00007ffc)
\tlibxcb-icccm.so.4 => not found
\tlibQt6Core.so.6 => /somewhere/libQt6Core.so.6 (0x00007f)
\tlibunknown.so.3 => not found
\tlibxcb-icccm.so.4 => not found
"""


@pytest.mark.parametrize(
    ("variables", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_screen_is_recognised(variables: dict[str, str], platform: str, screen: bool) -> None:
    assert commands.has_screen(variables, platform) is screen


def test_missing_libraries_become_packages_and_a_sentence() -> None:
    missing = system.not_found(LDD)
    assert missing == {"libxcb-icccm.so.4", "libunknown.so.3"}
    assert system.packages_of(missing) == ["libxcb-icccm4"]
    assert "sudo apt install libxcb-icccm4," in system.how_to_install(missing, apt=True)
    assert "libunknown.so.3, libxcb-icccm.so.4" in system.how_to_install(missing, apt=False)
    assert "libunknown.so.3" in system.how_to_install({"libunknown.so.3"}, apt=True)


@ON_LINUX
def test_the_table_of_libraries_is_the_one_of_this_qt() -> None:
    """Each library of the table is really asked for by the Qt that is installed, and is here."""
    files = [str(path) for name in system._LOADED if (path := SITE_PACKAGES / name).exists()]
    assert len(files) == len(system._LOADED)
    output = subprocess.run(["ldd", *files], capture_output=True, text=True, check=True).stdout
    asked = {line.split()[0] for line in output.splitlines() if "=>" in line}
    assert set(system.PACKAGES) <= asked
    assert system.missing_libraries(SITE_PACKAGES) == set()


@ON_LINUX
def test_the_library_of_a_system_python_comes_from_its_package() -> None:
    assert system.missing_python_library(Path("/opt/own-python")) == set()
    found = system.missing_python_library(Path("/usr"))
    assert found <= {system.PYTHON_LIBRARY}
    assert system.packages_of({system.PYTHON_LIBRARY})[0].startswith("libpython3.")


def test_a_missing_program_is_found_missing() -> None:
    assert system.missing_programs(["no-such-program-here"]) <= {"no-such-program-here"}
    assert bool(system.missing_programs(["no-such-program-here"])) == sys.platform.startswith("linux")
    assert system.missing_programs([Path(sys.executable).resolve().as_posix()]) == set()


@pytest.mark.parametrize(
    ("text", "debian"),
    [
        ("ID=debian\n", True),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ("ID=fedora\n", False),
        ("ID_LIKE=arch\nVARIANT=debian\n", False),
    ],
)
def test_apt_is_only_thought_of_where_it_is(tmp_path: Path, text: str, debian: bool) -> None:
    path = tmp_path / "os-release"
    path.write_text(text, "utf-8")
    assert system.debian_like(path) is debian
    assert system.debian_like(tmp_path / "absent") is False


@ON_LINUX
@pytest.mark.parametrize(
    ("sudo", "uid", "installs"),
    [("exit 0", 1000, True), ("exit 1", 1000, False), (None, 1000, False), (None, 0, True)],
)
def test_packages_are_installed_only_when_no_password_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sudo: str | None, uid: int, installs: bool
) -> None:
    trace = tmp_path / "trace"
    programs = {"env": f'echo "$@" >> {trace}', "apt-get": "exit 1"}
    if sudo is not None:
        programs["sudo"] = f'[ "$2" = true ] && {sudo}\necho sudo "$@" >> {trace}'
    for name, text in programs.items():
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)
    (tmp_path / "os-release").write_text("ID=debian\n", "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("os.geteuid", lambda: uid)
    assert system.install(["libxcb-icccm4", "xvfb"], tmp_path / "os-release") is installs
    if installs:
        command = trace.read_text("utf-8")
        assert command.startswith("sudo -n env " if sudo else "DEBIAN_FRONTEND=noninteractive apt-get ")
        assert "install -y --no-install-recommends libxcb-icccm4 xvfb" in command
    else:
        assert not trace.exists()


def test_a_python_without_venv_is_told_which_package_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt nor sudo
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Refusal, match=r"apt install python3\.\d+-venv"):
        Environment(tmp_path).prepare(LOCK)


def test_what_cannot_be_installed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # neither apt nor sudo
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(Refusal, match="no-such-program-here"):
        system.require(lambda: system.missing_programs(["no-such-program-here"]))


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "empreinte différente"),
        ("WARNING: Retrying\nERROR: No matching distribution found for x==1 (from versions: none)", "réseau"),
        ("NewConnectionError: Failed to establish a new connection\nERROR: x", "réseau"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disque"),
        ("ERROR: No matching distribution found for x==1 (from versions: 1.0, 2.0)", "cette machine"),
        ("something else", "something else"),
        ("", "sans explication"),
    ],
)
def test_what_pip_says_becomes_a_sentence(output: str, words: str) -> None:
    assert words in environment.why_pip_failed(output)


@pytest.fixture
def ready(tmp_path: Path) -> Environment:
    """What a finished environment looks like from outside."""
    made = Environment(tmp_path)
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    made.write_stamp(Stamp(sys.version.split()[0], str(tmp_path), {"a.lock": "1"}))
    return made


def test_a_whole_environment_is_recognised(ready: Environment) -> None:
    stamp = ready.stamp()
    assert stamp is not None
    ready.write_stamp(replace(stamp, system=True))
    assert ready.stamp() == replace(stamp, system=True)


@pytest.mark.parametrize("change", [{"python": "3.11.0b1"}, {"root": "elsewhere"}, {"unknown": 1}])
def test_an_environment_of_another_python_or_place_is_not_ours(
    ready: Environment, change: dict[str, object]
) -> None:
    path = ready.folder / "iscg-pret.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")
    assert ready.stamp() is None


def test_a_broken_environment_is_not_ours(ready: Environment) -> None:
    ready.python.unlink()
    assert ready.stamp() is None
    ready.python.touch()
    assert ready.stamp() is not None
    (ready.folder / "iscg-pret.json").write_text('{"python', "utf-8")
    assert ready.stamp() is None


def test_a_lock_has_the_same_fingerprint_whatever_ends_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x==1\ny==2\n")
    (tmp_path / "b").write_bytes(b"x==1\r\ny==2\r\n")
    (tmp_path / "c").write_bytes(b"x==1\ny==3\n")
    prints = [environment.fingerprint(tmp_path / name) for name in "abc"]
    assert prints[0] == prints[1] != prints[2]


TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR"><context><name>Page</name><message numerus="yes"><source>%n dossier(s)</source>
<translation><numerusform>%n dossier</numerusform><numerusform>%n dossiers</numerusform></translation>
</message></context></TS>
"""


def test_translations_are_compiled_when_they_changed(tmp_path: Path) -> None:
    source = tmp_path / "iscg_fr.ts"
    source.write_text(TS, "utf-8")
    compiled = translations.compile_stale(tmp_path, SITE_PACKAGES)
    assert compiled == [tmp_path / "iscg_fr.qm"]
    assert "dossiers".encode("utf-16-be") in compiled[0].read_bytes()
    assert translations.compile_stale(tmp_path, SITE_PACKAGES) == []
    stat = compiled[0].stat()
    newer = stat.st_mtime_ns + 10**9
    os.utime(source, ns=(newer, newer))
    assert translations.stale(tmp_path) == [source]


def test_a_broken_translation_is_named(tmp_path: Path) -> None:
    (tmp_path / "iscg_fr.ts").write_text("<TS><context>", "utf-8")
    with pytest.raises(Refusal, match=r"iscg_fr\.ts"):
        translations.compile_stale(tmp_path, SITE_PACKAGES)


def test_without_translations_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert translations.compile_stale(tmp_path / "absent", SITE_PACKAGES) == []
