"""Promises of reflow: what it deletes, what it joins, and that every character finds its way back."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.work import grows_linearly
from zzcli.reading.files import bundled
from zzcli.reading.layout import breaks
from zzcli.reading.reflow import Block, Text, reflow
from zzcli.span import Span

from .ragged import ragged, wrapped

CORPUS = Path(__file__).parent / "corpus"

PAGE = """江城市工业高质量发展综述
江城因江而兴、因港而名。七十年来，这座城市从一个渔村成长为中部重要的制造业基地，用一台台机器写下了自己的名字。
实体为本 厚植家底
今年上半年，江城市实现地区生产总值2156.48亿元，同比增长6.1%，增速居全省第二。其中，第二产业增加值912.3亿元，增长7.4%；\
工业增加值786.5亿元，增长7.9%，高于全省1.8个百分点。
近年来，江城重点打造工程机械、船舶与海洋工程装备、新型显示3个支柱产业，新能源汽车、生物医药等2个战略产业，纺织、食品等一批传统产业，\
构建“3+2+N”现代产业体系。工程机械产业集聚规模以上企业318家，2023年产值突破1500亿元，成为全市首个千亿产业。
截至今年6月底，全市实有经营主体62.7万户，其中企业19.4万户；净增经营主体2.3万户。新增国家级专精特新“小巨人”企业21家、\
省级单项冠军企业9家，均居全省前列。
去年10月，江城港集装箱吞吐量首次突破200万标箱，同比增长12.6%，开行中欧班列830列，为周边12个县市提供了通往海外的物流通道。
开放为先 借港出海
2022年以来，江城累计新开国际航线7条，通达28个国家和地区的63个港口。今年1至7月，全市进出口总额达384.9亿元，增长15.3%，\
其中出口271.2亿元，增长18.4%，机电产品出口占比由41.5%提高到46.8%。
与此同时，江城出台38条措施，把企业开办时间压缩到3小时以内，工程建设项目审批事项由96项减至54项，精简43.8%。\
园区亩均税收从两年前的18.2万元增长至24.6万元，单位工业增加值能耗下降3.7%。
为留住年轻人，江城建成人才公寓1.2万套，发放购房补贴3.6亿元，吸引高校毕业生4.8万人。6月18日，江城与12所高校签订合作协议，\
共建现代产业学院9个，每年联合培养学生2000余人。
目前，江城正在规划建设占地约15平方公里的临港新城，预计到2027年投资超过600亿元，带动就业8万人以上。这座老工业城市的故事，还在继续。
"""


def cases(name: str) -> list[tuple[str, str]]:
    """The cases of a corpus file: what stands before and after “=>”."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" => ") for line in lines if line and not line.startswith("#")]
    assert len(pairs) >= 20, f"{name} holds too few cases"
    return [(before, after) for before, after in pairs]


def spelled(text: str) -> str:
    return text.replace("␣", " ").replace("⇥", "\t")


def texts(text: Text, *kinds: str) -> list[str]:
    return [block.of(text.clean) for block in text.blocks if block.kind in kinds]


def sentences(text: Text) -> list[str]:
    out = text.blocks
    return [
        sentence.of(text.clean)
        for sentence in text.sentences
        if out[sentence.block].kind not in ("furniture", "caption")
    ]


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


def check(text: Text) -> None:
    """What holds for every text."""
    # The source map is exact for every character, and the map rises: nothing is moved.
    places = [text.origin(Span(at, at + 1)) for at in range(len(text.clean))]
    assert all(place.of(text.source) == text.clean[at] for at, place in enumerate(places))
    assert all(place.end - place.start == 1 for place in places)
    assert all(a.start < b.start for a, b in pairwise(places))
    # Blocks lie in order, one white-space character apart.
    end = 0
    for number, block in enumerate(text.blocks):
        assert block.start < block.end
        if number:
            assert block.start == end + 1
            assert text.clean[end].isspace()
        assert not block.of(text.clean)[0].isspace()
        assert (block.level > 0) == (block.kind == "heading")
        end = block.end
    assert end == len(text.clean)
    # Sentences lie in their blocks and leave out nothing but white space.
    at = 0
    for sentence in text.sentences:
        block = text.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert not text.clean[at : sentence.start].strip()
        at = sentence.end
    assert not text.clean[at:].strip()


@pytest.mark.parametrize(("between", "wanted"), cases("breaks.txt"))
def test_text_goes_on_where_it_can_and_breaks_where_something_is_missing(between: str, wanted: str) -> None:
    tail, head = between.split(" | ")
    assert breaks(tail, head) == (wanted == "-")


