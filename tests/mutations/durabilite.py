"""Mutations of what keeps the coffre whole: settings, syncs, checks, lock."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

_CONNECTION = "iscg_desktop/storage/connection.py"
_ASKED = "tests/storage/test_connection.py"

MUTATIONS = (
    Mutation(
        "S3", "the journal is deleted, not truncated", _CONNECTION,
        '    ("journal_mode", "TRUNCATE", "truncate"),\n', "", (_ASKED,),
    ),
    Mutation(
        "S3", "the disk is not asked to flush its folder", _CONNECTION,
        '    ("synchronous", "EXTRA", "3"),\n', "", (_ASKED,),
    ),
    Mutation(
        "S3", "a setting that is not obeyed is let pass", _CONNECTION,
        "if obeyed is None or str(obeyed[0]) != expected:", "if obeyed is None:", (_ASKED,),
    ),
)  # fmt: skip
