"""The incidents room: claims of many reports are weighed into incidents.

What comes in are claims with their reports, and what people judged; what goes out are :class:`~thucydides.record.Incident` values.
``judge`` compares two accounts and says why; ``merge`` groups many. Both take values and return values: who keeps them is no business
of this room, so an archive hands itself in as a ``Shelf``.
"""
