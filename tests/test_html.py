"""Promises of web pages: the article and nothing else, whole and in order, with its tables and its day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Answer
from tests.work import grows_linearly
from zzcli.document import Document, of_source, parse
from zzcli.errors import UnreadableError
from zzcli.reading import files
from zzcli.reading.html import extract

Zzcli = Callable[..., Answer]

MENU = (
    "<div class='top'><ul>" + "".join(f"<li><a href='/{n}'>栏目之{n}新闻</a></li>" for n in "甲乙丙丁") + "</ul></div>"
)
FOOT = "<div class='foot'><a href='/map'>网站地图</a> <a href='/us'>联系我们</a></div>"
PROSE = "2024年，全市实现地区生产总值1203.5亿元，比上年增长5.8%。"
FRAMES = "<frameset><frame src=a.html><noframes><body>您的浏览器不支持框架</body></noframes></frameset>"
TITLE = "2024年云江市国民经济和社会发展统计公报"


def lines(page: str) -> list[str]:
    return [line for line in extract(page, "a.html", "utf-8").text.split("\n") if line]


def article(body: str, head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body>{MENU}<div class='main'><h1>{TITLE}</h1>"
        f"<div class='content'>{body}</div></div>{FOOT}</body></html>"
    )


def document(page: str) -> Document:
    return of_source(extract(page, "a.html", "utf-8"))


def stated(page: str) -> list[str]:
    return [
        f"{f.indicator} {f.measure} {format(f.value.normalize(), 'f')} {f.unit} {f.period.code if f.period else None}"
        for f in document(page).figures
    ]


def test_the_article_is_read_and_not_the_menus_around_it() -> None:
    page = article(f"<p>　　{PROSE}</p><h2>一、工业</h2><ul><li>采矿业增长2.1%。</li><li>制造业增长6.3%。</li></ul>")
    assert lines(page) == [TITLE, PROSE, "一、工业", "采矿业增长2.1%。", "制造业增长6.3%。"]


def test_what_is_said_twice_is_read_twice() -> None:
    row = "<tr><td>出口</td><td>35.2</td></tr>"
    page = article(f"<p>{PROSE}</p>" * 3 + f"<table><tr><td>指标</td><td>绝对量（亿元）</td></tr>{row}{row}</table>")
    assert lines(page) == [TITLE, PROSE, PROSE, PROSE, "指标\t绝对量（亿元）", "出口\t35.2", "出口\t35.2"]


def test_a_paragraph_is_a_line_and_a_break_makes_another() -> None:
    page = article(
        f"<p>全市工业\n   <b>增加值</b>\t410.5亿元，<span>增长6.1%。</span><br/>{PROSE}<br>　　民生改善。</p>"
    )
    text = extract(page, "a.html", "utf-8").text
    assert text == f"{TITLE}\n\n全市工业增加值 410.5亿元，增长6.1%。\n{PROSE}\n\n民生改善。"


def test_what_is_set_as_it_stands_keeps_its_lines() -> None:
    assert lines(article(f"<pre>{PROSE}\n\n出口  <b>35.2</b>\n</pre>")) == [TITLE, PROSE, "出口  35.2"]


@pytest.mark.parametrize("body", [f"<p>{PROSE}</p>", f"<div>{PROSE}</div>", PROSE, f"<table><tr><td>{PROSE}</table>"])
def test_a_short_page_is_read_whole(body: str) -> None:
    assert lines(f"<html><body>{body}</body></html>") == [PROSE]


def test_a_page_that_is_only_a_table_is_read() -> None:
    page = "<table><tr><th>指标<th>绝对量（亿元）<tr><td>出口<td>35.2<tr><td>进口<td>12.8</table>"
    assert lines(page) == ["指标\t绝对量（亿元）", "出口\t35.2", "进口\t12.8"]


def test_tables_that_lay_out_a_page_are_no_tables() -> None:
    inner = "<table><tr><td>指标</td><td>2024年（亿元）</td></tr><tr><td>出口</td><td>35.2</td></tr></table>"
    page = f"<table><tr><td><a href='/'>首页</a></td><td><h2>云江市简况</h2><p>{PROSE}</p>{inner}</td></tr></table>"
    assert lines(page)[-4:] == ["云江市简况", PROSE, "指标\t2024年（亿元）", "出口\t35.2"]
    listed = f"<table><tr><td>左</td><td><ul><li>{PROSE}</li><li>{PROSE}</li></ul></td></tr></table>"
    assert lines(listed) == [PROSE, PROSE]
    task = "<td>1</td><td><p>新建农田5万亩。</p><p>新增就业2万人。</p></td><td>市农业局</td>"
    assert lines(table(*[task] * 3)) == ["1\t新建农田5万亩。 新增就业2万人。\t市农业局"] * 3


def test_the_caption_of_a_table_stands_above_it() -> None:
    page = "<table><caption>2024年外贸</caption><tr><td>指标<td>额（亿元）<tr><td>出口<td>35.2<tr><td>进口<td>3</table>"
    assert lines(page)[:2] == ["2024年外贸", "指标\t额（亿元）"]
    assert stated(page)[0] == "出口 level 3520000000 元 2024"


def test_where_most_of_a_page_would_be_lost_all_of_it_is_read_but_links() -> None:
    parts = "".join(f"<div class='sidebar'><p>第{n}项：{PROSE}</p></div>" for n in "一二三四")
    page = f"<html><body>{MENU}{parts}{FOOT}</body></html>"
    assert lines(page) == [f"第{n}项：{PROSE}" for n in "一二三四"]


def test_what_nobody_sees_is_not_read() -> None:
    unseen = "<script>var x='1亿元'</script><style>p{}</style><p hidden>2亿元</p><!--4亿元-->"
    unseen += "<p style='display: none'>3亿元</p>"
    assert lines(article(f"<p>{PROSE}</p>{unseen}")) == [TITLE, PROSE]


@pytest.mark.parametrize("style", ["visibility: hidden; opacity: 0;", "display:none"])
def test_an_article_that_a_script_shows_is_read(style: str) -> None:
    more = "<section style='display:none'>2亿元。</section><div style='display:none'>扫一扫，关注我们。</div>"
    page = article(f"<div style='{style}'><section>{PROSE}</section>{more}</div><p style='display:none'>3亿元。</p>")
    assert lines(page) == [TITLE, PROSE]


def test_raised_and_lowered_digits_do_not_go_on_the_number_before_them() -> None:
    body = "产值1203.5<sup>2</sup>亿元，面积35万m<sup>2</sup>，CO<sub>2</sub>排放下降4.2%<sup>[1]</sup>。"
    rows = "<tr><td>指标</td><td>万m<sup>2</sup></td></tr><tr><td>面积<sup>1</sup></td><td>35<sup>2</sup></td></tr>"
    assert lines(article(f"<p>{body}</p><table>{rows}</table>")) == [
        *(TITLE, "产值1203.5²亿元，面积35万m²，CO₂排放下降4.2%[1]。"),
        *("指标\t万m²", "面积¹\t35²"),
    ]


def test_characters_that_nobody_sees_part_no_number() -> None:
    page = article(
        f"<p>{PROSE.replace('1203', '12&#8203;03')}</p><table><tr><td>甲</td><td>1&ZeroWidthSpace;2</td></tr>"
    )
    assert lines(page) == [TITLE, PROSE, "甲\t12"]


def test_a_table_of_links_is_a_menu() -> None:
    menu = "<table><tr><td><a>第A01版：要闻</a></td><td><a>第A02版：经济</a></td><td><a>下一版</a></td></tr></table>"
    assert lines(f"<html><body>{menu}<p>{PROSE}</p></body></html>") == [PROSE]


def test_a_page_that_is_nested_too_deep_says_so() -> None:
    found = extract(f"<h1>{TITLE}</h1>" + f"<p><font>{PROSE}" * 3000, "a.html", "utf-8")
    assert found.text.count(PROSE) > 500
    assert found.notes == ("a.html: nests its tags too deep; what follows is not read, so save it as text",)
    with pytest.raises(UnreadableError, match=r"^a.html: nests its tags too deep to be read; save it as text$"):
        extract("<div>" * 9000 + PROSE, "a.html", "utf-8")


@pytest.mark.parametrize(
    "page",
    ["", "<!-- 云江 -->", "<html></html>", "<html><body><script>1</script></body></html>", "<nav>首页</nav>", FRAMES],
)
def test_a_page_without_text_is_told_in_one_line(page: str) -> None:
    with pytest.raises(UnreadableError, match=r"^a.html: is a web page without text; save it") as caught:
        extract(page, "a.html", "utf-8")
    assert "\n" not in str(caught.value)


# --- titles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>别的</title>", f"<h1>{TITLE}</h1><div><p>{PROSE}</p></div>"),
        (f"<title>{TITLE}_云江市人民政府网</title>", f"<div>{TITLE}</div><div><p>{PROSE}</p></div>"),
        (f"<title>{TITLE}_云江市人民政府网</title>", f"<div><p>{PROSE}</p></div>"),
        (f"<title>云江日报数字报-{TITLE}</title>", f"<div><b>{TITLE}</b></div><div><p>{PROSE}</p></div>"),
        (f"<title>{TITLE} - 云江之声</title><meta name=SiteName content=云江之声>", f"<div><p>{PROSE}</p></div>"),
        (f"<meta name='ArticleTitle' content='{TITLE}'><title>云江市政府</title>", f"<div><p>{PROSE}</p></div>"),
        ("", f"<h1>2024年云江市国民经济和<br>社会发展统计公报</h1><div><p>{PROSE}</p></div>"),
    ],
)
def test_the_title_is_the_first_line_and_stands_there_once(head: str, body: str) -> None:
    page = f"<html><head>{head}</head><body>{MENU}{body}</body></html>"
    assert lines(page) == [TITLE, PROSE]
    assert document(page).heading == TITLE


def test_the_name_of_a_site_is_no_title() -> None:
    assert lines(f"<title>云江市人民政府门户</title><div><p>{PROSE}</p></div>") == [PROSE]


# --- days -------------------------------------------------------------------------------------------------------------


def test_the_line_of_tools_below_a_title_states_nothing_and_dates_the_page() -> None:
    tools = "来源：云江市统计局 发布时间：2025-03-18 09:30 浏览次数：1234次 字体：[<a>大</a> <a>中</a> <a>小</a>]"
    found = document(article(f"<p>{tools}</p><p>{PROSE}</p>"))
    assert [figure.written for figure in found.figures] == ["1203.5亿元", "5.8%"]
    assert [event.event for event in found.events] == [TITLE, PROSE.partition("，")[2].rstrip("。")]
    assert str(found.dating.published) == "2025-03-18"


def test_a_line_between_title_and_text_dates_the_page() -> None:
    page = article(f"<p>{PROSE}</p>").replace("<div class='content'>", "<p>发布时间：2025-03-18 来源：本网</p><div>")
    found = document(page)
    assert found.dating.origin == "dateline"
    assert str(found.dating.published) == "2025-03-18"


@pytest.mark.parametrize(
    "meta",
    [
        "<meta name='PubDate' content='2025-03-18 09:20'>",
        "<META NAME=publishdate CONTENT=20250318>",
        "<meta property='article:published_time' content='2025-03-18T09:20:00+08:00'>",
        "<meta name='PubDate' content='2025年3月18日'>",
    ],
)
def test_a_day_that_only_the_head_declares_dates_the_page(meta: str) -> None:
    page = article("<p>今年1至2月，全市工业投资12.5亿元。</p>", meta)
    assert lines(page)[:2] == [TITLE, "发布时间：2025-03-18"]
    found = document(page)
    assert (found.dating.origin, str(found.dating.published)) == ("dateline", "2025-03-18")
    assert [f.period.code for f in found.figures if f.period] == ["2025-01/2025-02"]


def test_a_day_is_declared_once_and_never_guessed() -> None:
    declared = "<meta name='PubDate' content='2025-03-20'>"
    page = article(f"<p>（2025年3月18日）</p><p>{PROSE}</p>", declared)
    assert lines(page)[1] == "（2025年3月18日）"
    for meta in ("<meta name='PubDate' content='昨天'>", "<link rel=canonical href='/2025/03/18/a.html'>", ""):
        assert lines(article(f"<p>{PROSE}</p>", meta)) == [TITLE, PROSE]


# --- tables -----------------------------------------------------------------------------------------------------------


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def test_a_header_of_two_rows_names_each_column_by_both() -> None:
    page = article(
        "<p>财政收支</p>"
        + table(
            "<td rowspan=2>项目</td><td colspan=2>2024年</td><td colspan=2>2023年</td>",
            "<td>绝对额（亿元）</td><td>增长（%）</td><td>绝对额（亿元）</td><td>增长（%）</td>",
            "<td>税收收入</td><td>81.5</td><td>1.7</td><td>80.1</td><td>-2</td>",
            "<td>教育支出</td><td>22.4</td><td></td><td>21.0</td><td>3</td>",
        )
    )
    assert stated(page) == [
        "税收收入 level 8150000000 元 2024",
        "税收收入 growth 1.7 % 2024",
        "税收收入 level 8010000000 元 2023",
        "税收收入 growth -2 % 2023",
        "教育支出 level 2240000000 元 2024",
        "教育支出 level 2100000000 元 2023",
        "教育支出 growth 3 % 2023",
    ]


def test_a_header_that_names_statistics_above_what_is_told_of_them() -> None:
    page = table(
        "<td colspan=5>2024年云江市各县区主要指标</td>",
        "<td colspan=5>单位：亿元、%</td>",
        "<th rowspan=2>县区</th><th colspan=2>地区生产总值</th><th colspan=2>财政收入</th>",
        "<th>绝对额</th><th>增长</th><th>绝对额</th><th>同比增长</th>",
        "<td>北湖县</td><td>120.5</td><td>6.1</td><td>8.5</td><td>-2</td>",
        "<td>南湖县</td><td>98</td><td>5</td><td>7</td><td>4.5</td>",
        "<td colspan=5>注：增长按可比价格计算。</td>",
    )
    assert stated(page)[:5] == [
        "北湖县地区生产总值 level 12050000000 元 2024",
        "北湖县地区生产总值 growth 6.1 % 2024",
        "北湖县财政收入 level 850000000 元 2024",
        "北湖县财政收入 growth -2 % 2024",
        "南湖县地区生产总值 level 9800000000 元 2024",
    ]
    assert len(stated(page)) == 8


def test_a_cell_that_spans_rows_names_each_of_them_and_none_below() -> None:
    page = article(
        "<p>2024年各县外贸</p>"
        + table(
            "<td>县</td><td>指标</td><td>单位</td><td>数额</td>",
            "<td rowspan=2>北湖县</td><td>出口</td><td>亿元</td><td>11.5</td>",
            "<td>进口</td><td>亿元</td><td>5</td>",
            "<td colspan=2>全市进出口</td><td>亿元</td><td>16.5</td>",
        )
    )
    assert lines(page)[2:] == [
        "县\t指标\t单位\t数额",
        "北湖县\t出口\t亿元\t11.5",
        "北湖县\t进口\t亿元\t5",
        "全市进出口\t\t亿元\t16.5",
    ]
    assert stated(page)[-1] == "全市进出口 level 1650000000 元 2024"


def test_a_number_that_spans_rows_is_read_once_and_a_line_over_all_columns_holds_those_below() -> None:
    page = table(
        "<td>产品</td><td>产量（万吨）</td>",
        "<td colspan=2>种植业</td>",
        "<td>稻谷</td><td rowspan=2>12.5</td>",
        "<td>小麦</td>",
        "<td>玉米</td><td>3</td>",
    )
    assert lines(page) == ["产品\t产量（万吨）", "种植业", "稻谷\t12.5", "小麦\t", "玉米\t3"]


def test_cells_that_hold_sentences_are_read_as_sentences() -> None:
    page = article(
        table(
            "<td>序号</td><td>任务</td><td>单位</td>",
            "<td>1</td><td>到2025年，新建高标准农田5万亩。</td><td>市农业局</td>",
            "<td>2</td><td>2025年新增就业2万人，失业率控制在5%以内。</td><td>市人社局</td>",
        )
    )
    assert [(f.indicator, f.written) for f in document(page).figures][:2] == [
        ("新建高标准农田", "5万亩"),
        ("新增就业", "2万人"),
    ]


def test_a_table_in_a_page_says_what_it_says_in_a_text() -> None:
    text = "2024年主要产品产量\n\n产品名称\t单位\t产量\t比上年增长（%）\n钢材\t万吨\t120.5\t3.2\n"
    text += "水泥\t万吨\t…\t-1.4\n化肥\t万吨\t12.7\t\n"
    rows = ["".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in text.split("\n")[2:-1]]
    page = f"<html><body><p>2024年主要产品产量</p>{table(*rows)}</body></html>"
    plain = [(f.indicator, f.value, f.unit, f.period) for f in parse(text).figures]
    assert len(plain) == 4
    assert [(f.indicator, f.value, f.unit) for f in document(page).figures] == [each[:3] for each in plain]


def test_spans_without_end_take_no_room() -> None:
    row = "<td rowspan=65000 colspan=99999>甲</td><td colspan=x rowspan=-3>1</td>"
    assert len(extract(table(*[row] * 200), "a.html", "utf-8").text) < 300_000


@pytest.mark.parametrize(
    "part",
    [
        f"<p>{PROSE}</p>",
        "<div><a href='x'>首页新闻中心</a></div>",
        "<table><tr><td>甲</td><td>1.5</td></tr></table>",
        "<tr><td>甲</td><td>1.5</td></tr>",
        "全市工业增加值增长<br>",
        "<a>全市工业增加值增长",
    ],
)
def test_a_page_takes_linear_work(part: str) -> None:
    from zzcli.reading import html

    def reading(size: int) -> Callable[[], object]:
        tree = html._tree("<table>" * part.startswith("<tr") + part * size)[0]
        return lambda: html._article(list(html._lines(tree)), frozenset([PROSE]))

    assert grows_linearly(reading, 100)


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "encoding", "told"),
    [
        ("<meta charset='gb2312'>", "gbk", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gbk", "gb18030"),
        ("<meta charset=big5>", "big5", "big5"),
        ("<meta charset=gb2312>", "utf-8", "utf-8"),
        ("<meta charset=gb2312>", "utf-8-sig", "utf-8"),
        ("<meta charset=nonsense>", "gbk", "gb18030"),
        ("<meta charset=utf-8>", "gbk", "gb18030"),
        ("", "gbk", "gb18030"),
    ],
)
def test_a_page_is_in_the_encoding_that_holds(tmp_path: Path, head: str, encoding: str, told: str) -> None:
    written = "今年上半年，全市的經濟成長率為百分之五點八，較上年同期增加，人民的生活不斷提高。"
    written = written if encoding == "big5" else PROSE
    path = tmp_path / "a.html"
    path.write_bytes(f"<html><head>{head}</head><body><p>{written}</p></body></html>".encode(encoding))
    source = files.read(path)
    assert (source.text, source.encoding, source.format) == (written, told, "html")


def test_an_encoding_that_is_given_wins_over_what_a_page_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(f"<meta charset=big5><p>{PROSE}</p>".encode("gbk"))
    assert files.read(path, "gb18030").text == PROSE


def test_an_xml_declaration_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.xhtml"
    path.write_bytes(f"<?xml version='1.0' encoding='gb2312'?><html><body><p>{PROSE}</p></body></html>".encode("gbk"))
    assert files.read(path).text == PROSE


def test_a_page_is_told_by_its_beginning_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"<!DOCTYPE html>\n<html><body><p>{PROSE}</p></body></html>", encoding="utf-8")
    assert files.read(path).format == "html"


def test_characters_that_are_none_do_no_harm() -> None:
    text = extract("<p>产值&#xD800;5亿元&#0;，\x01增长&nbsp;2%。</p>", "a.html", "utf-8").text
    assert "5亿元" in text.encode().decode()


def test_every_record_of_a_page_is_cut_out_of_its_text() -> None:
    found = document(article(f"<p>{PROSE}</p>" + table("<td>指标<td>额（亿元）", "<td>出口<td>35.2", "<td>进口<td>3")))
    assert len(found.figures) == 4
    for f in found.figures:
        assert found.text.origin(f).of(found.file.text) == f.written


def test_without_the_extra_one_line_says_how_to_get_it_and_the_others_are_read(
    zzcli: Zzcli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(article(f"<p>{PROSE}</p>"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(PROSE, encoding="utf-8")
    for asked in (("search", "-l", "地区生产总值"), ("figures", "-f", "ndjson", "--workers", "1"), ("index",)):
        answer = zzcli(*asked, tmp_path)
        assert answer.code == 3
        assert answer.err == f"zzcli: {tmp_path / 'a.html'}: is a web page; to read it: pip install 'zzcli[html]'\n"
        assert answer.out


def test_a_page_that_the_finder_of_articles_cannot_take_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def broken(*_: object, **__: object) -> None:
        raise RecursionError

    page = f"<html><body>{MENU}<p>{PROSE}</p></body></html>"
    monkeypatch.setattr(trafilatura, "bare_extraction", broken)
    assert lines(page) == [PROSE]
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **__: None)
    assert lines(page) == [PROSE]
    monkeypatch.setattr("zzcli.reading.html._LARGEST", 10)
    assert lines(page) == [PROSE]
