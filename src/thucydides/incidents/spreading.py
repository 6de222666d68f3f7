"""Work spread over several processes: the results are what one process would give, in the same order."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(
    work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], processes: int = 1, begin: Callable[[], None] | None = None
) -> list[Result]:
    """The results of work on items, one for each.

    ``work`` depends on nothing but the items and changes nothing that anybody sees. Each further process begins with all that this one
    holds in memory, does ``begin`` first, and takes every n-th item, so that near and far, light and heavy ones fall to all; what one
    fails to give is done here.
    """
    parts = min(processes, len(items)) if hasattr(os, "fork") else 1
    if parts < 2:
        return work(items)
    shares = [items[n::parts] for n in range(parts)]
    elsewhere = [_begun(work, share, begin) for share in shares[1:]]
    found: list[list[Result]] = [work(shares[0])]
    for share, (process, pipe) in zip(shares[1:], elsewhere, strict=True):
        with os.fdopen(pipe, "rb") as told:
            packed = told.read()
        _, status = os.waitpid(process, 0)
        found.append(pickle.loads(packed) if status == 0 else work(share))
    return [found[n % parts][n // parts] for n in range(len(items))]


def batches(order: Iterable[int], sizes: Sequence[int] | Mapping[int, int], most: int, many: int | None = None) -> Iterator[list[int]]:
    """Items by their numbers, in their order, as many together as have ``most`` in all, and no more than ``many`` of them."""
    batch: list[int] = []
    size = 0
    for n in order:
        if batch and (len(batch) == many or size + sizes[n] > most):
            yield batch
            batch, size = [], 0
        batch.append(n)
        size += sizes[n]
    if batch:
        yield batch


def _begun(work: Callable[[Sequence[Item]], list[Result]], share: Sequence[Item], begin: Callable[[], None] | None) -> tuple[int, int]:
    """A process that works on a share and writes the results to a pipe: its number, and the end to read from."""
    reads, writes = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn where threads run, such as that of a progress bar. The new process takes no lock that one of them could hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        os.close(writes)
        return process, reads
    status = 1
    try:
        os.close(reads)
        if begin is not None:
            begin()
        with os.fdopen(writes, "wb") as told:
            pickle.dump(work(share), told, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)  # nothing of what this process was before is to be ended by it
