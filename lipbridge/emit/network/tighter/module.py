"""The module of tighter constants of a network, from what is claimed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.lean.render import TIGHTER, render
from lipbridge.emit.network import claims, segments
from lipbridge.emit.network.context import NetworkContext
from lipbridge.emit.network.segments.affine import linear_map
from lipbridge.emit.network.tighter.build import Builder, state
from lipbridge.emit.network.tighter.context import TighterContext
from lipbridge.language.tensor import ExactMatrix
from lipbridge.layers import TensorSource
from lipbridge.lazy import import_all
from lipbridge.tighten.claim import Facts
from lipbridge.tighten.claims import claim_kinds
from lipbridge.tighten.tighten import Tightening, network_plans

import_all(segments)
import_all(claims)


def tighter_context(
    context: NetworkContext,
    tensors: Mapping[TensorSource, ExactMatrix],
    certificates: Mapping[TensorSource, SpectralCertificate],
    squares: Mapping[str, Fraction],
    tightening: Tightening,
) -> TighterContext:
    """Decide names, numbers and terms of a network's tighter theorems, and declare them.

    Args:
        context: the network.
        tensors: the exact matrix of every source.
        certificates: the certificate of every source whose norm the product needs.
        squares: squared constant of every layer of the body.
        tightening: what is claimed; it replays.

    Raises:
        InputError: a label clashes with a generated name.
    """
    start, plans = network_plans(context.network, tensors, tightening)
    facts = Facts(context.network, tensors, certificates, start)
    build = Builder(context, facts, plans, tightening.squares(squares), tightening)
    for piece in (piece for segment in start for piece in segment.pieces if piece.affine):
        linear_map(build, piece)
    build.bounds = tuple(build.bound(method, plan) for method, plan in plans.items())
    found = [tightening.claims.get(key) for key in reversed(claim_kinds())]
    stated = tuple(state(claim, build) for claim in found if claim is not None)
    namespace = context.namespace
    made = (f"{namespace}.Data.{matrix.name}" for matrix in build.matrices)
    needed = (name for claim in stated for name in claim.imports)
    return TighterContext(
        context,
        build.scope,
        "Tighter",
        (TIGHTER, f"{namespace}.Network", *made, *needed),
        render("tighter.txt.jinja", n=context),
        tuple(build.matrices),
        build.bounds,
        stated,
    )
