"""What can be wrong with an identity, seen while joining; the pack gives each its K code."""

from __future__ import annotations

from enum import StrEnum


class LinkEvent(StrEnum):
    """Kinds of identity problems that linkage reports as rows."""

    TWO_HOUSEHOLDS = "一人多户"  # one number in two households of one kind
    NAME_DIFFERS = "姓名不符"  # the number is a member's, the name is not his
    BAD_CHECK_DIGIT = "校验码不符"  # used as it stands
    UNUSABLE_NUMBER = "号码无效"  # blank, truncated, placeholder
    SIZE_DIFFERS = "人口不符"  # declared household size is not the number of person rows
    HEAD_MISSING = "户主不在成员中"
    HEADS_MANY = "户主不止一个"
    SPOUSES_MANY = "配偶不止一个"
    ACCOUNT_SHARED = "账户重复"  # one bank account for several households
    KIN_ELSEWHERE = "至亲不在成员中"  # another table has the head's spouse or child in one household with him
    OTHERS_TOGETHER = "同户不在成员中"  # another table has somebody else in one household with a member
    ROWS_DISAGREE = "同号不同值"  # rows of one key that disagree; the columns are unknown
    HOUSEHOLD_ROW_MISSING = "有人员无家庭"
    MEMBERS_MISSING = "有家庭无人员"
