"""The domain of a network's inputs in torch: a ball an input, or a ball a token."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from lipbridge.layers import InputPart, tokens


class Domain:
    """Where the stacked inputs of a network lie.

    Args:
        parts: the inputs in order; one without a largest length is not restricted.
    """

    def __init__(self, parts: Sequence[InputPart]) -> None:
        self._parts = tuple(parts)

    @property
    def dimension(self) -> int:
        """Size of all inputs together."""
        return self._parts[-1].stop

    def project(self, x: torch.Tensor) -> torch.Tensor:
        """The nearest points of the domain, input by input and token by token; differentiable.

        Shape:
            x (batch, dimension), float64; returns the same.
        """
        return torch.cat([self._project(x, part) for part in self._parts], 1)

    def _project(self, x: torch.Tensor, part: InputPart) -> torch.Tensor:
        piece = x[:, part.offset : part.stop]
        if part.norm is None:
            return piece
        block = piece.reshape(x.shape[0], *tokens(part.shape))
        # One part in 2^40 inside, so that rounding does not leave the ball.
        radius = float(part.norm) * (1 - 2.0**-40)
        length = block.norm(dim=2, keepdim=True)
        return (block * (radius / length.clamp_min(radius))).flatten(1)

    def points(self, count: int, seed: int = 0) -> torch.Tensor:
        """Random points: on the spheres of the bounded inputs, normal in the others.

        Shape:
            (count, dimension), float64.
        """
        generator = torch.Generator().manual_seed(seed)
        normal = torch.randn(count, self.dimension, generator=generator, dtype=torch.float64)
        pieces: list[torch.Tensor] = []
        for part in self._parts:
            block = normal[:, part.offset : part.stop].reshape(count, *tokens(part.shape))
            if part.norm is not None:
                block = block * (float(part.norm) / block.norm(dim=2, keepdim=True))
            pieces.append(block.flatten(1))
        return self.project(torch.cat(pieces, 1))

    def mask(self, part: InputPart) -> torch.Tensor:
        """1 in the entries of an input, 0 in the others; of shape (dimension,)."""
        mask = torch.zeros(self.dimension, dtype=torch.float64)
        mask[part.offset : part.stop] = 1
        return mask
