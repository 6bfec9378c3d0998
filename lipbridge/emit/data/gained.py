"""Lean modules that hold the certificate of a projection and the gain behind it."""

from __future__ import annotations

from lipbridge.certify import SpectralCertificate
from lipbridge.emit.data.packing import packed_gained
from lipbridge.emit.data.rows import tree
from lipbridge.emit.lean.literals import literal
from lipbridge.emit.lean.printer import int_literal
from lipbridge.emit.network.render import render
from lipbridge.tighten.gained import GainedBound, GainedMap


def gained_module(
    namespace: str,
    name: str,
    found: GainedMap,
    bound: GainedBound,
    own: SpectralCertificate,
    *,
    weight: str,
    gain: str,
) -> str:
    """The module ``<namespace>.Data.<name>``.

    It defines ``<name>_T``, ``<name>_C`` and ``<name>_certificate``, and proves ``<name>_checked``
    and ``<name>_check``, with the sums of W's own module where that has some.

    Args:
        namespace: namespace and module prefix of the export.
        name: what its Lean names begin with.
        found: the projection W and the gain.
        bound: their certificate.
        own: that of W.
        weight: Lean name of W.
        gain: Lean name of the stored gain.

    Source: Lean ``LipBridge.GainedCertificate``.
    """
    packed = packed_gained(found, bound, own)
    entry, offset = f"{gain}.entry 0 i", int(found.gain.offset)
    if offset:
        whole = int_literal(offset)
        entry = f"Int.add ({entry}) (Int.mul {whole} (Int.ofNat {found.denominator}))"
    return render(
        "gained.lean.jinja",
        namespace=namespace,
        name=name,
        weight=weight,
        gain=gain,
        entry=entry,
        packed=packed,
        nat=literal,
        tree=tree,
    )
