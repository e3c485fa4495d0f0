"""A real screen for tests: the program runs in a process of its own and is photographed.

The test process draws offscreen, so what must be seen for real runs elsewhere::

    @pytest.mark.fenetre
    def test_the_window_opens(ecran, tmp_path):
        with ecran.start("-m", "iscg_desktop") as program:
            image = ecran.photograph_when(lambda image: colours(image) > 10, tmp_path / "window.png")
        assert ...

or, when the test wants to press keys inside the program, a script does both and photographs itself::

    result = ecran.run_script(SCRIPT, str(tmp_path / "page.png"))   # SCRIPT calls photograph(window, path)
    assert result.returncode == 0, result.stderr

On Linux the screen is an Xvfb of this test session; elsewhere it is the one of the machine. There is no
window manager: windows keep the size they ask for, and nothing maximises.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parents[1]
WIDTH, HEIGHT = 1600, 1000


class EcranAbsent(Exception):
    """This machine cannot show a window; the text says what to install."""


class Ecran:
    """A screen, and the programs shown on it.

    Attributes:
        environment: Environment for any process that is to appear on this screen.
    """

    def __init__(
        self, server: subprocess.Popen[bytes] | None, display: str | None, memory: Path | None = None
    ) -> None:
        self._server, self._memory = server, memory
        self.environment = dict(os.environ, PYTHONPATH=str(ROOT))
        self.environment.pop("QT_QPA_PLATFORM", None)
        if display is not None:
            self.environment.update(DISPLAY=display, QT_QPA_PLATFORM="xcb")

    @classmethod
    def open(cls) -> Ecran:
        """Start a screen on a free display.

        Raises:
            EcranAbsent: On Linux without Xvfb, or when Xvfb does not start.
        """
        if not sys.platform.startswith("linux"):
            return cls(None, None)
        program = shutil.which("Xvfb")
        if program is None:
            raise EcranAbsent("Xvfb is needed to test real windows: apt install xvfb")
        reader, writer = os.pipe()
        memory = Path(tempfile.mkdtemp(prefix="iscg-ecran-"))
        # Xvfb finds a free display itself and tells its number: two test processes never collide.
        command = [program, "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        server = subprocess.Popen(
            [*command, "-nolisten", "tcp", "-dpi", "96", "-nocursor", "-fbdir", str(memory)],
            pass_fds=[writer],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise EcranAbsent(f"Xvfb did not start (exit code {server.wait()})")
        return cls(server, f":{number}", memory)

    def close(self) -> None:
        """Stop the screen."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait()
        if self._memory is not None:
            shutil.rmtree(self._memory, ignore_errors=True)

    def pixels(self) -> bytes:
        """What an Xvfb shows now, read in some milliseconds, without asking any program."""
        assert self._memory is not None
        data = (self._memory / "Xvfb_screen0").read_bytes()
        return data[-WIDTH * HEIGHT * 4 :]

    def is_empty(self) -> bool:
        """Whether an Xvfb shows one colour from edge to edge."""
        pixels = self.pixels()
        return pixels[:-4] == pixels[4:]

    def run_script(
        self, source: str, *arguments: str, scale: float = 1.0, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run Python source on this screen until it ends; warnings are errors there too.

        Args:
            source: The script; `from tests.fenetre import photograph` works in it.
            arguments: Its `sys.argv[1:]`.
            scale: 1.5 shows it as on a screen set to 150 %.
            timeout: Seconds before it is taken for stuck.
        """
        return subprocess.run(
            [sys.executable, "-X", "faulthandler", "-W", "error", "-c", source, *arguments],
            env=self.environment | {"QT_SCALE_FACTOR": str(scale)},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    @contextmanager
    def start(
        self, *command: str, scale: float = 1.0, environment: dict[str, str] | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """Start a program on this screen and end it on leaving the block.

        Args:
            command: Arguments of this Python (``"-m", "iscg_desktop"``), or a whole command when the first
                word is an absolute path.
            scale: As for ``run_script``.
            environment: In place of ``self.environment``.
        """
        words = list(command) if Path(command[0]).is_absolute() else [sys.executable, *command]
        program = subprocess.Popen(
            words,
            env=(environment or self.environment) | {"QT_SCALE_FACTOR": str(scale)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield program
        finally:
            if program.poll() is None:
                program.terminate()
            try:
                program.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.communicate()

    def photograph(self, path: Path) -> Path:
        """Save what the whole screen shows, whoever drew it, as PNG."""
        script = "import sys; from tests.fenetre import _photograph_screen as p; p(sys.argv[1])"
        result = self.run_script(script, str(path))
        if result.returncode != 0:
            raise RuntimeError(result.stderr)
        return path

    def photograph_when(self, shown: Callable[[QImage], bool], path: Path, timeout: float = 30) -> QImage:
        """Photograph until the picture is the one awaited; the last picture stays at ``path``.

        Raises:
            AssertionError: When it never is.
        """
        from PySide6.QtGui import QImage

        end = time.monotonic() + timeout
        while True:
            image = QImage(str(self.photograph(path)))
            if shown(image):
                return image
            assert time.monotonic() < end, f"the awaited window never showed; last picture: {path}"


def colours(image: QImage, step: int = 4) -> int:
    """Number of different colours in a picture: an empty screen has one."""
    return len(
        {image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)}
    )


def photograph(window: QWidget, path: str) -> None:
    """Inside a script: wait until the window is really drawn, then save what the screen shows of it."""
    from PySide6.QtTest import QTest

    if not QTest.qWaitForWindowExposed(window):
        raise RuntimeError("the window is not on the screen")
    QTest.qWait(50)  # the server draws after the exposure; nothing tells when it is done
    frame = window.frameGeometry()
    picture = window.screen().grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height())
    if not picture.save(path):
        raise RuntimeError(f"cannot write {path}")


def _photograph_screen(path: str) -> None:
    """The photographer's own process: shows nothing, sees everything."""
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv)
    if not application.primaryScreen().grabWindow(0).save(path):
        raise RuntimeError(f"cannot write {path}")
