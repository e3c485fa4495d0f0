"""Statistical protection of counted tables, over all the files that are handed over: knows tables, not social work.

The way of a bilan through these files:

* ``tables`` (what was counted), ``relations`` (what a reader knows besides), and one ``system.Volet`` a period make a
  ``system``: every cell of every period that a file links to the new one, with what earlier files printed and masked;
* ``sensitivity`` names the cells to hide, in any file or in none: fewer than k units or foyers;
* ``suppression`` hides enough others, by ``moves`` away from the truth, so that every ``goals.Goal`` can be met;
* ``witnesses`` judges the tables that this rests on; ``audit`` and ``imagination`` attack what they do not show as a
  reader would, knowing no exact count, in ``blocks``;
* ``preuve`` computes, from what is printed alone, imaginary tables that anyone can check;
* ``protection.protect`` is the gate through all of this, and ``protected`` what it lets out.

Earlier files bind later ones: printed cells are fixed, masks stay masks. A file that is all masks is always possible:
every cell of every table, printed by its period or not, was already protected when its quarter was.
"""
