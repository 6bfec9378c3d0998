"""Work spread over the processes that torchrun starts, on any number of hosts.

Each rank does its share; rank 0 has the shares of all. They meet through gloo: what they exchange
are results, a few kilobytes in the processor's memory. An error on one rank is the error of all.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar, cast

import msgspec
import torch
from torch import distributed

from lipbridge import errors
from lipbridge.errors import LipBridgeError

T = TypeVar("T")

# A rank that has finished waits for the slowest.
_PATIENCE = timedelta(days=30)


class ElsewhereError(LipBridgeError):
    """Rank 0 has the result, or reports the error; the others end here with its exit code."""

    def __init__(self, exit_code: int = 0) -> None:
        super().__init__("")
        self.exit_code = exit_code


@dataclass(frozen=True)
class Ranks:
    """One process among those that torchrun started.

    Attributes:
        rank: its number.
        size: how many there are; 1 without torchrun.
    """

    rank: int = 0
    size: int = 1

    @classmethod
    def current(cls) -> Ranks:
        """As torchrun has set the environment; with CUDA, each rank of a host takes a device."""
        size = int(os.environ.get("WORLD_SIZE", "1"))
        if size == 1:
            return cls()
        if not distributed.is_initialized():
            if torch.cuda.is_available():
                local = int(os.environ.get("LOCAL_RANK", "0"))
                torch.cuda.set_device(local % torch.cuda.device_count())
            distributed.init_process_group("gloo", timeout=_PATIENCE)
            # Its threads must end before the interpreter does, or the process aborts now and then.
            atexit.register(distributed.destroy_process_group)
        return cls(int(os.environ["RANK"]), size)

    def share(self, count: int) -> range:
        """The part of ``range(count)`` that is this rank's; those of all ranks are in order."""
        return range(count * self.rank // self.size, count * (self.rank + 1) // self.size)

    def together(self, work: Callable[[], T]) -> T:
        """Do something on every rank, and wait for all.

        Args:
            work: what this rank does; where it may fail, no other rank may be left waiting.

        Returns:
            This rank's result.

        Raises:
            LipBridgeError: of the lowest rank that raised one; on ranks above 0 without its words.
        """
        if self.size == 1:
            return work()
        try:
            result, error = work(), ""
        except LipBridgeError as raised:
            result, error = None, f"{type(raised).__name__}\n{raised}"
        for said in self._everywhere(error.encode()):
            if said:
                kind, _, message = said.decode().partition("\n")
                raise self._error(kind, message)
        return cast("T", result)

    def spread(
        self,
        count: int,
        work: Callable[[int], T],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
    ) -> list[T]:
        """Do a number of pieces of work, each rank its share; all results in order, on rank 0.

        Args:
            count: how many.
            work: does the piece of a number.
            encode: a result as bytes.
            decode: the inverse.

        Raises:
            ElsewhereError: on the other ranks, which have no more to do.
            LipBridgeError: as :meth:`together`.
        """
        found = self.together(lambda: list(map(work, self.share(count))))
        if self.size == 1:
            return found
        parts = self._everywhere(msgspec.msgpack.encode(list(map(encode, found))))
        if self.rank:
            raise ElsewhereError
        return [decode(x) for p in parts for x in msgspec.msgpack.decode(p, type=list[bytes])]

    def _error(self, kind: str, message: str) -> LipBridgeError:
        known = getattr(errors, kind, LipBridgeError)
        if self.rank == 0:
            error: LipBridgeError = known.__new__(known)
            Exception.__init__(error, message)
            return error
        return ElsewhereError(known.exit_code)

    def _everywhere(self, text: bytes) -> list[bytes]:
        """The texts of all ranks, for which they are made equally long."""
        lengths = [torch.zeros(1, dtype=torch.int64) for _ in range(self.size)]
        distributed.all_gather(lengths, torch.tensor([len(text)]))
        most = max(map(int, lengths)) + 1
        parts = [torch.zeros(most, dtype=torch.uint8) for _ in range(self.size)]
        padded = torch.frombuffer(bytearray(text.ljust(most, b"\0")), dtype=torch.uint8)
        distributed.all_gather(parts, padded)
        return [
            part[: int(length)].numpy().tobytes()
            for part, length in zip(parts, lengths, strict=True)
        ]
