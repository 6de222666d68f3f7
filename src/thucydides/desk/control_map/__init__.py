"""The map of control: who holds what on a day as one HTML file that needs no network, or as a picture.

In: the states of a day with the words behind them. Out: ``sheet`` gives the file's text, ``picture`` the bytes of a PNG of the same
drawing. Areas are drawn only on request, as an estimate between places (``shading``). ``docs/control.md`` tells the rules.
"""

from thucydides.desk.control_map.marks import Mark, Quote, Scene
from thucydides.desk.control_map.picture import picture
from thucydides.desk.control_map.sheet import sheet

__all__ = ["Mark", "Quote", "Scene", "picture", "sheet"]
