"""Makes resources/phrases/mots.txt: the 7 776 French words of which passphrases are drawn.

How to run, from the root of the repository, with wordfreq 3.1.1 (from PyPI) and one Debian 12 package::

    apt-get download hunspell-fr-comprehensive    # in a scratch folder; then dpkg-deb -x
    python packaging/data/build_phrase_words.py SCRATCH/usr/share/hunspell/fr.dic

A word is an entry of the dictionary (noun, adjective, infinitive, adverb) of 4 to 8 letters without accent, among
the most frequent, that nobody has to hesitate about: no twin with an accent, no proper noun, no word that is
commoner in another language. phrase_words_left_out.txt takes out what a victim of violence, or a colleague reading
over the shoulder, should not meet, and what is too rare or too near another word; phrase_words_added.txt brings in
feminine forms, numbers and words of every day that the rules miss. Read the whole list after each change of these.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "resources" / "phrases" / "mots.txt"
COUNT = 7776  # five dice

WORD = re.compile("[a-z]{4,8}")
KINDS = {"nom", "adj", "adv", "v1", "v2", "v3"}
VERB_ENDINGS = (
    "e es ons ez ent é ée és ées ant ais ait aient a ai era erai eront erait".split()  # noqa: SIM905
)
ACCENTED_TWIN = 1 / 3  # an accented twin at least this frequent makes the bare word doubtful
RARE = 3e-6
FOREIGN = {True: 5, False: 15}  # so many times commoner elsewhere: foreign; key: is it rare in French?
PROPER = 2e-5  # less frequent than this, a word that is also a name is taken for the name


def main(dictionary: Path) -> None:
    """Reads the dictionary and writes the list."""
    entries = _entries(dictionary)
    left_out = _words_of("phrase_words_left_out.txt")
    added = _words_of("phrase_words_added.txt")
    if both := sorted(left_out & added.keys()):
        raise SystemExit(f"both left out and added: {both}")
    chosen: set[str] = set()
    for word in [*added, *_by_frequency(entries)]:
        if word not in left_out and not _plural_twin(word, chosen):
            chosen.add(word)
        if len(chosen) == COUNT:
            break
    else:
        raise SystemExit(f"{len(chosen)} words only")
    TARGET.write_text("\n".join(sorted(chosen)) + "\n", "utf-8", newline="\n")
    print(f"{TARGET.name}: {len(chosen)} words, the rarest is « {word} »")


def _entries(dictionary: Path) -> dict[str, set[str]]:
    """Kinds of each entry of the dictionary (``po:nom``, ``po:v1__t___zz`` ...)."""
    entries: dict[str, set[str]] = defaultdict(set)
    for line in dictionary.read_text("utf-8").splitlines()[1:]:
        match = re.match(r"([^/\s]+)(?:/\S+)?(.*)", line)
        if match:
            kinds = re.findall(r"po:(\w+)", match[2])
            entries[match[1]].update(kind[:2] if kind[0] == "v" else kind for kind in kinds)
    return entries


def _by_frequency(entries: dict[str, set[str]]) -> list[str]:
    """The words that follow the rules, the most frequent first."""
    french = get_frequency_dict("fr", "best")
    elsewhere = [get_frequency_dict(language, "best") for language in ("en", "es", "it", "de")]
    twins: dict[str, float] = defaultdict(float)
    for entry in entries:
        if not entry.isascii() and entry.islower():
            twins[_bare(entry)] = max(twins[_bare(entry)], french.get(entry, 0))
    proper = {entry.lower() for entry in entries if entry[0].isupper()}
    scores: list[tuple[float, str]] = []
    for word, kinds in entries.items():
        own = french.get(word, 0.0)
        if not (own and WORD.fullmatch(word) and kinds & KINDS):
            continue
        others = sum(french.get(form, 0) for form in _forms(word, kinds) if form not in entries)
        score = own + min(3 * own, others)
        if (
            twins[word] >= own * ACCENTED_TWIN
            or (word in proper and score < PROPER)
            or max(tongue.get(word, 0) for tongue in elsewhere) > FOREIGN[score < RARE] * score
            or (score < RARE and "nom" not in kinds and word.endswith("ant") and word[:-3] + "er" in entries)
        ):
            continue
        scores.append((score, word))
    return [word for _, word in sorted(scores, reverse=True)]


def _forms(word: str, kinds: set[str]) -> set[str]:
    """Common inflected forms, by which a word is known too."""
    if "v1" in kinds and word.endswith("er"):
        return {word[:-2] + ending for ending in VERB_ENDINGS}
    if "v2" in kinds:
        return {word[:-1] + ending for ending in ("", "s", "t", "e", "es", "ssent", "ssait", "ssant", "ra")}
    forms = {word + "s", word + "e", word + "es"}
    for end, others in {
        "al": ["aux"],
        "eux": ["euse", "euses"],
        "eur": ["euse", "rice"],
        "if": ["ive", "ives"],
    }.items():
        if word.endswith(end):
            forms.update(word[: -len(end)] + other for other in others)
    if word.endswith(("eau", "eu", "ou")):
        forms.add(word + "x")
    if word.endswith(("el", "en", "on", "et")):
        forms.update((word + word[-1] + "e", word + word[-1] + "es"))
    return forms


def _plural_twin(word: str, chosen: set[str]) -> bool:
    """Whether a chosen word differs by a final s or x only."""
    return word + "s" in chosen or word + "x" in chosen or (word[-1] in "sx" and word[:-1] in chosen)


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("œ", "oe"))
    return decomposed.encode("ascii", "ignore").decode()


def _words_of(name: str) -> dict[str, None]:
    """The words of a text file without its comments, in order."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
