"""The exports room: claims go in with their reports, files that other programs read come out.

``flatten`` makes the public, flat JSON of a claim; ``write`` writes claims in one of the ``FORMATS``; ``read_jsonl`` reads a JSON
Lines export back with the ids it had. ``sub_events`` are the types that an event can have. ``docs/formats.md`` describes every column.
"""

from thucydides.exports.acled_tables import sub_events
from thucydides.exports.control import flatten_control, write_control
from thucydides.exports.flat import flatten, flatten_reading, flatten_report
from thucydides.exports.flat_incident import flatten_incident
from thucydides.exports.jsonl import read_jsonl
from thucydides.exports.withhold import SENSITIVE
from thucydides.exports.write import FORMATS, Format, Written, write

__all__ = [
    "FORMATS",
    "SENSITIVE",
    "Format",
    "Written",
    "flatten",
    "flatten_control",
    "flatten_incident",
    "flatten_reading",
    "flatten_report",
    "read_jsonl",
    "sub_events",
    "write",
    "write_control",
]
