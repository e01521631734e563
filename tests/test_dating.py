"""When a document was published, and what its time expressions mean."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from tests.work import grows_linearly
from zzcli.document import parse
from zzcli.facts.dating import Dated, Dating, date_text
from zzcli.reading.reflow import Text, reflow


def dated(source: str, published: date | None = None) -> tuple[Text, Dating]:
    """A text and its dating."""
    text = reflow(source)
    return text, date_text(text, published)


def codes(source: str, published: date | None = None) -> dict[str, str | None]:
    """Each expression of a text and its code."""
    text, dating = dated(source, published)
    return {period.of(text.clean): period.code for period in dating.periods}


def roles(source: str) -> dict[str, str]:
    """Each expression of a text and its role."""
    text, dating = dated(source, date(2024, 9, 30))
    return {period.of(text.clean): period.role for period in dating.periods}


def flags_of(dating: Dating, index: int) -> tuple[str, ...]:
    """The flags of one period."""
    period: Dated = dating.periods[index]
    return period.flags


BODY = "去年，全县工业保持增长，新建厂房12处，带动就业3000人。\n今年上半年，全县生产总值增长5%，工业投资增长9%。\n"


def test_the_given_day_wins_over_the_dateline() -> None:
    _, dating = dated("全县经济稳中有进\n发布时间：2023-07-20\n" + BODY, date(2024, 7, 20))
    assert (dating.published, dating.origin, dating.written) == (date(2024, 7, 20), "given", 2024)


@pytest.mark.parametrize(
    "head",
    [
        "全县经济稳中有进\n发布时间：2023-07-20\n",
        "全县经济稳中有进\n（2023年7月20日）\n",
        "全县经济稳中有进\n2023年7月20日\n",
        "关于全县工业的报告\n——2023年7月20日在县第九届人民代表大会第三次会议上\n",
        "《县电视新闻》 (20230720)\n",
        "全县经济稳中有进\n新华社长沙2023年7月20日电 记者获悉：\n",
    ],
)
def test_a_dateline_is_the_day_of_publication(head: str) -> None:
    _, dating = dated(head + BODY)
    assert (dating.published, dating.origin) == (date(2023, 7, 20), "dateline")
    assert {period.code for period in dating.periods} >= {"2022", "2023-S1"}


def test_a_signature_at_the_end_is_the_day_of_publication() -> None:
    _, dating = dated("关于做好防汛工作的通知\n" + BODY + "县人民政府办公室\n2023年7月20日\n")
    assert dating.published == date(2023, 7, 20)


def test_a_communique_is_about_the_year_of_its_title() -> None:
    source = (
        "2022年清溪县国民经济和社会发展统计公报\n清溪县统计局\n"
        "全年实现地区生产总值300亿元，比上年增长5%。年末常住人口40万人。\n"
    )
    text, dating = dated(source)
    assert (dating.origin, dating.year, dating.written, dating.published) == ("title", 2022, 2023, None)
    found = {period.of(text.clean): period.code for period in dating.periods}
    assert (found["全年"], found["上年"], found["年末"]) == ("2022", "2021", "2022-12")


def test_a_work_report_looks_back_and_ahead_by_its_headings() -> None:
    source = (
        "2025年清溪县政府工作报告\n各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议。\n"
        "一、2024年工作回顾\n过去一年，全县上下奋力拼搏。全年生产总值增长5%，比上年加快1个百分点。\n"
        "二、2025年工作安排\n今年生产总值预期增长5%左右。全年新开工项目50个。\n"
    )
    text, dating = dated(source)
    assert (dating.written, dating.year) == (2025, 2025)
    found = [(period.of(text.clean), period.code) for period in dating.periods]
    assert found[1:] == [
        ("2024年", "2024"),
        ("过去一年", "2024"),
        ("全年", "2024"),
        ("上年", "2023"),
        ("2025年", "2025"),
        ("今年", "2025"),
        ("全年", "2025"),
    ]


def test_a_name_tells_the_year_of_a_page_without_date() -> None:
    source = (
        "今年9月19日，全市成立机器人研究院，首批入驻专家20名。\n"
        "9月24日，2024年柏林国际轨道交通展览会开幕，本市企业携新车型参展。\n"
        "去年10月，全市组织高校招才活动，签约人才300名。\n"
    )
    text, dating = dated(source)
    assert (dating.origin, dating.written, dating.published) == ("inferred", 2024, date(2024, 9, 24))
    found = {period.of(text.clean): period for period in dating.periods}
    assert found["去年10月"].code == "2023-10"
    assert "year-inferred" in found["去年10月"].flags
    assert "year-inferred" not in found["2024年"].flags
    assert dating.reason


@pytest.mark.parametrize(("counted", "code"), [("今年以来", "2024/.."), ("去年", "2023"), ("前年", "2022")])
def test_years_told_in_a_row_beside_this_year_are_over(counted: str, code: str) -> None:
    source = (
        f"2022年，全县生产总值增长4%。\n2023年，全县生产总值增长5%。\n{counted}，全县工业订单持续增加，势头良好。\n"
    )
    assert codes(source)[counted] == code


@pytest.mark.parametrize("counted", ["今年3月", "去年", "前年", "今年以来", "明年"])
def test_one_year_that_is_over_does_not_say_when_the_text_was_written(counted: str) -> None:
    _, dating = dated(f"产业规模2021年达到300亿元。{counted}，规模达到518亿元。\n")
    assert (dating.origin, dating.written, dating.published) == ("none", None, None)
    assert [period.code for period in dating.periods] == ["2021", None]
    assert "unsettled" in flags_of(dating, 1)
    assert "2021" in dating.reason


def test_a_year_that_is_spoken_of_as_present_is_the_year_of_writing() -> None:
    source = "2024年是关键之年，全县上下奋力拼搏。\n今年以来，全县工业订单持续增加，开工率保持高位。\n"
    assert codes(source)["今年以来"] == "2024/.."


def test_last_month_is_counted_from_the_month_just_told() -> None:
    source = "6月份，全县规模以上工业增加值同比增长7%，比上月加快0.5个百分点。\n"
    assert codes(source, date(2024, 7, 20))["上月"] == "2024-05"


def test_a_plan_is_written_when_its_years_begin() -> None:
    source = "清溪县工业发展行动计划（2024—2027年）\n近三年来，全县新建厂房12处。\n到2027年，产值达到30亿元。\n"
    _, dating = dated(source)
    assert (dating.origin, dating.written) == ("inferred", 2024)


def test_a_plan_year_is_not_the_year_of_writing() -> None:
    source = "2023年，全县投入3亿元，新建厂房12处。\n到2035年，全县基本实现现代化，人均收入再上台阶。\n"
    _, dating = dated(source)
    assert dating.written == 2023


def test_without_any_year_nothing_is_settled() -> None:
    text, dating = dated("去年，全县投入3亿元，新建厂房12处，带动就业3000人。\n")
    assert (dating.published, dating.origin, dating.written) == (None, "none", None)
    assert [period.code for period in dating.periods] == [None]
    assert "unsettled" in flags_of(dating, 0)
    assert text.clean.startswith("去年")


def test_the_year_is_carried_within_the_paragraph_only() -> None:
    source = (
        "泵站于2017年4月开工建设，同年6月18日通水。9月1日，二期工程随后启动，投资2亿元。\n"
        "9月1日，新学期开始，全县学校如期开学，共有学生3万人。\n"
    )
    text, dating = dated(source, date(2024, 9, 30))
    found = [(period.of(text.clean), period.code) for period in dating.periods]
    assert found == [
        ("2017年4月", "2017-04"),
        ("同年6月18日", "2017-06-18"),
        ("9月1日", "2017-09-01"),
        ("9月1日", "2024-09-01"),
    ]


@pytest.mark.parametrize(
    ("sentence", "expression", "role"),
    [
        ("2024年德国柏林国际轨道交通技术展览会盛大开幕。", "2024年", "name"),
        ("“2024全国茶叶品鉴节”今天启动。", "2024", "name"),
        ("《2023年全省工业发展报告》已经发布。", "2023年", "name"),
        ("编制“十四五”规划是一件大事。", "“十四五”", "name"),
        ("落实2030年可持续发展议程。", "2030年", "name"),
        ("2024年全市举办了国际轨道交通博览会。", "2024年", "date"),
        ("2023年我省成功承办全国农民运动会。", "2023年", "date"),
        ("2024年计划完成投资3亿元。", "2024年", "date"),
        ("“十四五”期间新建公路60公里。", "“十四五”期间", "date"),
        ("产值比2020年增长8%。", "2020年", "basis"),
        ("产值较上年末增加3亿元。", "上年末", "basis"),
        ("与2019年相比，产值增长8%。", "2019年", "basis"),
        ("增速高于去年同期2个百分点。", "去年同期", "basis"),
        ("客流恢复到2019年同期水平。", "2019年同期", "basis"),
        ("客流是2019年的1.2倍。", "2019年", "basis"),
        ("产值较“十三五”同期增长8%。", "同期", "basis"),
        ("会上发布了“2023年度江城质量奖”名单。", "2023年度", "name"),
        ("2021—2025年产业发展规划已经印发。", "2021—2025年", "name"),
        ("2021—2025年产值年均增长8%。", "2021—2025年", "date"),
        ("由2020年的3亿元提高到2024年的5亿元。", "2024年", "date"),
        ("截至今年6月底，企业3万户。", "今年6月底", "date"),
        # a plan that something is done to, or that something is of
        ("各地全力冲刺，实现“十四五”圆满收官。", "“十四五”", "name"),
        ("指标完成“十四五”国家考核要求。", "“十四五”", "name"),
        ("“十四五”电网投资超300亿元。", "“十四五”", "date"),
        ("全省“十四五”累计新增就业100万人。", "“十四五”", "date"),
        ("今年是“十五五”开局之年。", "“十五五”开局之年", "name"),
        ("在“十五五”开局之年，全市新开工项目60个。", "“十五五”开局之年", "date"),
        # how far back something is the greatest
        ("遭遇2012年以来最严重的秋旱。", "2012年以来", "basis"),
        ("增速创近三年新高。", "近三年", "basis"),
        ("2008年以来，全市新增企业3000家。", "2008年以来", "date"),
        ("近三年新建高速公路200公里。", "近三年", "date"),
        # where something was written
        ("李明（2014）认为，人口规模影响需求。", "2014", "name"),
        ("企业总数（2014年为30家）翻了一番。", "2014年", "date"),
        ("销量与去年同比增长25%。", "去年", "basis"),
        ("票价与2016年的票价相同。", "2016年", "basis"),
        ("市政府与2018年引进的企业签约。", "2018年", "date"),
        # any year that a policy speaks of
        ("对当年新增的规模以上企业，给予奖励20万元。", "当年", "rule"),
        ("连续三年增长的企业，按上一年度缴税额的10%给予补助。", "上一年度", "rule"),
        ("自认定当年起，每年给予不超过30万元的资助。", "当年起", "rule"),
        ("材料于每年3月底前报送，当年6月底前完成审核。", "当年6月底前", "rule"),
        ("2025年中国（江城）茶业博览会将于秋季开幕。", "2025年", "name"),
        ("2023年引进企业30家，当年给予奖励500万元。", "当年", "date"),
        ("上年全市累计兑现奖励资金3亿元，惠及企业800家。", "上年", "date"),
        ("年底前对符合条件的企业，给予补贴20万元。", "年底前", "date"),
        ("全年实现产值30亿元，年末有企业60家。", "年末", "date"),
    ],
)
def test_roles(sentence: str, expression: str, role: str) -> None:
    assert roles(sentence)[expression] == role


def test_a_year_of_a_rule_settles_nothing_and_is_not_carried() -> None:
    source = "支持工业发展若干措施\n对当年产值首次超过1亿元的企业，给予奖励20万元；次年再增长的，追加10万元。\n"
    text, dating = dated(source, date(2024, 9, 30))
    assert [(period.of(text.clean), period.role, period.code) for period in dating.periods] == [
        ("当年", "rule", None),
        ("次年", "rule", None),
    ]


def test_a_plan_in_a_heading_says_which_years_its_section_is_about() -> None:
    source = "清溪县规划\n一、“十四五”发展成就\n全县经济保持增长，新增企业300家，带动就业3000人。\n"
    _, dating = dated(source, date(2026, 1, 30))
    assert [(period.code, period.role) for period in dating.periods] == [("2021/2025", "date")]


def test_the_clock_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import zzcli.facts.dating
    import zzcli.mentions.moments

    class Stopped(date):
        @classmethod
        def today(cls) -> Stopped:
            raise AssertionError("asked the clock")

    monkeypatch.setattr(zzcli.facts.dating, "date", Stopped)
    monkeypatch.setattr(zzcli.mentions.moments, "date", Stopped)
    date_text(reflow(BODY))


def test_a_paragraph_of_days_takes_linear_work() -> None:
    assert grows_linearly(lambda count: partial(date_text, reflow("2024年1月1日，" * count)), 300)


@pytest.mark.parametrize("unit", ["当年，给予", "每年，当年", "是“十四五”、", "（2014）"])
def test_roles_take_linear_work(unit: str) -> None:
    assert grows_linearly(lambda count: partial(date_text, reflow(unit * count)), 300)


def test_a_plan_of_february_speaks_of_the_year_ahead() -> None:
    body = "四季度，组织验收，公布结果。\n下半年，各县区开展自查，落实整改。\n"
    assert codes("全县安全整治工作方案\n" + body, date(2025, 2, 10)) == {"四季度": "2025-Q4", "下半年": "2025-S2"}
    assert codes("全县经济稳中有进\n" + body, date(2025, 2, 10)) == {"四季度": "2024-Q4", "下半年": "2024-S2"}


@pytest.mark.parametrize(
    ("source", "day", "origin"),
    [
        # a line with the source of the text and its day
        ("全县经济稳中有进\n来源 县融媒体中心 2023年7月20日 浏览\n" + BODY, date(2023, 7, 20), "dateline"),
        # a number in the title that is no day
        ("《县电视新闻》 (20231345)\n" + BODY, None, "none"),
        # a day in the last paragraph that does not stand alone
        (BODY + "县城大桥于2019年7月20日通车，两岸往来更加方便。\n", date(2019, 7, 20), "inferred"),
    ],
)
def test_which_day_is_that_of_publication(source: str, day: date | None, origin: str) -> None:
    _, dating = dated(source)
    assert (dating.published, dating.origin) == (day, origin)


@pytest.mark.parametrize("title", ["清溪县政府工作报告（2023）", "2023清溪县政府工作报告"])
def test_a_report_may_name_its_year_without_the_word(title: str) -> None:
    _, dating = dated(f"{title}\n各位代表：\n" + BODY)
    assert (dating.origin, dating.year, dating.written) == ("title", 2023, 2023)


def test_a_title_about_a_year_long_past_is_no_hint_of_the_time_of_writing() -> None:
    source = "1998年清溪县国民经济和社会发展统计公报\n全年生产总值增长5%。\n"
    assert codes(source, date(2024, 9, 30))["全年"] == "2024"


def test_a_projection_is_not_the_year_of_writing() -> None:
    source = "2018年，参保3亿人。2019年，参保3.1亿人。2020年，参保3.2亿人。\n2050年，参保4.6亿人，规模再上台阶。\n"
    _, dating = dated(source)
    assert dating.written == 2020


def test_the_year_of_a_plan_beside_this_year_is_the_year_of_writing() -> None:
    source = "2016年10月，园区开工。2017年计划目标为3亿元。\n今年以来，园区订单持续增加，开工率保持高位。\n"
    assert codes(source)["今年以来"] == "2017/.."


def test_years_that_are_only_compared_with_or_open_before_are_counted_too() -> None:
    source = "产值比2022年增长8%。2023年，产值增长5%。2019年以前没有园区。\n今年以来，订单持续增加，势头良好。\n"
    assert codes(source)["今年以来"] == "2024/.."


def test_a_year_that_is_only_the_aim_compared_with_is_the_year_of_writing() -> None:
    source = "收入与2017年目标持平。2016年，收入为3亿元。\n今年以来，园区订单持续增加，开工率保持高位。\n"
    assert codes(source)["今年以来"] == "2017/.."


def test_only_a_day_that_stands_alone_at_the_end_of_a_long_text_is_a_signature() -> None:
    long = BODY * 40
    assert dated(long + "县人民政府办公室\n2023年7月20日\n")[1].published == date(2023, 7, 20)
    assert dated(long + "大桥于2019年7月20日通车，往来更加方便。\n")[1].origin == "inferred"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        # a history names years far apart, the last of them as past
        ("园区于1991年5月获批。1997年更名，2002年8月16日挂牌，2003年3月9日分设，2011年扩区。", 2011),
        # what is added up within a year is told within it
        ("2017年1-8月，销售自行车6.3万辆，高于去年全年的5万辆。2016年销量为5万辆。今年势头平稳。", 2017),
    ],
)
def test_the_year_of_writing_is_not_before_what_is_told_nor_long_after_it(text: str, year: int) -> None:
    assert parse(text).dating.written == year


def test_this_year_in_a_review_is_the_year_before_it_in_the_text() -> None:
    text = "2018年政府工作报告\n\n2017年是新班子上任的头一年。这一年，投资增长8%。\n"
    (figure,) = parse(text).figures
    assert figure.period is not None
    assert figure.period.code == "2017"
