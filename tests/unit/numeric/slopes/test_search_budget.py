"""How long a search may take."""

from lipbridge.language import parse
from lipbridge.numeric.slopes.search_budget import search_budget


def test_the_larger_the_network_the_shorter_the_search() -> None:
    budgets = [
        search_budget(parse(f'network net input {n} linear {m} weight="w"'))
        for n, m in ((8, 8), (384, 384), (8192, 512), (200_000, 4096))
    ]
    evaluations = [budget.evaluations for budget in budgets]
    assert evaluations == sorted(evaluations, reverse=True)
    assert evaluations[0] > evaluations[1] > evaluations[-1] > 0
    assert budgets[0].steps == 150
    assert budgets[-1].steps == 0


def test_the_tokens_of_a_block_count() -> None:
    one, many = (
        search_budget(parse(f'network net input {shape} linear 512 weight="w"'))
        for shape in ("4096", "512 x 4096")
    )
    assert many.evaluations < one.evaluations