@pytest.mark.parametrize(("source", "clean"), cases("gaps.txt"))
def test_gaps_go_where_the_scanner_left_them_and_stay_where_they_part(source: str, clean: str) -> None:
    text = reflow(spelled(source))
    check(text)
    assert re.sub("[ \u3000]", " ", text.clean) == re.sub("[ \u3000]", " ", spelled(clean))


def test_reflow_only_deletes_and_every_character_finds_its_way_back() -> None:
    for source in (bundled().text, PAGE, ragged(PAGE, 3), wrapped(PAGE, 30, pages=9), PAGE.replace("\n", "\r\n")):
        check(reflow(source))


def test_a_clean_document_stays_as_it_is() -> None:
    text = reflow(PAGE)
    assert text.clean == PAGE.rstrip("\n")
    assert [block.kind for block in text.blocks].count("heading") == 3
    assert not any(block.truncated for block in text.blocks)


def test_indents_of_a_clean_document_go() -> None:
    indented = "".join(f"　　{line}\n\n" for line in PAGE.splitlines())
    assert reflow(indented).clean == PAGE.rstrip("\n")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n\n"])
def test_newlines_of_every_kind_separate_the_same_blocks(newline: str) -> None:
    text = reflow(PAGE.replace("\n", newline))
    assert texts(text, "paragraph", "heading") == PAGE.splitlines()


def test_a_ragged_page_reads_as_the_clean_one() -> None:
    wanted = sentences(reflow(PAGE))
    found = [sentences(reflow(ragged(PAGE, seed))) for seed in range(60)]
    # A short piece of a line beside a short column cannot always be told from a heading.
    whole = sum(one == wanted for one in found)
    assert whole >= 54
    right = sum(sentence in wanted for one in found for sentence in one)
    assert right >= 0.995 * sum(map(len, found))


@pytest.mark.parametrize("columns", [16, 20, 25, 33, 38, 45])
@pytest.mark.parametrize("pages", [0, 8])
@pytest.mark.parametrize("indent", ["　　", ""])
def test_printed_lines_are_joined_also_over_a_page_number(columns: int, pages: int, indent: str) -> None:
    text = reflow(wrapped(PAGE, columns, indent=indent, pages=pages))
    assert sentences(text) == sentences(reflow(PAGE))


def test_printed_paragraphs_stay_whole_where_they_are_indented() -> None:
    text = reflow(wrapped(PAGE, 30))
    assert texts(text, "paragraph", "heading") == PAGE.splitlines()


def test_a_page_that_lost_ends_bridges_nothing() -> None:
    lines = PAGE.splitlines()
    for seed in range(20):
        text = reflow(ragged(PAGE, seed, lose=2))
        check(text)
        for block in text.blocks:
            read = block.of(text.clean)
            # No paragraph that opens with a time stands behind another's broken end.
            for line in lines:
                if re.match("近年来|目前|截至|今年|去年|与此同时|\\d{4}年", line):
                    assert line[:8] not in read[1:]


def test_the_bundled_page_is_bridged_where_a_reader_would_and_nowhere_else() -> None:
    text = reflow(bundled().text)
    for joined in (
        "崛起为制造名城",
        "关闭高耗能高污染企业2400多家",
        "先进硬质材料3个优势产业",
        "规模达到1047亿元",
        "株洲精准发力",
        "精简75.7%",
        "降低物流成本近亿元",
        "实际利用外资532万美元",
        "投资额484亿元",
        "生产总值先后跨过2000亿元",
        "已攻克20余项",
        "启动在厂BA主赛场",
    ):
        assert joined in text.clean
    broken = [block.of(text.clean) for block in text.blocks if block.truncated]
    for end in ("92.2亿元,同比", "16.7万元增长至", "实施节能改造项目380", "市场化经", "三大优势产", "铺开一", "株洲始"):
        assert any(one.endswith(end) for one in broken), end
    assert texts(text, "heading") == ["所结合 夯实制造硬实力", "增强城市软实力 文旅融合"]
    assert texts(text, "furniture") == ["厦", "06"]


def test_a_flattened_table_is_rows_and_its_title_a_heading() -> None:
    text = reflow(
        "全市完成投资120亿元，增长6%。\n2023年主要产品产量\n单位：万吨\n指 标\n产量\n同比增长（±%）\n"
        "粮 食\n312.4\n6.1\n水泥\n198.0\n-2.6\n原油\n400.0\n持平\n二、农业\n全年粮食丰收。"
    )
    assert texts(text, "row") == [
        *("单位：万吨", "指标", "产量", "同比增长（±%）", "粮食", "312.4", "6.1", "水泥", "198.0", "-2.6", "原油"),
        *("400.0", "持平"),
    ]
    assert texts(text, "heading") == ["2023年主要产品产量", "二、农业"]


