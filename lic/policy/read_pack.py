"""The sections of a pack that stand once: 户册, 列名, 类别, 核实, 窗口, 无号, 结果, 日历, 公示; the cases.

Knows how they are written; hands linkage its roster as a value.
"""

from __future__ import annotations

from lic.declare import Map, Node, Scalar, read_map, read_number, read_seq, read_texts
from lic.model.roster import CorrectionTable, Kin, Roster, RosterEntry, Together
from lic.policy import keys
from lic.policy.calendar import read_calendar, read_notice
from lic.policy.declared import Output, RosterColumn
from lic.policy.read import Reader, formula, scalar
from lic.policy.terms import Level


def read_frame(reader: Reader) -> None:
    """Everything around the facts."""
    out = reader.out
    out.categories = read_texts(_single(reader, keys.CATEGORIES))
    _window(reader)
    out.roster = _roster(reader)
    _result(reader)
    out.calendar = read_calendar(_single(reader, keys.CALENDAR))
    out.notice = read_notice(_single(reader, keys.NOTICE))
    for node in reader.sections.get(keys.BASES, []):
        body = read_map(node)
        for key, item in body.pairs() if body is not None else ():
            base = read_map(item)
            if base is not None:
                out.bases[key.value] = base
    for node in reader.sections.get(keys.CASES, []):
        out.cases.extend(case for item in read_seq(node) if (case := read_map(item)) is not None)
    out.case_parameters = read_map(_single(reader, keys.CASE_PARAMETERS))


def _single(reader: Reader, section: str) -> Node | None:
    """The section; of two, which is reported, the longer one: the other is likelier the mistake."""
    nodes = reader.sections.get(section, [])
    return max(nodes, key=_size, default=None)


def _size(node: Node) -> int:
    return len(node.entries) if isinstance(node, Map) else len(getattr(node, "items", ()))


def _window(reader: Reader) -> None:
    body = read_map(_single(reader, keys.WINDOW))
    if body is not None:
        reader.out.window = formula(body.require(keys.LAST_MONTH))
        body.finish()
    body = read_map(_single(reader, keys.NO_NUMBER))
    if body is not None:
        reader.out.counts_as_absent = formula(body.require(keys.COUNTS_AS_ABSENT))
        body.finish()


def _entry(reader: Reader, body: Map) -> RosterEntry:
    name = body.text(keys.NAME, required=True) or ""
    only = body.text(keys.ONLY)
    if only is not None and only != keys.ONLY_FRESH:
        body.entries[keys.ONLY].fail("R052", value=only, key=keys.ONLY, known=keys.ONLY_FRESH)
    condition = formula(body.take(keys.WHEN))
    if condition is not None:
        reader.out.roster_conditions[name] = condition
    fill = body.map(keys.FILL)
    entry = RosterEntry(
        name=name,
        person_table=body.text(keys.PERSONS, required=True) or "",
        key_column=body.text(keys.KEY, required=True) or "",
        household_table=body.text(keys.HOUSEHOLD),
        prefix=body.text(keys.PREFIX) or "",
        fresh_only=only is not None,
        lone_without_key=body.flag(keys.LONE),
        condition=condition.text if condition is not None else None,
        category_column=body.text(keys.CATEGORY_COLUMN),
        lone_category=body.text(keys.LONE_CATEGORY),
        fill={key.value: node.value for key, node in fill.pairs() if isinstance(node, Scalar)}
        if fill
        else {},
    )
    body.finish()
    return entry


def _roster(reader: Reader) -> Roster | None:
    node, names = _single(reader, keys.ROSTER), read_map(_single(reader, keys.COLUMN_NAMES))
    if node is None or names is None:
        return None
    entries = tuple(_entry(reader, body) for item in read_seq(node) if (body := read_map(item)) is not None)

    def word(key: str) -> str:
        return names.text(key, required=True) or ""

    roster = Roster(
        entries=entries,
        categories=reader.out.categories,
        correction=_correction(reader),
        head_number_column=word(keys.HEAD_NUMBER),
        head_name_column=word(keys.HEAD_NAME),
        name_column=word(keys.PERSON_NAME),
        number_column=word(keys.NUMBER),
        relation_column=word(keys.RELATION),
        town_column=word(keys.TOWN),
        village_column=word(keys.VILLAGE),
        head_relation=word(keys.HEAD),
        spouse_relation=word(keys.SPOUSE),
        household_size_column=word(keys.SIZE),
        account_column=names.text(keys.ACCOUNT),
        together=names.texts(keys.TOGETHER),
        declared_only=names.texts(keys.DECLARED_ONLY),
        together_elsewhere=_elsewhere(reader),
    )
    reader.out.birth_column = names.text(keys.BIRTH)
    names.finish()
    return roster


