"""Invented people: names that repeat now and then, numbers of area 610999, families (domain.md §6.3)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.naive.model import Cell
from tests.naive.values import check_digit

TOWNS = ("示例城关镇", "示例饶峰镇", "示例两河镇")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文辉海燕春梅小龙"
_COMMON = ("张伟", "王芳", "李秀英")


class Dice(random.Random):
    """A seeded generator with the few throws that are needed here."""

    def chance(self, share: float) -> bool:
        """True in this share of throws."""
        return self.random() < share

    def day(self, first: date, last: date) -> date:
        """A day between two, both included."""
        return first + timedelta(days=self.randint(0, (last - first).days))

    def fen(self, low: int, high: int) -> Fraction:
        """An amount of yuan with fen, round in half of the throws."""
        yuan = Fraction(self.randint(low, high))
        return yuan if self.chance(0.5) else yuan + Fraction(self.randint(1, 99), 100)


@dataclass(eq=False)
class Human:
    """One person; `quiet` ones earn and own nothing that a department knows of."""

    name: str
    number: str
    born: date
    quiet: bool = False

    def age(self, as_of: date) -> int:
        """Full years."""
        return as_of.year - self.born.year - ((as_of.month, as_of.day) < (self.born.month, self.born.day))


@dataclass(eq=False)
class Family:
    """People who live together; `aim` and `delta` say which line they are to stand at and how near."""

    code: str
    town: str
    people: list[Human]
    rural: bool
    aim: str = ""
    delta: Fraction = Fraction(0)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> Human:
        """The first of them."""
        return self.people[0]


class Population:
    """Makes people and remembers the numbers that are taken."""

    def __init__(self, dice: Dice, as_of: date, dirt: float) -> None:
        self.dice = dice
        self.as_of = as_of
        self.dirt = dirt
        self.numbers: set[str] = set()

    def _name(self) -> str:
        if self.dice.chance(0.04):
            return self.dice.choice(_COMMON)
        if self.dice.chance(0.01):
            return self.dice.choice(_SURNAMES) + "\uf8f0"  # a glyph of which nobody knows what it is
        if self.dice.chance(0.02):
            return "买买提·" + "".join(self.dice.choices(_GIVEN, k=2))
        return self.dice.choice(_SURNAMES) + "".join(self.dice.choices(_GIVEN, k=self.dice.randint(1, 2)))

    def _born(self, low: int, high: int) -> date:
        year = self.as_of.year - self.dice.randint(low, high)
        if self.dice.chance(0.06):  # exactly at, or one day to either side of, 16 and 60
            near = self.as_of + timedelta(days=self.dice.randint(-1, 1))
            if low <= self.as_of.year - near.year + 60 <= high:
                return near.replace(year=near.year - 60)
            return near.replace(year=near.year - 16)
        return date(year, self.dice.randint(1, 12), self.dice.randint(1, 28))

    def human(self, low: int, high: int) -> Human:
        """Somebody between two ages."""
        born = min(self._born(low, high), self.as_of)
        while True:
            first17 = f"610999{born:%Y%m%d}{self.dice.randint(1, 990):03d}"
            number = first17 + check_digit(first17)
            if self.dice.chance(self.dirt * 0.15):
                number = first17 + self.dice.choice("0123456789X")
            if first17 not in self.numbers:
                self.numbers.add(first17)
                return Human(self._name(), number, born)

    def family(self, code: str) -> Family:
        """One to five people."""
        people = [self.human(25, 85)]
        for _ in range(self.dice.choice((0, 0, 1, 1, 2, 2, 3, 4))):
            people.append(self.human(*self.dice.choice(((0, 15), (16, 24), (20, 58), (58, 90)))))
        family = Family(code, self.dice.choice(TOWNS), people, self.dice.chance(0.7))
        if self.dice.chance(0.3):
            family.aim = self.dice.choice(("低保", "边缘", "可支配", "存款", "支出"))
            family.delta = self.dice.choice((Fraction(-1, 100), Fraction(0), Fraction(1, 100)))
            for human in people:
                human.quiet = True
        return family


def money_cell(dice: Dice, amount: Fraction) -> Cell:
    """An amount as a clerk or a system might write it."""
    fen = int(amount * 100)
    text = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
    style = dice.random()
    if style < 0.6:
        return float(text)
    if style < 0.75 or fen < 0:
        return text
    if style < 0.85:
        return f"{float(text):,.2f}"
    if style < 0.93:
        return f"￥{text}"
    return f"{text}元"


def date_cell(dice: Dice, day: date) -> Cell:
    """A day in one of the declared forms."""
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")
    style = dice.random()
    if style < 0.4:
        return day
    if style < 0.6:
        return f"{day.year}年{day.month}月{day.day}日"
    if style < 0.7:
        return f"{day.year}.{day.month}.{day.day}"
    return day.strftime(dice.choice(forms))


def month_cell(dice: Dice, year: int, month: int) -> Cell:
    """A month in one of the declared forms."""
    return dice.choice((f"{year}-{month:02d}", f"{year}{month:02d}", f"{year}年{month}月"))


def number_cell(dice: Dice, number: str, dirt: float) -> Cell:
    """A number as it stands in an export; most ways of writing it can still be used."""
    throw = dice.random()
    if throw >= dirt:
        return number
    forms: list[Cell] = [
        number.lower(),
        f" {number[:6]} {number[6:]}",
        "".join(chr(ord(char) + 0xFEE0) for char in number),
        f"'{number}",
        f"G{number}",
        f"{number}{dice.randint(1, 7)}{dice.randint(1, 4)}",
        f"{number}{dice.randint(1, 7)}{dice.randint(1, 4)}B1",
    ]
    first15 = number[:6] + number[8:17]
    if number[6:8] == "19" and number[17] == check_digit(number[:17]) and first15[12:] < "990":
        forms += [first15] * 3
    return dice.choice(forms)


def unusable_number(dice: Dice, number: str) -> Cell:
    """What stands in the cell when the number is lost."""
    forms: list[Cell] = [
        None,
        None,
        "无",
        "不详",
        number[:17],
        number[:12] + "99" + number[14:],
        f"J{number}",
    ]
    if number.isascii() and number[17] != "X":
        forms += [float(int(number))] * 3
    return dice.choice(forms)


def name_cell(dice: Dice, name: str, dirt: float) -> str:
    """A name as somebody else wrote it; it still fits."""
    if dice.random() >= dirt:
        return name
    return dice.choice(
        (f"{name}（大）", f"{name[0]} {name[1:]}", name.replace("·", "•"), f"{name}(已迁)", f"　{name}")
    )


def wrong_name(dice: Dice, name: str) -> Cell:
    """A name that does not fit, or one of which that cannot be said."""
    return dice.choice((f"{name[0]}改名", f"{name}甲", None, f"{name[0]}\uf8f0"))
