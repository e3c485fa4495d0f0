"""What the desk does without until it is needed: costly libraries, and the source of its own modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fenetre import ROOT

_DAY = """
import linecache, sys
import iscg_desktop.ui.application
from pathlib import Path
from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.tasks import TaskRunner
read = [name for name in linecache.cache if "reportlab" in name or "services" in name]
from tests.attente import wait_for
from tests.vie import open_services
app, theme = iscg_desktop.ui.application.make_application(sys.argv[:1])
services, _ = open_services(Path(sys.argv[1]))
tasks = TaskRunner()
desk = Desk(services, tasks)
desk.show()
wait_for(lambda: desk.window.current_page() == "aujourdhui" and tasks.running == 0)
heavy = {
    "highspy", "http.client", "hunspell", "icalendar", "numpy", "pypdf", "python_calamine",
    "reportlab.graphics", "xlsxwriter", "zxcvbn",
}
print(sorted(heavy & set(sys.modules)), read)
desk.close()
tasks.close()
"""


def test_the_day_is_shown_without_costly_libraries_nor_the_source_of_modules(tmp_path: Path) -> None:
    """Each is needed by few of her days, and weighs megabytes until the program ends."""
    done = subprocess.run(
        [sys.executable, "-c", _DAY, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[] []"), done.stdout + done.stderr
