"""Each protection taken away turns a test red: `python3 packaging/start.py mutations` shows them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mutations import cles, conformite, durabilite, sauvegardes, session
from tests.mutations.mutation import Mutation, copy_project, run_tests

# A table each for those who build a protection: nobody waits for another's lines.
MUTATIONS: tuple[Mutation, ...] = (
    *durabilite.MUTATIONS, *cles.MUTATIONS, *sauvegardes.MUTATIONS, *session.MUTATIONS, *conformite.MUTATIONS,
)  # fmt: skip
_RED = 1  # what pytest answers when a test failed; an import that fails is 2

each_mutation = pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(mutation, id=mutation.name, marks=pytest.mark.exigence(mutation.exigence))
        for mutation in MUTATIONS
    ],
)


def test_each_mutation_still_finds_its_text_and_its_tests() -> None:
    assert [problem for mutation in MUTATIONS for problem in mutation.problems()] == []
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)


def _turns_red(mutation: Mutation, folder: Path) -> bool:
    copy = copy_project(folder)
    mutation.apply(copy)
    return run_tests(copy, mutation.tests).returncode == _RED


@pytest.mark.campagne
@each_mutation
def test_a_protection_taken_away_turns_a_test_red(
    mutation: Mutation, tmp_path: Path, chiffre: Callable[[str], None]
) -> None:
    assert _turns_red(mutation, tmp_path), f"nothing saw that {mutation.name}"
    chiffre(f"« {mutation.name} » : rouge")


def test_a_mutation_is_told_from_an_honest_copy(tmp_path: Path) -> None:
    short = next(each for each in MUTATIONS if all("::" in test for test in each.tests))  # not whole files
    copy = copy_project(tmp_path)
    assert run_tests(copy, short.tests).returncode == 0
    short.apply(copy)
    assert run_tests(copy, short.tests).returncode == _RED
