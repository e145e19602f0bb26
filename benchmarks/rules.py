"""A million persons in Arrow through the pack's decisions, against DuckDB SQL deciding the same rows.

Both get exact facts; DuckDB decides two-valued, lic three-valued. The SQL is written here by hand
from the same conditions; both must name the same category for everybody.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
import pyarrow as pa

from lic.declare import read_document
from lic.errors import ProblemLog
from lic.policy.direct import evaluate_given
from lic.policy.pack import Pack, load_pack
from lic.sources.declare import load_sources

HERE = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 10, 31)
SQL = (Path(__file__).parent / "decide.sql").read_text(encoding="utf-8")


def shipped_pack() -> Pack:
    """The pack with the sample county's parameters."""
    log = ProblemLog()
    sources = load_sources(HERE / "rules" / "sources", None, log)
    county = read_document(HERE / "sample_data" / "lic.yaml", log)
    local = county.map("参数") if county is not None else None
    pack = load_pack(HERE / "rules", schemas=sources.schemas, local=local, log=log)
    log.raise_if_any()
    if pack is None:
        raise SystemExit("the pack could not be loaded")
    return pack


def made(persons: int) -> tuple[pa.Table, pa.Table]:
    """Households and persons with every fact known, drawn from a fixed seed."""
    draw = np.random.Generator(np.random.PCG64(1))
    size = draw.integers(1, 6, persons)
    hid = np.repeat(np.arange(persons), size)[:persons]
    count = int(hid.max()) + 1

    def truth(share: float, rows: int) -> pa.Array:
        return pa.array(draw.random(rows) < share)

    def number(top: int, rows: int, *, unit: int = 1) -> pa.Array:
        return pa.array(draw.integers(0, top, rows) * unit)

    households = pa.table(
        {
            "household_no": pa.array(np.arange(count)).cast(pa.string()),
            "户籍": pa.array(np.where(draw.random(count) < 0.3, "城镇", "农村")).dictionary_encode(),
            "申请或在册": truth(0.9, count),
            "申请": truth(0.1, count),
            "在册": truth(0.8, count),
            "金融资产总额": number(50_000, count, unit=100),
            "不动产住宅数": number(3, count),
            "不动产商业数": pa.array(draw.integers(0, 50, count) // 49),
            "申报住房套数": number(2, count),
            "金融资产沿用": truth(0.0, count),
            "车辆不超限": truth(0.95, count),
            "经营主体不超限": truth(0.95, count),
        }
    )
    members = pa.table(
        {
            "hid": pa.array(hid),
            "核定年收入": number(1_500_000, persons),
            "总收入": number(2_000_000, persons),
            "个人刚性支出": number(1_500_000, persons),
            "计入共同生活": truth(0.97, persons),
            "要求特困": truth(0.03, persons),
            "无劳动能力": truth(0.3, persons),
            "义务人条件": truth(0.5, persons),
            "儿童福利在册": truth(0.01, persons),
            "重残": truth(0.05, persons),
            "患重特大疾病": truth(0.03, persons),
            "监测对象": truth(0.05, persons),
            "在其他困难名单": truth(0.01, persons),
        }
    )
    return households, members


def timed(work: Callable[[], pa.Table], runs: int) -> tuple[float, pa.Table]:
    """The median seconds of ``work`` after one warm-up, and its answer."""
    answer = work()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - started)
    return median(seconds), answer


def measure(*, persons: int, runs: int) -> None:
    """Print both medians, the ratio, and whether both decided alike."""
    pack = shipped_pack()
    households, members = made(persons)
    ours, decided = timed(lambda: evaluate_given(pack, households, members, AS_OF)[0], runs)
    connection = duckdb.connect()
    connection.register("h0", households.append_column("hid", pa.array(np.arange(households.num_rows))))
    connection.register("p0", members)
    connection.execute("create table h as select * from h0")
    connection.execute("create table p as select *, row_number() over () as rn from p0")
    theirs, answer = timed(lambda: connection.sql(SQL).to_arrow_table(), runs)
    alike = answer.sort_by("rn").column("category").to_pylist() == decided.column("category").to_pylist()
    print(f"{persons:,} persons, {households.num_rows:,} households, {runs} runs, medians")
    print(f"{'lic, three-valued, one thread':<44}{ours:>8.3f} s")
    print(f"{'DuckDB SQL, two-valued':<44}{theirs:>8.3f} s")
    print(f"{'speed of lic, DuckDB = 1':<44}{theirs / ours:>8.2f}")
    print(f"same category for everybody: {alike}")