def _elsewhere(reader: Reader) -> tuple[Together, ...]:
    bodies = [read_map(item) for item in read_seq(_single(reader, keys.ELSEWHERE))]
    return tuple(_together(body) for body in bodies if body is not None)


def _together(body: Map) -> Together:
    kin, out = body.map(keys.KIN), body.map(keys.EXCEPT)
    of_age, most = read_number(body.take(keys.OF_AGE)), read_number(body.take(keys.AT_MOST))
    found = Together(
        table=body.text(keys.TABLE, required=True) or "",
        key_column=body.text(keys.ELSEWHERE_KEY, required=True) or "",
        relation_column=body.text(keys.RELATION),
        kin={key.value: _kin(item) for key, node in kin.pairs() if (item := read_map(node))} if kin else {},
        of_age=18 if of_age is None else int(of_age),
        except_words={key.value: read_texts(node) for key, node in out.pairs()} if out else {},
        most=20 if most is None else int(most),
    )
    body.finish()
    return found


def _kin(body: Map) -> Kin:
    found = Kin(body.texts(keys.SPOUSE), body.texts(keys.CHILDREN))
    body.finish()
    return found


def _correction(reader: Reader) -> CorrectionTable | None:
    body = read_map(_single(reader, keys.CORRECTION))
    if body is None:
        return None

    def word(key: str) -> str:
        return body.text(key, required=True) or ""

    table = CorrectionTable(
        table=word(keys.TABLE),
        household_column=word(keys.HOUSEHOLD_KEY),
        number_column=word(keys.NUMBER),
        item_column=word(keys.ITEM),
        value_column=word(keys.VALUE),
        date_column=word(keys.DATE),
        verdict_column=word(keys.VERDICT),
        accepted=body.texts(keys.ACCEPTED, required=True),
        false_alarm=word(keys.FALSE_ALARM),
        by_column=body.text(keys.VERIFIED_BY),
        reference_column=body.text(keys.REFERENCE),
    )
    body.finish()
    return table


def _result(reader: Reader) -> None:
    body = read_map(_single(reader, keys.RESULT))
    if body is None:
        return
    for word, level in ((keys.PERSON, Level.PERSON), (keys.HOUSEHOLD, Level.HOUSEHOLD)):
        part = body.map(word, required=True)
        if part is None:
            continue
        decision = scalar(part, keys.DECISION, required=True)
        registered = scalar(part, keys.REGISTERED, required=True)
        counted = scalar(part, keys.COUNTED if level is Level.PERSON else keys.COUNTED_NUMBER)
        tags = scalar(part, keys.TAGS)
        columns = tuple(item for item in read_seq(part.take(keys.COLUMN)) if isinstance(item, Scalar))
        part.finish()
        if decision is not None and registered is not None:
            reader.out.outputs[level] = Output(decision, registered, counted, tags, columns)
    ratios = body.map(keys.ROSTER_COLUMNS)
    columns_of_roster = []
    for key, node in ratios.pairs() if ratios is not None else ():
        ratio = read_map(node)
        if ratio is not None:
            above, below = (
                ratio.text(keys.NUMERATOR, required=True),
                ratio.text(keys.DENOMINATOR, required=True),
            )
            note, categories = ratio.text(keys.NOTE), ratio.texts(keys.CATEGORIES)
            columns_of_roster.append(RosterColumn(key.value, above or "", below or "", note, categories))
            ratio.finish()
    reader.out.roster_columns = tuple(columns_of_roster)
    body.finish()
