"""The system libraries and programs that Qt and the tests need on Linux."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from pathlib import Path

from preparation.refusal import Refusal, say

OS_RELEASE = Path("/etc/os-release")

# Library -> Debian and Ubuntu package, for all that ldd finds outside Qt's own folder for the files of
# _LOADED. Where Ubuntu renamed a package (libglib2.0-0t64), the old name still leads to it.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# Program -> package, for the tests only: a screen for real windows, what PyInstaller reads libraries with,
# what turns a PDF into a picture, what carries the signals of a desktop.
TEST_PROGRAMS = {
    "Xvfb": "xvfb", "objdump": "binutils", "pdftoppm": "poppler-utils", "dbus-daemon": "dbus",
}  # fmt: skip

# Debian keeps this part of Python in a package of its own; PyInstaller puts it into the frozen program.
_PYTHON = f"python{sys.version_info[0]}.{sys.version_info[1]}"
PYTHON_LIBRARY = f"lib{_PYTHON}.so.1.0"

# What the program loads of Qt, and the compiler of its translations; each brings its own needs.
_LOADED = (
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/QtWidgets.abi3.so",
    "PySide6/QtPrintSupport.abi3.so",
    "PySide6/QtSvg.abi3.so",
    "PySide6/QtDBus.abi3.so",
    "PySide6/lrelease",
)


def missing_libraries(site_packages: Path) -> set[str]:
    """Names of the libraries that Qt would not find on this system; empty elsewhere than on Linux."""
    ldd = shutil.which("ldd")
    if not sys.platform.startswith("linux") or ldd is None:
        return set()
    files = [str(path) for name in _LOADED if (path := site_packages / name).exists()]
    result = subprocess.run([ldd, *files], capture_output=True, text=True, errors="replace", check=False)
    return not_found(result.stdout)


def not_found(ldd_output: str) -> set[str]:
    """Names that ldd could not resolve."""
    return set(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE))


def missing_programs(programs: Iterable[str]) -> set[str]:
    """Programs that are not on this system's path; none is asked for elsewhere than on Linux."""
    if not sys.platform.startswith("linux"):
        return set()
    return {name for name in programs if shutil.which(name) is None}


def missing_for_tests() -> set[str]:
    """Programs and libraries that only the tests need."""
    return missing_programs(TEST_PROGRAMS) | missing_python_library(Path(sys.base_prefix))


def missing_python_library(prefix: Path) -> set[str]:
    """Python's own library, where apt can bring it: a Python that is not the system's is what it is."""
    if not sys.platform.startswith("linux") or prefix != Path("/usr"):
        return set()
    folders = (prefix / "lib", prefix / "lib" / str(sysconfig.get_config_var("MULTIARCH")))
    return set() if any((folder / PYTHON_LIBRARY).exists() for folder in folders) else {PYTHON_LIBRARY}


def debian_like(os_release: Path = OS_RELEASE) -> bool:
    """Whether apt installs things here."""
    try:
        text = os_release.read_text("utf-8", errors="replace")
    except OSError:
        return False
    words = re.findall(r"^ID(?:_LIKE)?=(.*)$", text, re.MULTILINE)
    return not {"debian", "ubuntu"}.isdisjoint(" ".join(words).replace('"', " ").split())


def how_to_install(missing: set[str], *, apt: bool) -> str:
    """The French sentence that tells what to install by hand."""
    packages = packages_of(missing)
    if apt and packages:
        return f"Installez ce qui manque au système : sudo apt install {' '.join(packages)}, puis relancez."
    return f"Installez ce qui manque au système ({', '.join(sorted(missing))}), puis relancez."


def packages_of(missing: set[str]) -> list[str]:
    """Debian packages that bring libraries or programs; those nobody knows are left out."""
    known = PACKAGES | TEST_PROGRAMS | {PYTHON_LIBRARY: f"lib{_PYTHON}"}
    return sorted({known[name] for name in missing if name in known})


def install(packages: list[str], os_release: Path = OS_RELEASE) -> bool:
    """Install Debian packages when this user may do so without being asked anything.

    Returns:
        Whether apt was run and says that it succeeded.
    """
    prefix = _right_to_install()
    if not packages or prefix is None or shutil.which("apt-get") is None or not debian_like(os_release):
        return False
    say(f"Installation dans le système : {' '.join(packages)}…")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if _succeeds(command):
        return True
    return _succeeds([*apt, "update"]) and _succeeds(command)  # the lists of packages may be absent or old


def require(missing: Callable[[], set[str]]) -> None:
    """Install what the system lacks, or say what to install.

    Args:
        missing: Looks for what is lacking; asked again after an installation.

    Raises:
        Refusal: When something is still missing.
    """
    lacking = missing()
    if lacking and install(packages_of(lacking)):
        lacking = missing()
    if lacking:
        raise Refusal(how_to_install(lacking, apt=debian_like()))


def _right_to_install() -> list[str] | None:
    """How to become root without a password: not at all when root already; None when it cannot be."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is not None and _succeeds([sudo, "-n", "true"]):
        return [sudo, "-n"]
    return None


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0
