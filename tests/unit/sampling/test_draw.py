"""The draw: sizes in integers, containment, no reshuffle (POLICY §8)."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lic.model.audit import Certainty, Draw, Frame, FrameHousehold, Part, Stratum
from lic.sampling.draw import draw
from tests.unit.sampling.frames import frame, frames, households, of_sizes, rates

THIRTY = Fraction(3, 10)
BY = st.sampled_from([(), (Stratum.TOWN,), (Stratum.TOWN, Stratum.CATEGORY)])


def numbers(drawn: Draw) -> list[str]:
    return [item.household.household_no for item in drawn.random]


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (10, 3), (11, 4), (100, 30), (101, 31)]
)
def test_three_tenths_rounded_up(count: int, expected: int) -> None:
    assert len(draw(of_sizes(town=count), seed="s", rate=THIRTY).random) == expected


def test_every_small_stratum_gives_one() -> None:
    drawn = draw(of_sizes(one=1, two=2, three=3, four=4), seed="s", rate=THIRTY, stratify=[Stratum.TOWN])
    sizes = {item.values[0]: (item.households, item.base) for item in drawn.strata}
    assert sizes == {"one": (1, 1), "two": (2, 1), "three": (3, 1), "four": (4, 2)}


def test_the_order_is_that_of_sha_256() -> None:
    drawn = draw(of_sizes(town=40), seed="2026\u671f 12-34", rate=Fraction(1))
    by_hand = sorted(
        (f"town-{number:03d}" for number in range(40)),
        key=lambda no: hashlib.sha256(("2026\u671f 12-34" + "\n" + no).encode("utf-8")).hexdigest(),
    )
    assert numbers(drawn) == by_hand


def test_persons_are_met_by_following_the_same_order() -> None:
    small = [FrameHousehold(f"s{number}", "t", "", "", 1) for number in range(19)]
    whole = frame([*small, FrameHousehold("big", "t", "", "", 60)])
    drawn = draw(whole, seed="a", rate=THIRTY)
    order = numbers(draw(whole, seed="a", rate=Fraction(1)))
    assert numbers(drawn) == order[: len(drawn.random)]
    assert drawn.persons >= THIRTY * whole.persons
    parts = [item.part for item in drawn.random]
    assert parts == [Part.HOUSEHOLDS] * 6 + [Part.PERSONS] * (len(parts) - 6)
    assert order[len(parts) - 1] == "big"


def plain(whole: Frame, seed: str, rate: Fraction, by: tuple[Stratum, ...]) -> set[str]:
    """POLICY §8 taken word by word, for this one rate."""
    order = sorted(
        whole.households, key=lambda item: hashlib.sha256(f"{seed}\n{item.household_no}".encode()).digest()
    )
    columns = {Stratum.TOWN: "town", Stratum.CATEGORY: "category"}
    strata: dict[tuple[str, ...], list[FrameHousehold]] = {}
    for item in order:
        strata.setdefault(tuple(getattr(item, columns[name]) for name in by), []).append(item)
    chosen = {
        item.household_no
        for members in strata.values()
        for index, item in enumerate(members)
        if index < rate * len(members)
    }
    for item in order:
        if sum(one.persons for one in order if one.household_no in chosen) >= rate * whole.persons:
            break
        chosen.add(item.household_no)
    return chosen


@settings(max_examples=60)
@given(whole=frames, seed=st.text(max_size=5), rate=rates, by=BY)
def test_the_sample_is_that_of_the_policy_and_of_every_smaller_rate(
    whole: Frame, seed: str, rate: Fraction, by: tuple[Stratum, ...]
) -> None:
    drawn = set(numbers(draw(whole, seed=seed, rate=rate, stratify=by)))
    steps = {Fraction(index + 1, len(whole.households)) for index in range(len(whole.households))}
    smaller = [step for step in steps if step < rate]
    assert drawn >= plain(whole, seed, rate, by)
    for step in smaller:
        assert drawn >= plain(whole, seed, step, by)
    if not by:
        assert drawn == plain(whole, seed, rate, by)


@settings(max_examples=60)
@given(whole=frames, seed=st.text(max_size=5), small=rates, big=rates, by=BY)
def test_a_bigger_rate_contains_the_smaller_sample(
    whole: Frame, seed: str, small: Fraction, big: Fraction, by: tuple[Stratum, ...]
) -> None:
    low, high = sorted([small, big])
    inner = draw(whole, seed=seed, rate=low, stratify=by)
    outer = draw(whole, seed=seed, rate=high, stratify=by)
    assert set(numbers(inner)) <= set(numbers(outer))
    for drawn in (inner, outer):
        assert len(drawn.random) >= drawn.rate * len(whole.households)
        assert drawn.persons >= drawn.rate * whole.persons
        for size in drawn.strata:
            assert size.households >= size.drawn >= size.base >= drawn.rate * size.households
            assert size.base - 1 < drawn.rate * size.households


@settings(max_examples=60)
@given(whole=frames, more=households, seed=st.text(max_size=5))
def test_another_household_never_reshuffles_the_others(whole: Frame, more: FrameHousehold, seed: str) -> None:
    before = numbers(draw(whole, seed=seed, rate=Fraction(1)))
    if more.household_no in before:
        return
    wider = frame([*whole.households, more])
    after = numbers(draw(wider, seed=seed, rate=Fraction(1)))
    assert [number for number in after if number != more.household_no] == before


@settings(max_examples=60)
@given(whole=frames, seed=st.text(max_size=3), rate=rates, by=BY)
def test_certainty_cases_come_on_top_and_change_nothing(
    whole: Frame, seed: str, rate: Fraction, by: tuple[Stratum, ...]
) -> None:
    without = draw(whole, seed=seed, rate=rate, stratify=by)
    named = [Certainty(item.household_no, "why") for item in whole.households[::2]]
    drawn = draw(whole, seed=seed, rate=rate, stratify=by, certainty=named)
    assert numbers(drawn) == numbers(without)
    assert drawn.strata == without.strata
    on_top = {item.household.household_no for item in drawn.on_top}
    assert on_top == {item.household_no for item in named} - set(numbers(without))
    marked = {item.household.household_no for item in drawn.random if item.certainty == "why"}
    assert marked == {item.household_no for item in named} & set(numbers(without))
