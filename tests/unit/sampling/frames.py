"""Made-up frames for the tests of the draw."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from lic.model.audit import Frame, FrameHousehold, FrameKind, FrameOrigin


def frame(households: Sequence[FrameHousehold]) -> Frame:
    """A frame of newly confirmed households."""
    return Frame(FrameKind.CONFIRMED, FrameOrigin.LEDGER, tuple(sorted(households)))


def of_sizes(**towns: int) -> Frame:
    """Towns with so many households of two persons each."""
    return frame(
        [
            FrameHousehold(f"{town}-{number:03d}", town, "", "category", 2)
            for town, count in towns.items()
            for number in range(count)
        ]
    )


households = st.builds(
    FrameHousehold,
    household_no=st.text("0123456789AB-", min_size=1, max_size=6),
    town=st.sampled_from(["east", "west", "north", ""]),
    village=st.just(""),
    category=st.sampled_from(["poor", "edge"]),
    persons=st.integers(1, 9),
)
frames = st.lists(households, max_size=40, unique_by=lambda item: item.household_no).map(frame)
rates = st.fractions(min_value=0, max_value=1, max_denominator=40).filter(bool)
