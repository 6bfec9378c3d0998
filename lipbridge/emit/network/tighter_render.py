"""The module of tighter constants as text, its data modules, and what it must prove."""

from __future__ import annotations

from fractions import Fraction

from lipbridge.emit.data.matrices import matrix_modules
from lipbridge.emit.export.records import Theorem
from lipbridge.emit.lean.printer import decimal_down, decimal_up, fraction_comment, nat_literal
from lipbridge.emit.network.affine import nested
from lipbridge.emit.network.render import decimal, render, unfolded
from lipbridge.emit.network.tighter import TighterContext

__all__ = ["tighter_data", "tighter_module", "tighter_theorems"]


def tighter_data(tighter: TighterContext, *, stubs: bool) -> dict[str, str]:
    """The data modules of the matrices that were made from the network's, by name.

    Args:
        tighter: names and terms.
        stubs: write ``sorry`` for every proof.
    """
    modules: dict[str, str] = {}
    for matrix in tighter.matrices:
        modules |= matrix_modules(
            tighter.network.namespace,
            matrix.name,
            matrix.matrix,
            matrix.certificate,
            stubs=stubs,
            source=matrix.source,
            transposed=matrix.transposed,
            above=matrix.above,
        )
    return modules


def tighter_module(tighter: TighterContext, *, stubs: bool) -> str:
    """The module of the theorems.

    Args:
        tighter: names and terms.
        stubs: write ``sorry`` for every proof.
    """
    return render(
        "tighter.lean.jinja",
        n=tighter.network,
        t=tighter,
        nested=nested,
        stubs=stubs,
        nat=nat_literal,
        decimal=decimal,
    )


def tighter_theorems(tighter: TighterContext) -> tuple[Theorem, ...]:
    """What the module must prove, every definition of the network module unfolded.

    The tables of scores are named: their data modules are compared byte for byte.
    """
    context = tighter.network
    body = context.body
    forall = f"∀ {{R : Type u}} [OrderedRing R]{context.binders}{context.premises}, "
    network = f"({unfolded(body)} : Vec R → Vec R)"
    theorems: list[Theorem] = []
    for bound in tighter.bounds:
        n, d = bound.constant
        value = Fraction(n, d)
        theorems.append(
            Theorem(
                f"{context.namespace}.{bound.name}_lipschitz",
                f"{forall}Lipschitz {body.input} {body.output} (ofNat {nat_literal(n)}) "
                f"(ofNat {nat_literal(d)}) {network}",
                f"Lip({body.name}) ≤ {decimal_up(value)} = {fraction_comment(value)}, "
                f"{bound.method}",
            )
        )
    if tighter.steep is not None:
        n, d = tighter.steep.constant
        theorems.append(
            Theorem(
                f"{context.namespace}.{body.name}_steep",
                f"{forall}Steep {body.input} {body.output} {nat_literal(n)} {nat_literal(d)} "
                f"{network}",
                f"no constant of {body.name} is below {decimal_down(Fraction(n, d))}",
            )
        )
    if tighter.scores is None:
        return tuple(theorems)
    scores = tighter.scores
    m, denominator = scores.count, scores.denominator
    table, pairs = scores.tables.scores.name, scores.tables.pairs.name
    lipschitz = f"Lipschitz {body.input} 1 (ofNat (PackedMatrix.natAt"
    theorems.append(
        Theorem(
            f"{context.namespace}.{body.name}_scores",
            f"{forall}∀ i, Nat.lt i {m} → {lipschitz} {table} 0 i)) (ofNat {denominator}) "
            f"(fun x _ => {network} x i)",
            f"each of {m} scores of {body.name} has a constant of its own",
        )
    )
    theorems.append(
        Theorem(
            f"{context.namespace}.{body.name}_pairs",
            f"{forall}∀ i j, Nat.lt i {m} → Nat.lt j {m} → {lipschitz} {pairs} i j)) "
            f"(ofNat {denominator}) (fun x _ => sub ({network} x i) ({network} x j))",
            f"each difference of two scores of {body.name} has a constant of its own",
        )
    )
    return tuple(theorems)
