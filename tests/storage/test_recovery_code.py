"""Every slip in the recovery code is found, and its group named."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iscg_desktop.errors import UserError
from iscg_desktop.storage.recovery_code import (
    ALPHABET,
    GROUP_LENGTH,
    GROUPS,
    RecoveryCode,
    _product,
    _with_check,
)

LENGTH = GROUPS * GROUP_LENGTH

codes = st.lists(
    st.text(ALPHABET, min_size=GROUP_LENGTH - 1, max_size=GROUP_LENGTH - 1),
    min_size=GROUPS,
    max_size=GROUPS,
).map(lambda data: RecoveryCode(tuple(_with_check(n, d) for n, d in enumerate(data, start=1))))


def _refusal(typed: str) -> UserError:
    with pytest.raises(UserError) as refused:
        RecoveryCode.parse(typed)
    return refused.value


def _groups_named(typed: str) -> set[int]:
    error = _refusal(typed)
    assert error.code == "code_secours_groupe"
    return {int(number) for number in str(error.values["groupes"]).split(", ")}


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + GROUP_LENGTH] for start in range(0, LENGTH, GROUP_LENGTH))


@given(code=codes)
def test_a_code_is_read_as_it_is_shown(code: RecoveryCode) -> None:
    assert RecoveryCode.parse(code.text) == code
    assert RecoveryCode.parse(code.text).is_same(code)


@given(code=codes, data=st.data())
def test_a_code_is_read_however_it_is_typed(code: RecoveryCode, data: st.DataObject) -> None:
    separators = st.sampled_from(["", " ", "-", " - ", "\N{EN DASH}", "\N{NO-BREAK SPACE}", "\n", "_"])
    as_typed = {"0": "0Oo\N{FULLWIDTH DIGIT ZERO}", "1": "1IiLl"}
    typed = ""
    for position, character in enumerate("".join(code.groups)):
        if position % GROUP_LENGTH == 0:
            typed += data.draw(separators)
        typed += data.draw(st.sampled_from(as_typed.get(character, character + character.lower())))
    assert RecoveryCode.parse(typed) == code


@pytest.mark.exigence("S24")
@given(code=codes, separated=st.booleans())
def test_every_wrong_character_is_found_and_its_group_named(code: RecoveryCode, separated: bool) -> None:
    plain = "".join(code.groups)
    for position, wrong in itertools.product(range(LENGTH), ALPHABET + "U*é€"):
        if wrong == plain[position]:
            continue
        slipped = plain[:position] + wrong + plain[position + 1 :]
        expected = {position // GROUP_LENGTH + 1}
        assert _groups_named(_grouped(slipped) if separated else slipped) == expected


@pytest.mark.exigence("S24")
@given(code=codes, separated=st.booleans())
def test_every_adjacent_swap_is_found_and_its_groups_named(code: RecoveryCode, separated: bool) -> None:
    plain = "".join(code.groups)
    for position in range(LENGTH - 1):
        left, right = plain[position : position + 2]
        if left == right:
            continue
        swapped = plain[:position] + right + left + plain[position + 2 :]
        expected = {position // GROUP_LENGTH + 1, (position + 1) // GROUP_LENGTH + 1}
        assert _groups_named(_grouped(swapped) if separated else swapped) == expected


@pytest.mark.exigence("S24")
@given(code=codes)
def test_every_swap_of_two_groups_is_found(code: RecoveryCode) -> None:
    for first, second in itertools.combinations(range(GROUPS), 2):
        groups = list(code.groups)
        groups[first], groups[second] = groups[second], groups[first]
        named = _groups_named("-".join(groups))
        assert named == {first + 1, second + 1}


@given(code=codes)
def test_a_character_forgotten_added_or_typed_as_a_dash_is_found_in_its_group(code: RecoveryCode) -> None:
    plain = "".join(code.groups)
    for position in range(LENGTH):
        group = position // GROUP_LENGTH
        for change in ("", plain[position] * 2, "-", " "):
            groups = list(code.groups)
            at = position % GROUP_LENGTH
            groups[group] = groups[group][:at] + change + groups[group][at + 1 :]
            assert _groups_named("-".join(groups)) == {group + 1}


@given(code=codes)
def test_without_separators_the_first_spoilt_group_is_named(code: RecoveryCode) -> None:
    plain = "".join(code.groups)
    for position in range(LENGTH):
        named = _groups_named(plain[:position] + plain[position + 1 :])
        # The group may happen to stay right by chance; one after it cannot.
        assert min(named) >= position // GROUP_LENGTH + 1
        assert len(named) == 1


@given(code=codes, kept=st.integers(0, GROUPS - 2), more=st.integers(0, GROUP_LENGTH - 1))
def test_a_code_that_stops_too_early_or_goes_on_is_told_by_its_length(
    code: RecoveryCode, kept: int, more: int
) -> None:
    for typed in (
        "".join(code.groups[:kept]) + code.groups[kept][:more],
        "-".join(code.groups[:kept]),
        f"{code.text}-{code.groups[0]}",
    ):
        error = _refusal(typed)
        received = len(typed.replace("-", ""))
        assert (error.code, error.values) == (
            "code_secours_longueur",
            {"attendu": LENGTH, "recu": received},
        )


@given(typed=st.text(max_size=80) | st.text(ALPHABET, min_size=30, max_size=400))
@example(typed="X" * 100_000)
def test_anything_else_is_refused_without_being_quoted(typed: str) -> None:
    error = _refusal(typed)
    assert error.code in {"code_secours_groupe", "code_secours_longueur"}
    told = "".join(str(value) for value in error.values.values())
    assert set(re.findall(r"\d+", str(error.values.get("groupes", "")))) <= set("1234567")
    assert set(told) <= set("0123456789, ")


def test_the_checks_stand_in_a_field() -> None:
    # No product of two elements but zero is zero, so no slip cancels out.
    for left, right in itertools.product(range(1, 32), repeat=2):
        assert _product(left, right) != 0
        assert _product(left, right) == _product(right, left)
    weights = [1]
    for _ in range(GROUP_LENGTH - 1):
        weights.append(_product(weights[-1], 2))
    assert len(set(weights)) == GROUP_LENGTH


def test_a_generated_code_has_at_least_128_random_bits() -> None:
    drawn = [RecoveryCode.generate() for _ in range(400)]
    assert GROUPS * (GROUP_LENGTH - 1) * 5 >= 128
    assert len({code.secret for code in drawn}) == len(drawn)
    for group, position in itertools.product(range(GROUPS), range(GROUP_LENGTH - 1)):
        # Of 32 symbols, 400 draws miss three less than once in a billion.
        assert len({code.groups[group][position] for code in drawn}) >= 30


@given(left=codes, right=codes)
def test_two_codes_are_the_same_when_every_character_is(left: RecoveryCode, right: RecoveryCode) -> None:
    assert left.is_same(right) == (left.text == right.text)
    assert (left.secret == right.secret) == (left.text == right.text)


def test_a_code_does_not_show_when_it_is_printed_by_accident() -> None:
    code = RecoveryCode.generate()
    for shown in (repr(code), str(code), f"{code}"):
        assert not any(group in shown for group in code.groups)
