"""Mutations of what keeps a session shut: the lock, the veil, the clipboard, what the system is asked."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_PROGRAM = "iscg_desktop/ui/program.py"
_PROGRAM_TESTS = "tests/ui/test_program.py"
_LOCK = "tests/ui/test_lock_process.py"
_VEIL = "tests/ui/test_veil.py"
_WATCH, _WATCH_TESTS = "iscg_desktop/ui/session_watch.py", "tests/ui/test_session_watch.py"
_CLIPBOARD, _CLIPBOARD_TESTS = "iscg_desktop/ui/clipboard.py", "tests/ui/test_clipboard.py"
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
        "        empty_screen()  # dialogs, menus and previews too\n", "",
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
    Mutation(
        "S37", "any number of wrong codes is let pass", "iscg_desktop/ui/veil.py",
        "        self._left -= 1\n", "", (f"{_VEIL}::test_three_wrong_codes_lock",),
    ),
    Mutation(
        "S37", "any code lifts the veil", "iscg_desktop/services/voile.py",
        "hmac.compare_digest(_digest(typed, self.sel), self.empreinte)", "True",
        (f"{_VEIL}::test_three_wrong_codes_lock",),
    ),
    Mutation(
        "S37", "five idle minutes lower no veil", _PROGRAM,
        "        self._idle.veil_requested.connect(self.veil)\n", "",
        (f"{_VEIL}::test_the_veil_falls_after_five_minutes_and_the_lock_after_twenty",),
    ),
    Mutation(
        "S37", "twenty idle minutes lock nothing", _PROGRAM,
        "        self._idle.lock_requested.connect(self.lock)\n", "",
        (f"{_VEIL}::test_the_veil_falls_after_five_minutes_and_the_lock_after_twenty",),
    ),
    Mutation(
        "S37", "sleep is not heard", _WATCH, '"PrepareForSleep"', '"PrepareForNothing"', (_WATCH_TESTS,),
    ),
    Mutation(
        "S37", "the machine does not wait before it sleeps", _PROGRAM,
        "    program.opened.connect(session.on_opened)\n", "", ("tests/ui/test_sleep_delay.py",),
    ),
    Mutation(
        "S37", "the machine waits though no coffre is open", "iscg_desktop/ui/sleep_delay.py",
        "self._wanted, self._held = False, None", "self._wanted = False", ("tests/ui/test_sleep_delay.py",),
    ),
    Mutation("S37", "the lid is not heard", _WATCH, '"LidIsClosed"', '"LidIsOpen"', (_WATCH_TESTS,)),
    Mutation("S37", "a user switch is not heard", _WATCH, "== [False]", "== [None]", (_WATCH_TESTS,)),
    Mutation(
        "S37", "Windows says that the session is locked, in vain", "iscg_desktop/platform/session_messages.py",
        "return message.wparam in _LEFT", "return False", ("tests/platform/test_session_messages.py",),
    ),
    Mutation(
        "S38", "what is hidden is still read aloud", "iscg_desktop/ui/vanishing.py",
        "        window.destroy()", "        continue",
        (f"{_VEIL}::test_under_the_veil_nothing_is_seen_and_nothing_is_read_aloud",),
    ),
    Mutation(
        "S40", "the discreet mode tells no page", "iscg_desktop/ui/discretion.py",
        "page.set_discreet(self._window.discreet)", "pass",
        ("tests/ui/test_discretion.py::test_nothing_of_anyone_is_on_any_page_in_discreet_mode",),
    ),
    Mutation(
        "S41", "what was copied stays", _CLIPBOARD, "        self._timers[mode].start()\n", "", (_CLIPBOARD_TESTS,),
    ),
    Mutation(
        "S41", "what another program copied is emptied too", _CLIPBOARD,
        "        return self._clipboard.ownsClipboard()", "        return True", (_CLIPBOARD_TESTS,),
    ),
    Mutation(
        "S41", "the histories of the clipboard are told nothing", _CLIPBOARD,
        "            data.setData(kind, value)", "            pass", (_CLIPBOARD_TESTS,),
    ),
    Mutation(
        "S41", "a lock leaves the clipboard full", _PROGRAM,
        "        self._clipboard.clear()\n        self.locking", "        self.locking", (_CLIPBOARD_TESTS,),
    ),
    Mutation(
        "S35", "a file may be read by everybody", "iscg_desktop/files.py",
        "data: bytes, *, mode: int = 0o600", "data: bytes, *, mode: int = 0o644", ("tests/test_files.py",),
    ),
    Mutation(
        "S35", "a folder is for everybody", "iscg_desktop/files.py",
        "        folder.chmod(0o700)", "        pass", ("tests/test_files.py",),
    ),
    Mutation(
        "S47", "what the journal forgets is not anchored", "iscg_desktop/storage/journal.py",
        '        return (row["dernier_id"], row["empreinte"]) if row else (0, _BEFORE_ALL)',
        "        return (0, _BEFORE_ALL)", ("tests/storage/test_journal.py",),
    ),
    Mutation(
        "S47", "a line that is missing is not found", "iscg_desktop/storage/journal.py",
        '    if row["id"] != expected_id:\n', "    if False:\n", ("tests/storage/test_journal.py",),
    ),
    Mutation(
        "S47", "a line of the journal is not bound to the one before", "iscg_desktop/storage/journal.py",
        "for field in (previous, str(line)", "for field in (str(line)", ("tests/storage/test_journal.py",),
    ),
)  # fmt: skip