def test_headings_have_the_depth_of_their_number() -> None:
    text = reflow(
        "# 公报\n正文一。\n### 快讯\n第一章 总则\n一、综合\n（一）产量增加。\n1.概况\n（1）范围\n正文二，很长。"
    )
    assert [(b.of(text.clean), b.level) for b in text.blocks if b.kind == "heading"] == [
        *(
            ("公报", 1),
            ("快讯", 3),
            ("第一章 总则", 1),
            ("一、综合", 2),
            ("（一）产量增加。", 3),
            ("1.概况", 4),
            ("（1）范围", 5),
        ),
    ]


def test_what_stands_around_the_text_is_furniture() -> None:
    source = (
        "当前位置： 首页>> 公报\n[查看原文](https://example.com/x)\n全年增长6%，居全省第一。\n\n— 3 —\n\n"
        "打印本页\n关闭窗口\n】\n"
    )
    text = reflow(source)
    assert texts(text, "paragraph") == ["全年增长6%，居全省第一。"]
    assert {block.kind for block in text.blocks} == {"paragraph", "furniture"}


def test_running_heads_and_page_numbers_do_not_part_a_sentence() -> None:
    text = reflow(
        "江城年鉴\n\n全市实现工业增加值120亿元，比上年增长百分之六，增速比全省平均水平快一点六个百分点，规模\n\n12\n\n"
        "江城年鉴\n\n以上企业达到318家，比上年多出十二家，其中产值超过一亿元的企业有一百零三家，占全市的三成。\n\n13\n\n"
        "江城年鉴\n"
    )
    assert len(texts(text, "paragraph")) == 1
    assert "规模以上企业达到318家" in text.clean


def test_a_printed_form_keeps_its_parts_apart() -> None:
    text = reflow(
        "江城市人民政府办公室文件\n\n江政办发〔2023〕5号\n\n各县（区）人民政府，市直各部门：\n"
        "    《江城市工业强市三年行动方案》已经市政府同意，现印发\n给你们，请认真贯彻执行。\n\n"
        "                              江城市人民政府办公室\n                                2023年3月8日\n\n- 1 -\n\n"
        "    为深入贯彻落实省、市决策部署，加快推进新型工业化，结\n合我市实际，制定本方案。\n    一、总体要求\n"
        "    （一）指导思想。坚持工业强市战略不动摇，力争到2025年\n，全市规模以上工业总产值"
        "突破300亿元，年均增长12%以上，规\n"
        "模以上工业企业达到150家。\n    1.产业规模。到2025年，主导产业产值占比达到\n75%以上。\n"
        "    表1  主要指标\n    指标          2022年      2025年\n"
        "    总产值（亿元）   210        300\n    企业数（家）     98         150\n"
    )
    assert texts(text, "paragraph") == [
        "各县（区）人民政府，市直各部门：",
        "《江城市工业强市三年行动方案》已经市政府同意，现印发给你们，请认真贯彻执行。",
        "2023年3月8日",
        "为深入贯彻落实省、市决策部署，加快推进新型工业化，结合我市实际，制定本方案。",
        "（一）指导思想。坚持工业强市战略不动摇，力争到2025年，全市规模以上工业总产值突破300亿元，年均增长12%以上，规模以上工业企业达到150家。",
        "1.产业规模。到2025年，主导产业产值占比达到75%以上。",
    ]
    assert texts(text, "row") == ["指标  2022年  2025年", "总产值（亿元）  210  300", "企业数（家）  98  150"]
    assert texts(text, "heading")[-2:] == ["一、总体要求", "表1 主要指标"]


def test_captions_are_no_sentences_of_the_story() -> None:
    text = reflow("▲ 江边的老码头。\n\n图为整车下线现场\n\n工人在检修设备。王小明 摄\n\n全年增长6%，居全省第一。")
    assert [block.kind for block in text.blocks] == ["caption", "caption", "caption", "paragraph"]


def test_a_paragraph_that_breaks_off_says_so() -> None:
    text = reflow("近年来，全市企业资金紧张，小企业的周转款被\n从6月15日起，新规定开始实施，企业须接受检测。")
    assert [block.truncated for block in text.blocks] == [True, False]


def test_a_text_of_two_lines_is_joined() -> None:
    assert reflow("今年上半年，全市实现地区生产总值1853.63亿\n元，同比增长5.8%。").clean.count("\n") == 0


