"""What the industries of a document promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from tests.work import grows_linearly
from zzcli.document import Document, parse
from zzcli.facts.industries import Industry, read_industries
from zzcli.reading.reflow import reflow

CORPUS = Path(__file__).parent / "corpus" / "industries.txt"

PAGE = """2031年3月18日

临海新城的工业

近年来，明州围绕“2+3+2”体系，重点培育船舶与海工装备、绿色石化2个主导产业，\
光学镜片、智能缝制设备、生物医药等3个特色产业，\
毛衫、渔具等一批传统产业和氢能、深海探测等一批未来产业。

以船舶与海工装备世界级产业集群和绿色石化国家级产业集群为引领，工业加快转型。

船舶与海工装备产业聚集上下游企业612家，带动就业8万人，集群规模达2350亿元。

绿色石化产业于2027年突破千亿元大关，毛衫产业于2029年迈上百亿台阶。

去年10月，智能缝制设备产业集群入选国家先进制造业集群。今年1月，新型电池与储能（含材料）成为第二个千亿产业，
规模达到1180亿元。

截至目前，明州光学镜片产业建成全国最完整的镜片设计、磨制和镀膜体系。

医药制造业增加值增长9.1%，房地产业增加值下降2.0%。

东海重工、蓝箭动力等12个重大产业项目开工，产业园区新增企业86家。
"""


def cases() -> list[tuple[str, list[str]]]:
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if " =>" in line and line[0] != "#"]
    return [(text, wanted.split()) for text, _, wanted in (line.partition(" =>") for line in lines)]


def named(industries: tuple[Industry, ...]) -> list[str]:
    return sorted(f"{row.industry}/{row.tier}" if row.tier else row.industry for row in industries)


@pytest.fixture(scope="module")
def page() -> Document:
    return parse(PAGE)


@pytest.fixture(scope="module")
def rows(page: Document) -> dict[str, Industry]:
    return {row.industry: row for row in page.industries}


def test_corpus_is_there() -> None:
    assert len(cases()) > 80
    assert any(not wanted for _, wanted in cases())


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_industries_of_the_corpus(text: str, wanted: list[str]) -> None:
    assert named(read_industries(reflow(text), (), (), ())) == sorted(wanted)


def test_tiers_come_in_the_documents_order_and_the_others_below(page: Document) -> None:
    assert [(row.tier, row.industry) for row in page.industries] == [
        ("主导产业", "船舶与海工装备"),
        ("主导产业", "绿色石化"),
        ("特色产业", "光学镜片"),
        ("特色产业", "智能缝制设备"),
        ("特色产业", "生物医药"),
        ("传统产业", "毛衫"),
        ("传统产业", "渔具"),
        ("未来产业", "氢能"),
        ("未来产业", "深海探测"),
        (None, "新型电池与储能（含材料）"),
        (None, "医药制造业"),
        (None, "房地产业"),
    ]


def test_level_of_a_cluster_is_its_standing(rows: dict[str, Industry]) -> None:
    assert rows["船舶与海工装备"].status == ("世界级产业集群",)
    assert rows["绿色石化"].status == ("国家级产业集群",)
    assert rows["智能缝制设备"].status == ("国家先进制造业集群",)


def test_completeness_is_a_standing(rows: dict[str, Industry]) -> None:
    assert rows["光学镜片"].status == ("全国最完整的镜片设计、磨制和镀膜体系",)


def test_scale_and_enterprises_come_from_the_sentence_about_it(rows: dict[str, Industry]) -> None:
    ships = rows["船舶与海工装备"]
    assert (ships.scale, ships.scale_unit, ships.enterprises) == (Decimal("2.35E+11"), "元", Decimal(612))


def test_enterprises_of_a_park_are_nobodys(page: Document) -> None:
    assert [row.industry for row in page.industries if row.enterprises is not None] == ["船舶与海工装备"]


def test_milestone_has_its_period_and_its_own_clause(rows: dict[str, Industry]) -> None:
    assert [(m.period_code, m.event) for m in rows["新型电池与储能（含材料）"].milestones] == [
        ("2031-01", "新型电池与储能（含材料）成为第二个千亿产业")
    ]
    assert [m.period_code for m in rows["绿色石化"].milestones] == ["2027"]
    assert [m.period_code for m in rows["毛衫"].milestones] == ["2029"]


def test_scale_is_the_milestones_only_where_nothing_better_is_said(rows: dict[str, Industry]) -> None:
    assert rows["毛衫"].scale == Decimal(10**10)
    assert rows["绿色石化"].scale == Decimal(10**11)
    assert rows["新型电池与储能（含材料）"].scale == Decimal("1.18E+11")


def test_codes_are_the_classifications(rows: dict[str, Industry]) -> None:
    assert (rows["医药制造业"].code, rows["医药制造业"].classification) == ("27", "GB/T 4754-2017")
    assert (rows["生物医药"].code, rows["生物医药"].classification) == ("4.1", "战略性新兴产业分类(2018)")
    assert rows["深海探测"].code is None


def test_mentions_cut_the_name(page: Document) -> None:
    for row in page.industries:
        assert row.of(page.text.clean) == row.mentions[0].of(page.text.clean)
        assert all(row.industry in mention.of(page.text.clean) for mention in row.mentions)
        assert row.industry in row.statement.of(page.text.clean)
        assert row.rules


def test_names_of_one_industry_make_one_row() -> None:
    text = reflow("汽车产业产值增长。汽车制造业利润增长。做大汽车、钢铁两个支柱产业。汽车出口增长。")
    found = read_industries(text, (), (), ())
    assert named(found) == ["汽车/支柱产业", "钢铁/支柱产业"]
    assert len(found[0].mentions) == 3  # “汽车出口” is of cars


def test_longer_name_is_no_mention_of_the_shorter() -> None:
    found = read_industries(reflow("发展新能源、新能源汽车等产业。新能源汽车产业增长。新能源占比提高。"), (), (), ())
    assert {row.industry: len(row.mentions) for row in found} == {"新能源": 2, "新能源汽车": 2}


def test_figure_behind_a_list_is_of_none_of_its_members() -> None:
    found = parse("2030年，钢铁、化工等产业实现产值800亿元。").industries
    assert [(row.industry, row.scale) for row in found] == [("钢铁", None), ("化工", None)]


def test_figure_of_another_area_is_not_the_industrys() -> None:
    found = parse("做强光伏产业，全省企业营业收入达9000亿元。").industries
    assert [(row.industry, row.scale) for row in found] == [("光伏", None)]


def test_target_and_investment_are_no_scale() -> None:
    document = parse("2030年，氢能产业投资120亿元。到2035年，氢能产业规模力争达到500亿元。")
    assert [(row.industry, row.scale) for row in document.industries] == [("氢能", None)]


def test_sum_over_years_and_new_enterprises_are_no_size() -> None:
    document = parse("2026年至2030年，累计完成建筑业产值3万亿元。2030年，冷链物流业新增5A级企业3家。")
    assert [(row.industry, row.scale, row.enterprises) for row in document.industries] == [
        ("建筑业", None, None),
        ("冷链物流", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "scale", "enterprises"),
    [
        ("陶瓷产业产值由320亿元增长到860亿元。", 860, None),
        ("2022年陶瓷产业产值300亿元，2023年陶瓷产业产值320亿元，2024年陶瓷产业产值350亿元。", 350, None),
        ("陶瓷产业实现产值456亿元，拥有规上企业312家。", 456, 312),
        ("陶瓷产业入选国家先进制造业集群，集聚企业218家。", None, 218),
        ("陶瓷产业，1至3月，主营业务收入49亿元。", 49, None),
        ("陶瓷产业于2024年成为三百五十亿级集群。", 350, None),
        ("陶瓷产业实现产值90亿元，其中出口陶瓷产值20亿元。", 90, None),
        ("陶瓷产业突破5000亿元。", 5000, None),
        ("全市陶瓷产业总收入达到1052亿元。", 1052, None),
        ("1.陶瓷产业。全年实现产值120亿元，增长9%。2.招商引资。完成产值30亿元。", 120, None),
        ("一是做强陶瓷产业。拥有企业36家。二是优化营商环境。新增企业90家。", None, 36),
        (
            "工作报告\n\n（一）陶瓷产业\n\n全年实现产值120亿元，增长9.1%。\n\n（二）招商引资\n\n完成产值5亿元。\n",
            120,
            None,
        ),
        # a firm's, a park's, what is behind a semicolon, what is yet to come
        ("陶瓷产业加快发展，某公司产值5亿元，园区拥有企业30家。", None, None),
        ("他在陶瓷行业打拼了二十年，如今公司年产值3亿元。", None, None),
        ("陶瓷产业稳步发展；建成市场3个，营业收入20亿元。", None, None),
        ("2024年，陶瓷产业带动就业8万人，园区产值突破千亿元大关。", None, None),
        ("2024年，陶瓷产业力争突破千亿元大关。", None, None),
        ("做强陶瓷产业。金达公司实现产值6亿元。", None, None),
        ("陶瓷产业投资突破50亿元。", None, None),
    ],
)
def test_size_of_an_industry_is_its_own_and_the_newest(text: str, scale: int | None, enterprises: int | None) -> None:
    rows = [row for row in parse(text, date(2025, 6, 1)).industries if row.industry == "陶瓷"]
    wanted = Decimal(scale * 10**8) if scale is not None else None
    assert [(row.scale, row.enterprises) for row in rows] == [(wanted, enterprises)]


@pytest.mark.parametrize(
    ("text", "scales"),
    [
        ("汽车、机械产业规模分别达到1200亿元、860亿元。", {"汽车": 1200, "机械": 860}),
        (
            "电子信息、汽车、石化三大产业分别实现产值320亿元、210亿元、98亿元。",
            {"电子信息": 320, "汽车": 210, "石化": 98},
        ),
        ("化工产业产值、利润分别达120亿元、9亿元。", {"化工": 120}),
        ("汽车产业产值和机械产业产值分别达到1200亿元、860亿元。", {"汽车": 1200, "机械": 860}),
        ("汽车、机械产业投资分别完成120亿元、86亿元。", {"汽车": None, "机械": None}),
        ("钢铁、化工产业总产值达到1200亿元。", {"钢铁": None, "化工": None}),
        ("新能源汽车产业集群全年营业收入突破900亿元。", {"新能源汽车": 900}),
        ("低空经济规模突破100亿元。", {"低空经济": 100}),
    ],
)
def test_numbers_told_of_a_list_go_to_its_members(text: str, scales: dict[str, int | None]) -> None:
    rows = parse(f"2025年，{text}", date(2026, 1, 20)).industries
    wanted = {name: Decimal(scale * 10**8) if scale is not None else None for name, scale in scales.items()}
    assert {row.industry: row.scale for row in rows} == wanted


def test_enterprises_along_a_chain_are_counted() -> None:
    (row,) = parse("全市光伏产业链上企业达86家，产值突破500亿元。").industries
    assert (row.enterprises, row.scale) == (Decimal(86), Decimal(500 * 10**8))


def test_flags_are_those_of_what_was_read() -> None:
    told = (
        "今年9月19日，全市成立机器人研究院，首批入驻专家20名。\n"
        "9月24日，2031年柏林国际轨道交通展览会开幕，本市企业携新车型参展。\n"
        "去年10月，陶瓷产业成为第二个百亿产业，规模再上台阶。\n"
    )
    (row,) = parse(told).industries
    assert row.flags == ("year-inferred",)
    assert parse(told, date(2031, 3, 18)).industries[0].flags == ()


def test_names_with_one_code_and_the_word_for_trade_are_one_row() -> None:
    found = read_industries(reflow("汽车产业、汽车制造业、汽车工业齐头并进，食品工业增长，食品产业增长。"), (), (), ())
    assert [(row.industry, row.code, len(row.mentions)) for row in found] == [("汽车", "36", 3), ("食品工业", "14", 2)]


@pytest.mark.parametrize(
    "text", ["科技服务业增长，发展科技服务等产业。", "食品工业增长，做强食品产业。", "旅游产业回暖，旅游业增长。"]
)
def test_two_names_of_one_industry_are_one_row(text: str) -> None:
    assert len(read_industries(reflow(text), (), (), ())) == 1


def test_standing_is_told_whole_and_not_of_a_plan() -> None:
    (row,) = parse("锂电池产业于2022年入选国家中小企业特色产业集群。").industries
    assert row.status == ("国家中小企业特色产业集群",)
    assert parse("力争形成氢能、光伏2个世界级产业集群。").industries[0].status == ()
    assert parse("拥有氢能、光伏2个世界级产业集群。").industries[0].status == ("世界级产业集群",)


def test_milestone_does_not_say_its_date_twice() -> None:
    (row,) = parse("玻璃纤维产业于2019年迈上50亿元台阶，2023年突破百亿元大关。").industries
    assert [(reached.period_code, reached.event) for reached in row.milestones] == [
        ("2019", "玻璃纤维产业迈上50亿元台阶"),
        ("2023", "突破百亿元大关"),
    ]


def test_headings_name_industries() -> None:
    text = "青川县特色产业\n\n一、食用菌产业\n\n全县种植食用菌3万亩。\n\n二、保障措施\n\n落实资金。\n"
    assert named(read_industries(reflow(text), (), (), ())) == ["食用菌/特色产业"]


def test_no_industries_in_a_text_without_any() -> None:
    assert parse("今天天气很好。").industries == ()
    assert parse("").industries == ()


@pytest.mark.parametrize(
    "unit",
    [
        *["产业", "等产业", "汽车产业、", "三大产业：汽车、", "2个千亿产业（钢铁、石化）、", "成为千亿产业"],
        *["产业：钢铁、", "2+3产业体系（“2”即钢铁、", "获评“钢铁产业", "汽车、钢铁产业产值分别为3、5亿元，"],
        *["3个培育产业、", "第二个产业", "钢铁、3个产业项目", "力争形成钢铁、", "发展", "（", "、"],
    ],
)
def test_industries_take_linear_work(unit: str) -> None:
    assert grows_linearly(lambda size: partial(read_industries, reflow(unit * (size // len(unit))), (), (), ()), 3000)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("钢铁产业，", "产值5亿元，"),
        ("钢铁产业", "入选国家试点，"),
        ("2024年钢铁产业", "突破千亿元产业，"),
        ("钢铁产业", "2024年，突破千亿元产业，"),
        ("", "其中钢铁产业产值5亿元，拥有企业3家，"),
    ],
)
def test_what_is_said_of_industries_takes_linear_work(head: str, unit: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        document = parse(head + unit * (size // len(unit)))
        return partial(read_industries, document.text, document.figures, document.events, ())

    assert grows_linearly(reading, 3000)
