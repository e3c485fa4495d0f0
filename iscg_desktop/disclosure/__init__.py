"""Statistical protection of counted tables: knows tables, not social work.

The way of a bilan through these files: ``tables`` (what was counted) and ``relations`` (what a reader knows
besides) make a ``system``; ``sensitivity`` names the cells to hide, ``suppression`` hides enough others,
``audit`` attacks the result as a reader would, and ``protection`` lets it out as ``protected`` tables.
"""
