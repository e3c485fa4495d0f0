"""What the papers of the project say is true: links lead somewhere, the map is the house, licences are all named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from iscg_desktop import bootstrap

ROOT = Path(__file__).resolve().parents[1]
PAPERS = [
    "README.md",
    "CHANGELOG.md",
    "THIRD_PARTY.md",
    "docs/bilan-preuves.md",
    "docs/controle-rgpd.md",
    "docs/intervenant.md",
    "docs/lire-un-bilan.md",
    "docs/securite-preuves.md",
    "docs/securite.md",
]
README = (ROOT / "README.md").read_text("utf-8")
THIRD_PARTY = (ROOT / "THIRD_PARTY.md").read_text("utf-8")


def links(text: str) -> list[str]:
    """What a page leads to inside the project, pictures included."""
    return [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]


def folded(name: str) -> str:
    """A package name whatever its spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_leads_somewhere(paper: str) -> None:
    page = ROOT / paper
    assert [link for link in links(page.read_text("utf-8")) if not (page.parent / link).is_file()] == []


def test_every_proof_that_the_page_of_security_names_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", (ROOT / "docs" / "securite.md").read_text("utf-8"))
    missing = []
    for proof in named:
        path, _, test = proof.partition("::")
        text = (ROOT / path).read_text("utf-8") if (ROOT / path).is_file() else ""
        if not text or (test and f"def {test}(" not in text):
            missing.append(proof)
    assert named
    assert missing == []


def test_the_readme_has_the_picture_the_french_page_and_the_licence() -> None:
    assert {
        "resources/aide/images/aujourdhui.png",
        "docs/intervenant.md",
        "CHANGELOG.md",
        "THIRD_PARTY.md",
    } <= set(links(README))
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_map_of_the_floors_is_the_house() -> None:
    package = ROOT / "iscg_desktop"
    rooms = {p.name for p in package.glob("*.py")} | {
        f"{p.parent.name}/" for p in package.glob("*/__init__.py")
    }
    missing = {room for room in rooms - {"__init__.py"} if f"`{room}`" not in README}
    section = README.partition("## The floors")[2].partition("\n## ")[0]
    named = {
        name
        for row in re.findall(r"^\|.*?\|(.*?)\|", section, re.MULTILINE)
        for name in re.findall(r"`(.+?)`", row)
    }
    assert (missing, named - rooms) == (set(), set())


def test_the_integration_runs_the_test_command_of_the_readme() -> None:
    command = "python3 packaging/start.py test"
    assert command in README
    assert (ROOT / ".ci" / "run").read_text("utf-8").rstrip().endswith(f"exec {command}")


def test_every_option_of_the_readme_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bootstrap.main(["demo", "--help"])
    usage = capsys.readouterr().out
    options = set(re.findall(r"\[(--\w+) \w", README))
    assert {"--dossiers", "--graine", "--aujourdhui"} <= options
    assert [option for option in options if option not in usage] == []


def test_every_library_shipped_has_its_licence_named() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    words = {folded(word) for word in re.findall(r"[\w.-]+", THIRD_PARTY)} | {"pyside6-essentials"}
    assert "(Essentials)" in THIRD_PARTY
    assert [
        name for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE) if folded(name) not in words
    ] == []


def test_what_was_brought_into_the_resources_has_its_licence_beside_it() -> None:
    own = {"aide", "bilan", "conformite", "information", "nomenclatures", "prenoms", "verifier"}
    folders = {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()} - own
    named = set(re.findall(r"`resources/(\w+)/`", THIRD_PARTY))
    assert folders == named
    assert all(list((ROOT / "resources" / name).glob("LICEN[CS]E*")) for name in named)


def test_the_package_says_the_same_licence_and_python() -> None:
    card = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (card["license"], card["requires-python"]) == ("Apache-2.0", ">=3.11")
    assert "Apache-2.0" in README
    assert "Python 3.11 or newer" in README
