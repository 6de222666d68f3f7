"""The desk: where people work. The command line, the page, the benchmarks and the settings.

In: what a person typed, and the environment, read once in ``settings``. Out: tables, JSON, files, an exit code. The desk is the
only room that reads settings, files named by a user and standard input.
"""

from thucydides.desk.settings import Settings

__all__ = ["Settings"]
