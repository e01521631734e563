"""What the names of areas and industries promise."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.work import grows_linearly
from zzcli.lexicon import table
from zzcli.mentions import names
from zzcli.mentions.names import (
    bare_industry,
    code_of,
    document_area,
    find_areas,
    find_industries,
    industry_code,
    known_industry,
    resolve_area,
    resolve_own,
)

CORPUS = Path(__file__).parent / "corpus" / "areas.txt"


def cases() -> list[tuple[str, list[str]]]:
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if " =>" in line and line[0] != "#"]
    return [(text, wanted.split()) for text, _, wanted in (line.partition(" =>") for line in lines)]


def test_corpus_is_there() -> None:
    assert len(cases()) > 50
    assert any(not wanted for _, wanted in cases())


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_areas_of_the_corpus(text: str, wanted: list[str]) -> None:
    assert [area.name for area in find_areas(text)] == wanted


def test_area_gives_place_level_and_code() -> None:
    text = "去年，湖南省株洲市出口增长"
    (area,) = find_areas(text)
    assert area.of(text) == "湖南省株洲市"
    assert (area.name, area.level, area.code, area.within) == ("株洲市", "city", "430200", None)


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("湖南", "province", "430000"),
        ("攸县", "county", "430223"),
        ("欧盟", "world", None),
        ("长三角", "region", None),
        ("德国", "country", None),
        ("我市", "own", None),
        ("苏州高新区", "zone", None),
    ],
)
def test_levels(text: str, level: str, code: str | None) -> None:
    (area,) = find_areas(text)
    assert (area.level, area.code) == (level, code)


def test_name_of_several_divisions_has_a_code_only_below_its_own() -> None:
    alone, below = find_areas("朝阳区"), find_areas("长春市朝阳区")
    assert [area.code for area in alone] == [None]
    assert [area.code for area in below] == ["220104"]


def test_code_of_a_name_that_one_division_has() -> None:
    named = {"株洲市": "430200", "株洲": "430200", "湖南省": "430000", "湖南省株洲市": "430200", "恩施州": "422800"}
    assert {name: code_of(name) for name in named} == named
    several_or_none = ["朝阳区", "全国", "全市", "苏州高新区", "德国", "云江市", "株洲市和湘潭市", "在株洲市", ""]
    assert [code_of(name) for name in several_or_none] == [None] * len(several_or_none)


def test_zone_tells_what_it_lies_in() -> None:
    (area,) = find_areas("江苏省苏州工业园区")
    assert (area.name, area.within) == ("苏州工业园区", "320500")
    (area,) = find_areas("湖北省武汉市经济技术开发区")
    assert (area.name, area.within) == ("武汉市经济技术开发区", "420100")


def test_own_division_is_resolved_when_it_is_known() -> None:
    assert [area.name for area in resolve_own(find_areas("全市和全省，我县"), "株洲市")] == ["株洲市", "湖南省", "我县"]


@pytest.mark.parametrize(
    ("word", "own", "wanted"),
    [
        ("全省", "株洲市", "湖南省"),
        ("我省", "攸县", "湖南省"),
        ("全市", "株洲市", "株洲市"),
        ("全市", "攸县", "株洲市"),
        ("全市", "醴陵市", "醴陵市"),
        ("全市", "上海市", "上海市"),
        ("全市", "湖南省", None),
        ("全市", "朝阳区", None),  # there are three
        ("全市", None, None),
        ("全县", "株洲市", None),
        ("全区", "宁夏回族自治区", "宁夏回族自治区"),
        ("全区", "银川市", "宁夏回族自治区"),
        ("全区", "天元区", "天元区"),
        ("全区", "苏州高新区", "苏州高新区"),
        ("全市", "苏州高新区", "苏州市"),
        ("全省", "苏州高新区", "江苏省"),
        ("全州", "恩施市", "恩施土家族苗族自治州"),
        ("全省", "全国", None),
        ("全省", "某地", None),
        ("我国", "株洲市", "全国"),
        ("欧盟", "株洲市", "欧盟"),
    ],
)
def test_word_for_the_own_division(word: str, own: str | None, wanted: str | None) -> None:
    assert resolve_area(word, own) == wanted


def test_title_settles_the_documents_area() -> None:
    assert document_area("全省上下，长沙、衡阳、长沙。", "2030年湖南省政府工作报告") == "湖南省"
    assert document_area("我区新开工20个项目。", "苏州高新区开工一批项目") == "苏州高新区"
    assert document_area("各地要抓好落实。", "国务院政府工作报告") == "全国"


@pytest.mark.parametrize(
    "title",
    [
        "2030年全国粮食产量公告",
        "中国人口公报",
        "2030年我国外贸运行情况",
        "国务院关于促进就业的意见",
        "第九次全国经济普查公报",
    ],
)
def test_title_about_the_country(title: str) -> None:
    assert document_area("产量增长。", title) == "全国"


@pytest.mark.parametrize(
    "title",
    [
        "我省外贸增速居全国第三",
        "我市获评全国文明城市",
        "拥有中国驰名商标18件",
        "全市入选全国试点",
        "一个项目获全国一等奖",
    ],
)
def test_rank_or_honour_in_a_title_is_not_the_country(title: str) -> None:
    assert document_area("产量增长。", title) is None


def test_text_settles_the_area_where_the_title_does_not() -> None:
    assert document_area("宜宾市经济开局良好\n全市工业增长。全市投资增长。全市消费增长。") == "宜宾市"
    assert document_area("我国粮食丰收。全国就业稳定。我国出口增长。") == "全国"


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("青岭县2024年政府工作报告", "青岭县"),
        ("沧源市“十五五”制造业发展规划", "沧源市"),
        ("2024年青岭县国民经济和社会发展统计公报", "青岭县"),
        ("湖南省青岭县2024年政府工作报告", "青岭县"),
        ("关于印发青岭县工业发展规划的通知", "青岭县"),
        ("滨江新区2025年工作报告", "滨江新区"),
        ("洛塘镇经济运行情况", "洛塘镇"),
        ("株洲市2024年政府工作报告", "株洲市"),
        ("海宁区2024年政府工作报告", "海宁区"),
        ("湖城市装备制造业高质量发展行动计划（2024—2027年）", "湖城市"),
        # no divisions
        ("资本市场发展情况", None),
        ("数字乡村发展行动计划", None),
        ("低碳城市建设实施方案", None),
        ("促进区块链产业发展若干措施", None),
        ("城市经济加快转型", None),
        ("开发区2024年工作总结", None),
        ("乡镇工业发展迅速", None),
        ("各县市第一季度财政收入", None),
        ("百强县经济发展经验", None),
        ("建设制造强市实施意见", None),
    ],
)
def test_title_settles_a_division_that_the_standard_does_not_list(title: str, area: str | None) -> None:
    assert document_area("产量增长。", title) == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("政府工作报告\n——2026年1月20日在云岭县第十七届人民代表大会第六次会议上\n", "云岭县"),
        ("在湖南省株洲市第十六届人民代表大会第四次会议上\n", "株洲市"),
        ("我县（青岭县）地处山区。", "青岭县"),
        ("产量增长。\n青岭县人民政府办公室\n", "青岭县"),
        ("在全国第十四届人民代表大会上\n", None),
        ("各市人民政府\n", None),
    ],
)
def test_assembly_and_government_settle_the_area(text: str, area: str | None) -> None:
    assert document_area(text) == area


def test_own_words_of_a_division_that_is_not_listed() -> None:
    assert resolve_area("全县", "青岭县") == "青岭县"
    assert resolve_area("全区", "青岭县") is None
    assert resolve_area("全市", "青岭县") is None


def test_area_is_not_settled_by_a_text_about_many() -> None:
    assert document_area("四川、广东、浙江、山东，各有所长。") is None
    assert document_area("质量第一，服务至上。") is None


def test_every_code_has_six_digits_and_its_province() -> None:
    known = names._lexicon()
    assert len(known.names) > 3000
    assert all(len(code) == 6 and code.isdigit() for code in known.names)
    assert all(code[:2] + "0000" in known.names for code in known.names)
    assert len([code for code in known.names if code.endswith("0000")]) == 34


def test_words_that_are_no_areas_are_none() -> None:
    assert all(not find_areas(word) for word in table("areas")["words"].split())


@given(st.text(alphabet="湖南省株洲市区县全我国中部上海西安、，。 新", max_size=60))
def test_areas_are_ordered_and_apart(text: str) -> None:
    found = find_areas(text)
    assert all(0 <= area.start < area.end <= len(text) for area in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["株洲", "湖南省", "中", "全", "1", "市区", "吉林吉林省", "海宁区", "东部、"])
def test_areas_take_linear_work(unit: str) -> None:
    assert grows_linearly(lambda size: partial(find_areas, unit * (size // len(unit))), 5000)


def test_industries_stand_by_the_names_of_the_classifications() -> None:
    text = "交通运输、仓储和邮政业增长4%，汽车产业增长8%，汽车产业园、汽车行业协会、汽车。"
    assert [found.of(text) for found in find_industries(text)] == ["交通运输、仓储和邮政业", "汽车"]


def test_industry_has_the_code_of_its_classification() -> None:
    assert industry_code("批发和零售业") == ("F", "GB/T 4754-2017")
    assert industry_code("轨道交通产业") == ("2.4", "战略性新兴产业分类(2018)")
    assert industry_code("文旅产业") is None


def test_trade_before_one_character_is_an_industry() -> None:
    text = "纺织服装业增长，现代化工业体系，软件业务，物流业态，汽车业主"
    assert [found.of(text) for found in find_industries(text)] == ["纺织服装"]


def test_categories_are_no_industries() -> None:
    assert find_industries("工业、农业、服务业、制造业、第三产业、传统产业、就业、企业") == []


def test_industry_is_known_however_it_is_parted() -> None:
    assert known_industry("电力热力的生产和供应")
    assert known_industry("电力、热力生产和供应业")
    assert not known_industry("锦绣前程")
    assert industry_code("汽车产业") == industry_code("汽车制造业") == ("36", "GB/T 4754-2017")
    assert industry_code("锦绣前程") is None


def test_bare_industry_leaves_names_that_end_so() -> None:
    assert [bare_industry(name) for name in ("房地产业", "银行业", "水产业", "北斗产业链")] == [
        "房地产业",
        "银行业",
        "水产业",
        "北斗",
    ]


def test_classification_holds_every_division_of_the_economy() -> None:
    national = [line.split(" ")[0] for line in table("industries")["industries"]["national"].splitlines()]
    assert [code for code in national if code.isalpha()] == list("ABCDEFGHIJKLMNOPQRST")
    assert [code for code in national if code.isdigit()] == [f"{number:02}" for number in range(1, 98)]
