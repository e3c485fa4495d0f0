"""What every test gets: no screen, no real home, no unexpected log line."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fenetre import Ecran, EcranAbsent

pytest_plugins = ["tests.bilans", "tests.exigences"]

_HOME = Path(tempfile.mkdtemp(prefix="iscg-tests-"))


def _leave_the_real_home() -> None:
    """Send everything a program may write for its user into a folder of this run."""
    places = {
        "HOME": "",
        "XDG_DATA_HOME": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "XDG_RUNTIME_DIR": "runtime",
        "USERPROFILE": "",
        "APPDATA": "roaming",
        "LOCALAPPDATA": "local",
    }
    for name, folder in places.items():
        place = _HOME / folder
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)


# Before anything imports Qt or asks where home is.
_leave_the_real_home()
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Europe/Paris"
if hasattr(time, "tzset"):
    time.tzset()  # whatever asked the time before
os.environ["LC_ALL"] = "C.UTF-8"
for _name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(_name, None)

# « rapide » is the suite; in CI it draws the same examples at every run. « campagne » digs.
settings.register_profile(
    "rapide",
    max_examples=60,
    deadline=None,
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("campagne", settings.get_profile("rapide"), max_examples=3000, derandomize=False)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hard hypothesis tries, unless the command line already did."""
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("rapide")


def pytest_unconfigure() -> None:
    """Leave no trace of this run."""
    shutil.rmtree(_HOME, ignore_errors=True)


class LogWatch(logging.Handler):
    """Keeps every warning or worse, so that a test cannot pass over one in silence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, pattern: str, level: int = logging.WARNING) -> None:
        """Announce a record this test causes on purpose; it must then really come.

        Args:
            pattern: Regular expression searched in the message.
            level: Exact level of the record.
        """
        self.expected.append((level, pattern))

    def complaints(self) -> list[str]:
        """What came unannounced, and what was announced and never came."""
        missing = list(self.expected)
        wrong = []
        for record in self.records:
            match = next(
                (e for e in self.expected if e[0] == record.levelno and re.search(e[1], record.getMessage())),
                None,
            )
            if match is None:
                wrong.append(f"{record.levelname} {record.name}: {record.getMessage()}")
            elif match in missing:
                missing.remove(match)
        return [f"unexpected log: {line}" for line in wrong] + [f"log never seen: {e}" for e in missing]


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail the test on any unexpected WARNING or worse; ``log_watch.expect(...)`` announces one."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    complaints = watch.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture(autouse=True, scope="module")
def collected() -> Iterator[None]:
    """Collect after each file: the window took the collector over, and what tests leave behind adds up to gigabytes."""
    yield
    if not gc.isenabled():
        gc.collect()


@pytest.fixture(scope="session")
def ecran() -> Iterator[Ecran]:
    """A real screen for tests marked ``fenetre``; see ``tests/fenetre.py``."""
    try:
        screen = Ecran.open()
    except EcranAbsent as absent:
        if os.environ.get("CI"):
            pytest.fail(str(absent), pytrace=False)
        pytest.skip(str(absent))
    yield screen
    screen.close()


_LONGEST = (
    "test_semaine", "test_monkey", "test_demo", "test_bilans_annee", "test_attack", "test_mutations",
    "test_traces", "test_lock_process", "test_wheel", "test_walk", "test_start", "test_fusions", "test_rotation",
)  # fmt: skip
"""Files that take tens of seconds: begun first, so that no process waits for another in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses the screen must say so, or `-m fenetre` would miss it; the longest files come first."""
    items.sort(key=lambda item: item.path.stem not in _LONGEST)
    for item in items:
        wants_screen = "ecran" in getattr(item, "fixturenames", ())
        if wants_screen and item.get_closest_marker("fenetre") is None:
            sys.exit(f"{item.nodeid}: mark this test with @pytest.mark.fenetre, it opens a real window")
