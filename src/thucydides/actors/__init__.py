"""Who? A roster of armed actors, units and their parents, with aliases and years.

In: a name as a report tells it, the day, and the countries the report is about. Out: an ``Actor`` or ``None``.
``Actors.find`` marks every roster name in a sentence; ``identify`` chooses between actors that share a name.
``Camps`` says who stands together in which war.
"""

from thucydides.actors.camps import Camp, Camps
from thucydides.actors.identify import identify
from thucydides.actors.roster import KINDS, Actors

__all__ = ["KINDS", "Actors", "Camp", "Camps", "identify"]
