"""With what? A roster of weapon systems and munitions with classes and other names.

In: words of a report. Out: an ``Arm`` or ``None``; ``Arms.find`` marks every arm in a sentence.
"""

from thucydides.arms.roster import CLASSES, Arms

__all__ = ["CLASSES", "Arms"]
