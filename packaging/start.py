# -*- coding: utf-8 -*-
"""The commands: prepare what is missing, then open the program, run the tests, or prove what is promised.

    python3 packaging/start.py [arguments of the program]
    python3 packaging/start.py test [arguments of pytest]
    python3 packaging/start.py campagne [S1 S2 ...]     proves each requirement in full, writes docs/securite-preuves.md
    python3 packaging/start.py mutations                takes each protection away, shows the test that turns red
    python3 packaging/start.py attaques [1 12 ...]      attacks whole years of bilans, writes docs/bilan-preuves.md

This file keeps to words that any Python reads, so that an old one can be told what is needed.
"""

import sys


def main():
    """Refuse an old Python in French; everything else is in ``preparation``."""
    if sys.version_info < (3, 11):
        sys.stderr.write(
            "Python 3.11 ou plus récent est nécessaire ; celui-ci est Python %d.%d. "
            "Installez-le depuis python.org ou votre gestionnaire de logiciels, puis relancez avec lui.\n"
            % sys.version_info[:2]
        )
        return 1
    from preparation.commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
