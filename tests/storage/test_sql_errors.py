"""What the driver raises becomes a sentence for her, or a fault of ours that quotes nothing."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from iscg_desktop.errors import UserError
from iscg_desktop.storage.sql_errors import translated


def test_a_copy_that_no_longer_fits_on_the_disk_is_said_to_be_so() -> None:
    """The driver's copy raises SQLite's sentence and no code."""
    source, target = dbapi2.connect(":memory:"), dbapi2.connect(":memory:")
    source.execute("CREATE TABLE t (octets BLOB)")
    source.execute("INSERT INTO t VALUES (zeroblob(100000))")
    source.commit()
    target.execute("PRAGMA max_page_count = 3")
    with pytest.raises(dbapi2.OperationalError) as raised:
        source.backup(target)
    assert getattr(raised.value, "sqlite_errorcode", None) is None
    found = translated(raised.value, "backup")
    assert isinstance(found, UserError)
    assert found.code == "disque_plein"
