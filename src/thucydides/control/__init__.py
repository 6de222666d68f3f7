"""Who holds what, since when, and who says otherwise? Claims become a timeline of ``Control`` for every place.

In: claims with their reports. Out: ``trace`` gives a ``Chart``: for each place its spans of control, which never overlap, with the
claims behind every one; ``Tracer`` does the same claim by claim. ``docs/control.md`` tells the rules. Beside it stand the orders of battle:
``control.forces`` gathers units and ``control.armaments`` arms, each with the claims behind it (``docs/forces.md``).
"""

from thucydides.control.bodies import Bodies
from thucydides.control.charting import Change, Chart
from thucydides.control.fading import Fading
from thucydides.control.importing import Conflict, Known, conflicts, read_known
from thucydides.control.rules import Rules
from thucydides.control.tracing import Tracer, trace

__all__ = ["Bodies", "Change", "Chart", "Conflict", "Fading", "Known", "Rules", "Tracer", "conflicts", "read_known", "trace"]
