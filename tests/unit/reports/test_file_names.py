"""Names of towns as names of files: accepted everywhere, never two the same."""

from hypothesis import given
from hypothesis import strategies as st

from lic.reports.file_names import file_stem, town_stem


@given(st.lists(st.text(alphabet='甲A a.:/\\*?"<>|\x01~2', max_size=90), max_size=12))
def test_every_name_is_accepted_and_its_own(names: list[str]) -> None:
    taken: set[str] = set()
    stems = [file_stem(name, taken) for name in names]
    assert len({stem.lower() for stem in stems}) == len(names)
    for stem in stems:
        assert 0 < len(stem) <= 64
        assert not set(stem) & set('\\/:*?"<>|\x01')
        assert stem == stem.strip(" .")


def test_rows_without_a_town_do_not_hide_a_town_of_that_name() -> None:
    taken: set[str] = set()
    assert [town_stem(town, taken) for town in ("未填镇", None, "甲/乙", "甲_乙")] == [
        "未填镇",
        "未填镇~2",
        "甲_乙",
        "甲_乙~2",
    ]
