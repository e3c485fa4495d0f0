"""What a draft keeps of a value is what comes back, through JSON."""

from __future__ import annotations

import json
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.dates import Naissance
from iscg_desktop.ui.forms.codec import decode, encode

BIRTHS = st.one_of(
    st.dates(date(1900, 1, 1)).map(lambda day: Naissance(date=day)),
    st.integers(1900, 2100).map(lambda year: Naissance(annee=year)),
    st.integers(0, 120).map(lambda age: Naissance(age_estime=age)),
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 1440),
    st.text(),
    st.dates(),
    st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
    BIRTHS,
    st.lists(st.text()).map(tuple),
)


@given(VALUES)
def test_every_value_comes_back(value) -> None:
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_what_is_kept_can_be_read_by_a_human() -> None:
    assert encode(date(2026, 11, 23)) == {"date": "2026-11-23"}
    assert encode(time(9, 30)) == {"heure": "09:30"}
    assert encode(Naissance(age_estime=30)) == {"naissance": {"age_estime": 30}}