def test_a_line_that_begins_with_a_stop_belongs_to_the_line_before() -> None:
    text = reflow("　　本市居民游为215万人次，同比增长5.7%\n　　；接待外地游客165万人次。")
    assert text.clean == "本市居民游为215万人次，同比增长5.7%；接待外地游客165万人次。"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("增长5%；下降3.5%。好！是吗？对……", ["增长5%；下降3.5%。", "好！", "是吗？", "对……"]),
        ("他说：“增长了。”大家点头。", ["他说：“增长了。”", "大家点头。"]),
        ('他说:"增长了。""是的。"大家点头。', ['他说:"增长了。"', '"是的。"', "大家点头。"]),
        ("网址http://a.cn/?id=3有效，增长3.5%。", ["网址http://a.cn/?id=3有效，增长3.5%。"]),
        ("一句（含括号。）另一句。", ["一句（含括号。）", "另一句。"]),
    ],
)
def test_sentences_end_at_their_stops_and_take_what_closes(source: str, wanted: list[str]) -> None:
    text = reflow(source)
    assert [sentence.of(text.clean) for sentence in text.sentences] == wanted


def test_lines_are_counted_as_editors_count_them() -> None:
    text = reflow("一。\r\n二。\r三。\n\n五。")
    assert [text.line(text.source.index(c)) for c in "一二三五"] == [1, 2, 3, 5]
    assert text.line(0) == 1


def test_an_empty_span_has_a_place() -> None:
    text = reflow("  增长。")
    assert text.origin(Span(0, 0)) == Span(2, 2)
    assert reflow("").origin(Span(0, 0)) == Span(0, 0)
    assert reflow(" \n ").blocks == ()


PIECES = st.sampled_from(
    [
        *'一二制造年月，。、；：！“”"（）()- \t\n\r　0123456789.%$*[]#>|A\u200b\ufeff\xa0',
        *(
            "增长5%",
            "同比",
            "今年上半年，",
            "亿元",
            "\n\n",
            "\r\n",
            "第1条",
            "一、",
            "&nbsp;",
            "](http://a)",
            "**",
            "摄",
            "$1 2 \\%$",
        ),
    ]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_is_only_deleted_from(source: str) -> None:
    text = reflow(source)
    check(text)
    assert is_subsequence(text.clean, source)
    # What is read as text is all there: every Chinese character of the source.
    assert re.sub("[^一二制造增长]", "", text.clean) == re.sub(
        "[^一二制造增长]", "", re.sub(r"\]\(http://a\)", "", source)
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=80))
def test_any_characters_are_only_deleted_from(source: str) -> None:
    check(reflow(source))


@pytest.mark.parametrize(
    "unit",
    [
        " ",
        "\n",
        "\r",
        "[",
        "（",
        "一",
        "1",
        "。",
        "一 ",
        "a ",
        "1 ",
        '"',
        "*",
        "$ ",
        "&",
        "<!--",
        "[a](",
        "a\t",
        "，",
        "\u200b",
        "$1 2 ",
    ],
)
def test_hostile_text_takes_linear_work(unit: str) -> None:
    assert grows_linearly(lambda size: partial(reflow, unit * (size // len(unit))), 8000)


def test_blocks_and_sentences_are_values() -> None:
    assert Block(0, 2, "row") == Block(0, 2, "row")
    assert reflow("增长。") == reflow("增长。")


def test_an_acronym_broken_over_two_lines_is_one_word_and_two_acronyms_are_two() -> None:
    head = "今年全市发展态势很好，先进制造业百强市居全国第58位，单位"
    tail = "能耗降幅居全省首位，科创综合指数连续两年向前跨步，创业者众多。"
    assert reflow(f"{head}GD\nP{tail}").clean == f"{head}GDP{tail}"
    assert reflow(f"{head}AI\nPC{tail}").clean == f"{head}AI\nPC{tail}"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_first_line_with_a_colon_is_a_title(between: str) -> None:
    body = "江水之畔，机器轰鸣。走进江城新港，一条条生产线昼夜不停，一座老城正换上新颜。"
    text = reflow(between.join(["江城：港口边的新城", body, "产业体系挺起脊梁", body]))
    assert (text.blocks[0].kind, text.blocks[0].level) == ("heading", 1)
    assert texts(text, "paragraph") == [body, body]


@pytest.mark.parametrize(
    "line", ["会议强调：要抓好三件事，", "江城讯：本市出口增长5", "各有关单位：", "时间：2024年5月"]
)
def test_a_first_line_with_a_colon_that_is_no_title_is_none(line: str) -> None:
    text = reflow(f"{line}\n全市上下同心，把各项工作抓紧抓实，确保全年任务完成。\n")
    assert "heading" not in [block.kind for block in text.blocks]


def test_a_paragraph_that_breaks_off_behind_a_quotation_says_so() -> None:
    text = reflow(
        "全市实有企业11.26万户，净增9860户，新增省级“专精特新”\n\n与此同时，审批改革向纵深推进，群众很满意。\n"
    )
    assert [block.truncated for block in text.blocks] == [True, False]


def test_the_colours_of_a_terminal_are_no_text() -> None:
    assert reflow("\x1b[31m2024年\x1b[0m，新增企业12家。").clean == "2024年，新增企业12家。"
