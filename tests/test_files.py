"""Writes outside the database leave the old or the new content, whole, and for the owner alone."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.files import private_folder, remove_leftovers, storage_error, write_atomic
from tests.faults import Died, dying_program, failing_disk, watched_disk
from tests.processes import run_python

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o177])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@given(first=st.binary(max_size=5000), second=st.binary(max_size=5000))
def test_the_last_content_written_is_the_one_read(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, second: bytes
) -> None:
    path = tmp_path_factory.mktemp("files") / "bilan.json"
    write_atomic(path, first)
    write_atomic(path, second)
    assert path.read_bytes() == second
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.exigence("S35")
@posix_only
def test_a_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    write_atomic(tmp_path / "prive", b"x")
    assert _mode(tmp_path / "prive") == 0o600
    write_atomic(tmp_path / "partage", b"x", mode=0o644)
    assert _mode(tmp_path / "partage") == 0o644


@pytest.mark.exigence("S35")
@posix_only
def test_the_temporary_file_is_private_before_its_first_byte(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with watched_disk() as disk:
            write_atomic(tmp_path / "prive", b"x")
    finally:
        os.umask(before)
    names = [name for name, _ in disk.calls]
    assert names.index("fchmod") < names.index("write")


@pytest.mark.exigence("S35")
@posix_only
def test_a_folder_and_its_missing_parents_are_for_the_owner_alone(tmp_path: Path, umask: int) -> None:
    private_folder(tmp_path / "a" / "b")
    assert _mode(tmp_path / "a") == 0o700
    assert _mode(tmp_path / "a" / "b") == 0o700


@posix_only
def test_an_open_folder_is_closed_and_its_parent_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    tmp_path.chmod(0o755)
    (tmp_path / "a").chmod(0o777)
    private_folder(tmp_path / "a")
    assert _mode(tmp_path / "a") == 0o700
    assert _mode(tmp_path) == 0o755


@posix_only
def test_a_stick_without_permissions_or_folder_flush_is_written_all_the_same(tmp_path: Path) -> None:
    with watched_disk() as disk:
        write_atomic(tmp_path / "fiche.pdf", b"%PDF")
    names = [name for name, _ in disk.calls]
    for refused, number in (("fchmod", errno.EPERM), ("fsync", errno.EINVAL)):
        at = len(names) - names[::-1].index(refused)
        with failing_disk(at, number):
            write_atomic(tmp_path / "fiche.pdf", b"%PDF-2")
        assert (tmp_path / "fiche.pdf").read_bytes() == b"%PDF-2"


@posix_only
@pytest.mark.exigence("S15")
def test_bytes_are_flushed_before_the_name_and_the_name_is_flushed_after(tmp_path: Path) -> None:
    with watched_disk() as disk:
        write_atomic(tmp_path / "fiche.pdf", b"%PDF")
    names = [name for name, _ in disk.calls if name in {"write", "fsync", "replace"}]
    assert names == ["write", "fsync", "replace", "fsync"]


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:3]))
    write_atomic(tmp_path / "fiche.pdf", b"quatorze bytes")
    monkeypatch.undo()
    assert (tmp_path / "fiche.pdf").read_bytes() == b"quatorze bytes"


@pytest.mark.exigence("S15")
def test_a_disk_that_writes_something_else_is_found_before_the_old_content_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fiche.pdf"
    write_atomic(path, b"ancien")
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, b"?" * len(data)))
    with pytest.raises(UserError) as refused:
        write_atomic(path, b"nouveau")
    monkeypatch.undo()
    assert refused.value.code == "ecriture_impossible"
    assert path.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disque_plein"),
        (errno.EDQUOT, "disque_plein"),
        (errno.EACCES, "dossier_non_inscriptible"),
        (errno.EROFS, "dossier_non_inscriptible"),
        (errno.EIO, "ecriture_impossible"),
    ],
)
def test_a_failure_at_any_step_is_told_and_leaves_the_old_content(
    tmp_path: Path, number: int, code: str
) -> None:
    path = tmp_path / "fiche.pdf"
    with watched_disk() as disk:
        write_atomic(path, b"ancien")
    steps = 1 + [name for name, _ in disk.calls].index("replace")
    for step in range(1, steps + 1):
        with failing_disk(step, number), pytest.raises(UserError) as refused:
            write_atomic(path, b"nouveau")
        assert refused.value.code == code
        assert path.read_bytes() == b"ancien"
        assert list(tmp_path.iterdir()) == [path]


@pytest.mark.exigence("S15")
def test_a_program_killed_at_any_step_leaves_the_old_or_the_new_content(tmp_path: Path) -> None:
    path = tmp_path / "fiche.pdf"
    with watched_disk() as disk:
        write_atomic(path, b"ancien")
    seen = set()
    for step in range(1, len(disk.calls) + 1):
        write_atomic(path, b"ancien")
        with dying_program(step), pytest.raises(Died):
            write_atomic(path, b"nouveau")
        assert path.read_bytes() in {b"ancien", b"nouveau"}
        seen.add(path.read_bytes())
    assert seen == {b"ancien", b"nouveau"}
    remove_leftovers(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


@posix_only
def test_a_file_that_the_system_cuts_short_is_refused() -> None:
    # A real limit of the system, in a process of its own.
    code = (
        "import resource, tempfile, pathlib\n"
        "from iscg_desktop.errors import UserError\n"
        "from iscg_desktop.files import write_atomic\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "write_atomic(folder / 'f', b'ancien')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_atomic(folder / 'f', bytes(5000))\n"
        "except UserError as error:\n"
        "    print(error.code, (folder / 'f').read_bytes(), len(list(folder.iterdir())))\n"
    )
    assert run_python(code).stdout.strip() == "ecriture_impossible b'ancien' 1"


def test_a_missing_folder_and_a_folder_in_the_way_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as missing:
        write_atomic(tmp_path / "absent" / "f", b"x")
    assert missing.value.code == "dossier_introuvable"
    (tmp_path / "f").mkdir()
    with pytest.raises(UserError) as in_the_way:
        write_atomic(tmp_path / "f", b"x")
    assert in_the_way.value.code in {"dossier_non_inscriptible", "ecriture_impossible"}
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(UserError):
        private_folder(tmp_path / "fichier" / "dossier")


def test_a_file_held_by_another_program_is_told_on_windows() -> None:
    error = OSError(errno.EACCES, "held")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert storage_error(error).code == "fichier_occupe"


def test_the_path_is_in_no_error(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_atomic(tmp_path / "absent" / "Durand.pdf", b"x")
    assert "Durand" not in repr((refused.value, refused.value.values, refused.value.__context__))
