"""On Windows a name is given with « write through » and a folder is flushed by its handle; not yet run there."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.platform import durable
from tests.platform.libraries import Library

pytestmark = pytest.mark.exigence("S15")


def test_a_name_is_given_in_one_step_that_waits_for_the_disk() -> None:
    kernel32 = Library(1)
    durable.replace_on_windows(Path("a.partiel"), Path("a"), kernel32)
    assert kernel32.asked == [("MoveFileExW", ("a.partiel", "a", 0x9))]  # replace existing, write through


def test_a_name_that_is_refused_is_told() -> None:
    with pytest.raises(OSError, match="MoveFileEx"):
        durable.replace_on_windows(Path("a.partiel"), Path("a"), Library(0))


def test_a_folder_is_opened_flushed_and_closed() -> None:
    kernel32 = Library(77)
    durable.flush_on_windows(Path("coffre"), kernel32)
    opened, flushed, closed = kernel32.asked
    assert opened == ("CreateFileW", ("coffre", 0x40000000, 0x7, None, 3, 0x02000000, None))
    assert flushed == ("FlushFileBuffers", (77,))
    assert closed == ("CloseHandle", (77,))


def test_a_folder_that_may_not_be_opened_is_left_to_its_server() -> None:
    kernel32 = Library(2**64 - 1)
    durable.flush_on_windows(Path("partage"), kernel32)
    assert [name for name, _ in kernel32.asked] == ["CreateFileW"]


def test_here_a_name_is_given_and_a_folder_flushed(tmp_path: Path) -> None:
    (tmp_path / "a.partiel").write_text("neuf")
    (tmp_path / "a").write_text("vieux")
    durable.replace(tmp_path / "a.partiel", tmp_path / "a")
    durable.flush_folder(tmp_path)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a", "neuf")]
