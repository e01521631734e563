"""What the names of what is measured promise: the document's own words, and nothing that only carries a number."""

from __future__ import annotations

import pytest

from zzcli.facts import naming


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("全市累计完成工业投资达到", "工业投资"),
        ("其中，民间投资", "民间投资"),
        ("装备制造业在龙头带动下实现增加值", "装备制造业增加值"),
        ("企业把结算期由", "结算期"),
        ("产业规模将达到", "产业规模"),
        ("新增产值有望突破", "新增产值"),
        ("有色金属产量", "有色金属产量"),
        ("全市有公共图书馆", "公共图书馆"),
        ("全校共有教职工", "教职工"),
        ("土地出让均价每亩", "土地出让均价"),
        ("残疾人补贴标准为每人每月", "残疾人补贴标准"),
        ("一般公共预算收入完成", "一般公共预算收入"),
        ("玩具（包括毛绒玩具等）出口", "玩具出口"),
        ("细颗粒物（PM2.5）平均浓度", "细颗粒物（PM2.5）平均浓度"),
        ("项目已完成投资", "项目投资"),
        ("“小巨人”企业", "“小巨人”企业"),
        ("小巨人”企业", "小巨人”企业"),
        ("”企业", "企业"),
        ("企业“", "企业"),
        ("（企业", "企业"),
        ("企业）", "企业"),
        ('"企业', "企业"),
        ("全县投入使用的公共充电设施和新能源汽车换电站配套的电力设备", "电力设备"),
    ],
)
def test_a_name_ends_where_the_number_begins(words: str, name: str) -> None:
    assert naming.name_before(words) == name


@pytest.mark.parametrize("words", ["", "目标", "预计达到", "P", "约", "同比", "其中，", "为年度计划"])
def test_words_that_only_carry_a_number_are_no_name(words: str) -> None:
    assert naming.name_before(words) == ""


def test_words_too_long_for_a_name_are_none() -> None:
    assert naming.name_before("坚定不移沿着既定方向凝心聚力攻坚克难推动各方面事业不断迈上崭新台阶再创辉煌业绩") == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("单位组建而成的创新中心", "单位"),
        ("规模以上企业建有研发机构", "规模以上企业"),
        ("国家的", "国家"),
        ("的企业受益", "企业"),
        ("企业、12所高校", "企业、12所高校"),
        ("科技型中小企业、研究院", "科技型中小企业"),
        ("市州中排名", "市州"),
        ("增加值", "增加值"),
        ("“工业上楼”项目", "“工业上楼”项目"),
    ],
)
def test_a_counted_noun_stops_at_its_verb(words: str, name: str) -> None:
    assert naming.name_after(words) == name


@pytest.mark.parametrize("words", ["", "，企业", "以上，", "增长5%", "为主", "位居前列", "等", "户"])
def test_what_is_no_noun_is_not_counted(words: str) -> None:
    assert naming.name_after(words) == ""


def test_a_verb_inside_quotation_marks_does_not_end_a_noun() -> None:
    assert naming.cut("企业“获得感”调查活动举行") == "企业“获得感”调查活动"
    assert naming.cut("企业获得贷款") == "企业"


def test_the_head_is_the_statistic_at_the_end() -> None:
    assert naming.head_of("商品房销售面积") == "销售面积"
    assert naming.head_of("城镇居民人均可支配收入") == "居民人均可支配收入"
    assert naming.head_of("科技型企业") == ""


def test_a_part_is_called_by_its_own_word() -> None:
    assert naming.part_head("社会消费品零售总额") == "零售额"
    assert naming.part_head("货运量") == "货运量"


def test_the_growth_of_the_economy_is_economic_growth() -> None:
    assert naming.growth_name("经济") == "经济增长"
    assert naming.growth_name("工业投资") == "工业投资"


def test_a_word_that_says_nothing_alone_is_known() -> None:
    assert naming.generic_of("设立总规模") == "总规模"
    assert naming.generic_of("增速") == "增速"
    assert naming.generic_of("工业投资") == ""


@pytest.mark.parametrize(
    ("name", "count", "names"),
    [
        ("一、二、三产业投资", 3, ("第一产业投资", "第二产业投资", "第三产业投资")),
        ("第一、第二、第三产业", 3, ("第一产业", "第二产业", "第三产业")),
        ("钢材、水泥产量", 2, ("钢材产量", "水泥产量")),
        ("小麦、玉米和大豆产量", 3, ("小麦产量", "玉米产量", "大豆产量")),
        ("地区生产总值、财政收入", 2, ("地区生产总值", "财政收入")),
        ("出口和进口", 2, ("出口", "进口")),
        ("汽车及零部件、电子信息产量", 2, ("汽车及零部件产量", "电子信息产量")),
        ("企业、学校", 2, ("企业", "学校")),
    ],
)
def test_a_coordination_shares_its_head(name: str, count: int, names: tuple[str, ...]) -> None:
    assert naming.coordinated(name, count) == names


@pytest.mark.parametrize(("name", "count"), [("工业投资", 2), ("甲、乙、丙产量", 2), ("甲、、丙产量", 3)])
def test_a_coordination_that_does_not_come_out_even_is_left_alone(name: str, count: int) -> None:
    assert naming.coordinated(name, count) == ()


def test_what_is_remembered_of_names_is_short() -> None:
    naming.head_of("长" * 1_000_000 + "销售面积")
    remembered = naming._head.cache_info().currsize
    assert naming.head_of("宽" * 1_000_000 + "总" * 30 + "销售面积") == "销售面积"
    naming.head_of("高" * 1_000_000 + "总" * 30 + "销售面积")
    assert naming._head.cache_info().currsize <= remembered + 1
