"""Mutations of what keeps a session shut: the lock, the veil, the clipboard, what the system is asked."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_PROGRAM = "iscg_desktop/ui/program.py"
_PROGRAM_TESTS = "tests/ui/test_program.py"
_LOCK = "tests/ui/test_lock_process.py"
_CORE = "iscg_desktop/platform/core_dumps.py"
_CORE_TESTS = "tests/platform/test_core_dumps.py"

MUTATIONS = (
    Mutation(
        "S39", "a lock leaves the process alive", "iscg_desktop/platform/relaunch.py",
        "os.execve(words[0], words, inherited)", "subprocess.Popen(words, env=inherited).wait()", (_LOCK,),
    ),
    Mutation(
        "S39", "the lock forgets where she was", _PROGRAM,
        "desk.close(coming_back=True)", "desk.close()", (f"{_PROGRAM_TESTS}::test_a_lock_keeps_where_she_was",),
    ),
    Mutation(
        "S38", "a lock leaves the dialogs on the screen", _PROGRAM,
        "            window.hide()\n        dialog", "            pass\n        dialog",
        (f"{_PROGRAM_TESTS}::test_a_lock_takes_every_window_off_the_screen",),
    ),
    Mutation(
        "S33", "core dumps are not limited", _CORE,
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "pass", (_CORE_TESTS,),
    ),
    Mutation(
        "S33", "the memory may be read by the other programs", _CORE,
        "prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)", "getpid()",
        (f"{_CORE_TESTS}::test_the_memory_belongs_to_the_system_alone",),
    ),
    Mutation(
        "S33", "the program forgets to forbid core dumps", "iscg_desktop/bootstrap.py",
        "    core_dumps.forbid()\n", "", (_CORE_TESTS,),
    ),
    Mutation(
        "S34", "the next program inherits hostile variables", "iscg_desktop/platform/relaunch.py",
        "cleansed(os.environ)", "dict(os.environ)", ("tests/platform/test_environment.py",),
    ),
    Mutation(
        "S34", "libraries put before all others are obeyed", "iscg_desktop/platform/environment.py",
        "    return bool(names - {_BOOTLOADER})", "    return False", ("tests/platform/test_environment.py",),
    ),
)  # fmt: skip
