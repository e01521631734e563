"""What people read: nothing cut, everything aligned, nothing of a document taken for markup."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.made import Made
from zzcli.document import Document, parse
from zzcli.facts.dating import Dating
from zzcli.facts.industries import Milestone
from zzcli.search import search
from zzcli.views import sheet, table
from zzcli.views.records import FLAGS


@pytest.fixture(autouse=True)
def pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def shown(*views: object) -> str:
    return sheet.render(views, sheet.screen(to_file=False))  # type: ignore[arg-type]


def all_of(page: Document) -> str:
    hits = search([page], "制造 企业")
    return shown(
        table.figures(page, page.figures),
        table.timeline(page, page.timeline),
        table.industries(page, page.industries),
        table.search(hits, len(hits), "制造 企业"),
        table.doubts(page, page.doubts),
        table.overview(page),
    )


def row(text: str, words: str) -> str:
    """The one row that holds the words."""
    (found,) = [line for line in text.splitlines() if words in line]
    return found


@pytest.mark.parametrize("width", [24, 40, 60, 80, 81, 100, 137, 200])
def test_tables_fit_their_width_and_cut_nothing(page: Document, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = all_of(page)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100, 160])
def test_long_text_folds_and_every_character_of_it_is_there(
    made: type[Made], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    words = "".join(f"工序{number}改造，" for number in range(200)) + "w" * 300 + "。"
    document = made(words).with_facts()
    text = shown(table.search(hits := search([document], "改造"), len(hits), "改造"))
    folded = "".join(line.removesuffix(" 1").strip() for line in text.splitlines()[4:-2])
    assert folded == words


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 140])
def test_no_character_is_lost_at_any_width(page: Document, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    def characters(text: str) -> str:
        return "".join(sorted(set("".join(text.split()))))

    monkeypatch.setenv("COLUMNS", "200")
    wide = all_of(page)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert set(characters(wide)) - set("─") <= set(characters(all_of(page)))
    text = "".join(shown(table.figures(page, page.figures)).split())
    for words in ("地区生产总值", "1203.45亿元", "第三·全省", "七八十家", "≤−1%", "period", "change,"):
        assert words in text


def test_where_columns_have_no_room_each_answer_stands_below_its_heading(
    page: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = shown(table.figures(page, page.figures)).splitlines()
    at = rows.index("地区生产总值")
    assert [" ".join(each.split()) for each in rows[at : at + 6]] == [
        "地区生产总值",
        "value 1203.45 亿元",
        "change, rank, +5.8% · 上年同期",
        "notes 第三 · 全省",
        "period 2024-S1*",
        "line 3",
    ]


def test_a_misread_rank_shows_what_was_read_and_what_was_written(made: type[Made]) -> None:
    page = made("合金产量全球第-。")
    rank = page.figure("第-", measure="rank", value=Decimal(1), unit="位", basis="全球", flags=("ocr",))
    document = page.with_facts((rank,))
    assert "第一 (written 第-) · 全球" in shown(table.figures(document, document.figures))
    page = made("覆盖率达到9O.68%。")
    share = page.figure("9O.68%", value=Decimal("90.68"), unit="%", flags=("ocr",), indicator="覆盖率")
    document = page.with_facts((share,))
    text = shown(table.figures(document, document.figures))
    assert "90.68 %" in row(text, "覆盖率")
    assert "written 9O.68%" in text


def test_a_long_line_ends_rather_behind_a_mark_than_within_a_word(
    made: type[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    document = made("全面推动产业转型升级和创新发展迈上新的台阶，制造名城建设取得显著成效。").with_facts()
    text = shown(table.search(search([document], "制造"), 1, "制造"))
    assert "迈上新的台阶， " in text


def test_a_number_and_its_unit_stay_on_one_line(made: type[Made], monkeypatch: pytest.MonkeyPatch) -> None:
    document = made("甲" * 17 + "产值1203.45亿元和1200多万户" * 20).with_facts()
    for width in range(40, 90):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = shown(table.search(search([document], "产值"), 1, "产值")).splitlines()
        assert not [each for each in lines if each.startswith(("亿元", "元", "万户", "户", "多"))]


@pytest.mark.parametrize("name", ["w" * 200, "（" * 200, "，" * 200])
def test_what_has_no_place_to_fold_is_cut_into_lines(
    made: type[Made], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    document = made().with_facts((made().figure("212家", indicator=name),))
    text = shown(table.figures(document, document.figures))
    assert max(map(cell_len, text.splitlines())) <= 60
    assert text.count(name[0]) == len(name)


def test_no_line_opens_with_a_closing_mark(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Made('数字经济、"小巨人"企业,' * 200 + "。").with_facts()
    for width in range(60, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        text = shown(table.search(search([document], "经济"), 1, "经济"))
        assert not [line for line in text.splitlines() if line.startswith(("、", "。", ",", '"企'))]
        assert not [line for line in text.splitlines() if line.endswith(('、"', ',"'))]


def test_a_level_stands_with_its_growth_and_rank_on_one_row(page: Document) -> None:
    text = shown(table.figures(page, page.figures))
    first = text.splitlines().index(row(text, "1203.45 亿元"))
    assert "+5.8% · 上年同期" in text.splitlines()[first]
    assert "第三 · 全省" in text.splitlines()[first + 1]
    assert text.count("5.8%") == 1


def test_a_growth_whose_level_is_not_shown_stands_alone(page: Document) -> None:
    text = shown(table.figures(page, page.figures[1:2]))
    assert "+5.8% · 上年同期" in row(text, "地区生产总值")


def test_values_are_as_written_and_numbers_align_right(page: Document) -> None:
    text = shown(table.figures(page, page.figures))
    numbers = ["1203.45", "七八十", "212"]
    rows = [row(text, number + " ") for number in numbers]
    ends = {cell_len(line[: line.index(number) + len(number)]) for line, number in zip(rows, numbers, strict=True)}
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("words", "written", "relation", "cell"),
    [
        ("约212家", "212家", "~", "~212 家"),
        ("212家以上", "212家", "≥", "≥212 家"),
        ("200余家", "200余家", ">", "200余 家"),
        ("40多万家", "40多万家", ">", "40多 万家"),
        ("七八十家", "七八十家", "~", "七八十 家"),
        ("上万家", "万家", ">", "上万 家"),
        ("近亿家", "亿家", "~", "近亿 家"),
        ("212家", "212家", "=", "212 家"),
    ],
)
def test_a_relation_is_told_once_by_its_sign_or_by_the_number_itself(
    made: type[Made], words: str, written: str, relation: str, cell: str
) -> None:
    page = made(f"全市企业{words}。")
    document = page.with_facts((page.figure(written, unit="家", indicator="企业", relation=relation),))
    assert " " + cell in row(shown(table.figures(document, document.figures)), "企业 ")


def test_a_fall_by_nearly_a_yi_has_its_sign_and_its_word(made: type[Made]) -> None:
    page = made("降低成本近亿元。")
    fall = page.figure("亿元", unit="元", indicator="成本", measure="difference", value=Decimal(-1), relation="~")
    document = page.with_facts((fall,))
    assert "−近亿元" in row(shown(table.figures(document, document.figures)), "成本")


def test_relation_status_and_flags_are_marked(page: Document) -> None:
    text = shown(table.figures(page, page.figures))
    assert "target" in row(text, "七八十")
    fall = row(text, "利润")
    assert "≤ −1%" in fall  # a fall of at least 1 %
    assert "2024-S1*" in text
    assert "doubtful: * year inferred (1), truncated (1)" in text


def test_every_row_names_its_line(page: Document) -> None:
    assert row(shown(table.figures(page, page.figures)), "212").endswith(" 8")
    assert row(shown(table.timeline(page, page.timeline)), "今年上半年").endswith(" 3")
    assert row(shown(table.industries(page, page.industries)), "智能船舶").endswith(" 8, 9")


def test_an_area_is_shown_where_it_is_not_that_of_the_document(made: type[Made]) -> None:
    page = made()
    elsewhere = page.with_facts((page.figure("212家", area="北湖县"), page.figure("1%", area=None)))
    assert "北湖县" in row(shown(table.figures(elsewhere, elsewhere.figures)), "212")
    assert "area" not in shown(table.figures(elsewhere, ()))


def test_industries_stand_under_their_tiers_and_the_others_below(page: Document) -> None:
    text = shown(table.industries(page, page.industries))
    order = [text.index(words) for words in ("支柱产业", "智能船舶", "1600.5亿元", "outside the tiers", "\n制造 ")]
    assert order == sorted(order)
    assert "2019 成为千亿集群" in text


def test_what_stands_under_a_tier_is_indented_also_where_it_folds(page: Document) -> None:
    ship = replace(page.industries[0], industry="智能船舶与海洋工程装备制造", status=(), milestones=())
    lines = shown(table.industries(page, [ship])).splitlines()
    at = lines.index(row("\n".join(lines), "支柱产业"))
    assert lines[at + 1].startswith("  智能船舶与海洋工程")
    assert lines[at + 2].startswith("  装备制造")


@pytest.mark.parametrize(
    ("code", "event", "told"),
    [
        ("2019", "成为千亿集群", "2019 成为千亿集群"),
        ("2019", "于2019年成为千亿集群", " 于2019年成为千亿集群"),
        ("2024-02", "今年2月突破千亿", "2024-02 今年2月突破千亿"),
        (None, "突破千亿", "? 突破千亿"),
    ],
)
def test_a_milestone_says_its_year_once(page: Document, code: str | None, event: str, told: str) -> None:
    ship = replace(page.industries[1], milestones=(Milestone(code, event),))
    text = row(shown(table.industries(page, [ship])), event)
    assert told in text
    assert text.count("2019") <= 1


def test_flags_are_told_apart_from_the_words_of_the_document(page: Document) -> None:
    event = replace(page.timeline[0], flags=("approximate",))
    assert "· approximate" in shown(table.timeline(page, [event]))


def test_a_document_without_tiers_has_no_tier_rows(page: Document) -> None:
    assert "outside" not in shown(table.industries(page, page.industries[1:]))


def test_the_caption_says_what_was_read(page: Document) -> None:
    text = shown(table.figures(page, page.figures))
    assert text.startswith("Figures  云江市工业走笔\n")
    assert "page.txt · 云江市 · published 2024, inferred from the dates in it · 6 figures" in text
    assert "2 of 6 figures" in shown(table.figures(page, page.figures[:2]))


@pytest.mark.parametrize(
    ("dating", "words"),
    [
        (Dating(published=date(2024, 9, 30), origin="given", year=2024, periods=()), "published 2024-09-30, given"),
        (
            Dating(published=date(2024, 9, 30), origin="dateline", year=2024, periods=()),
            "2024-09-30, from its dateline",
        ),
        (Dating(published=None, origin="none", year=None, periods=()), "published not settled"),
    ],
)
def test_the_caption_says_how_the_date_is_known(made: type[Made], dating: Dating, words: str) -> None:
    page = made().with_facts(dating=dating)
    assert words in shown(table.timeline(page, ()))


def test_a_text_without_facts_is_an_empty_table_that_says_so(made: type[Made]) -> None:
    page = made().with_facts()
    assert "no figures" in shown(table.figures(page, ()))
    assert "no dated statements" in shown(table.timeline(page, ()))
    assert "no industries" in shown(table.industries(page, ()))


HOSTILE = "[red]甲[/]:100:[/nope]产业强。"


def test_text_of_a_document_is_no_markup_and_steers_no_terminal(made: type[Made]) -> None:
    document = made(HOSTILE).with_facts()
    hits = search([document], "产业")
    text = shown(table.search(hits, 1, "[/]\x07\u202e"))
    assert HOSTILE in text
    assert "[/]␇‹U+202E›" in text
    page = made()
    document = page.with_facts((page.figure("212家", indicator="\x1b[31m[red]\u202e企业"),))
    assert "␛[31m[red]‹U+202E›企业" in shown(table.figures(document, document.figures))


def test_a_hit_of_several_documents_names_its_source(made: type[Made]) -> None:
    one, other = made("产业强市。").with_facts(), made("产业兴市。").with_facts()
    other = replace(other, file=replace(other.file, name="folder/other.txt"))
    hits = search([one, other], "产业")
    text = shown(table.search(hits, 2, "产业"))
    assert "other.txt" in row(text, "兴市")
    assert "page.txt" in row(text, "强市")


def test_the_answer_is_coloured_in_a_terminal_only(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    view = table.search(search([page], "制造"), 1, "制造")
    assert "\x1b" not in shown(view)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;36m制造\x1b[0m" in shown(view)
    assert "\x1b" not in sheet.render([view], sheet.screen(to_file=True))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in shown(view)


def test_standard_input_has_a_name(made: type[Made]) -> None:
    document = made().with_facts()
    document = replace(document, file=replace(document.file, name="-"))
    assert "standard input (utf-8)" in shown(table.overview(document))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("9999", "9999元"),
        ("15000", "1.5万元"),
        ("100000000", "1亿元"),
        ("12345678901234567890123456789012345", "123456789012345678901234567.89012345亿元"),
    ],
)
def test_a_scale_is_told_in_yi_or_wan_exactly(
    page: Document, monkeypatch: pytest.MonkeyPatch, value: str, words: str
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    industry = replace(page.industries[1], scale=Decimal(value), scale_unit="元")
    assert f" {words} " in row(shown(table.industries(page, [industry])), words)


@pytest.mark.parametrize(
    ("written", "unit", "cell"),
    [
        ("49.51万户", "户", "49.51 万户"),
        ("8.6个百分点", "个百分点", "8.6 个百分点"),
        ("532万美元", "美元", "532 万美元"),
        ("3万至6万元", "元", "3万至6 万元"),
        ("5%—6%", "%", "5%—6 %"),
        ("380", None, "380"),
        ("0.5元/千瓦时", "元/千瓦时", "0.5 元/千瓦时"),
        ("40万平", "平方米", "40 万平"),
        ("亿元", "元", "亿 元"),
        ("百分之五", "%", "百分之五"),
    ],
)
def test_a_unit_stands_behind_its_number(made: type[Made], written: str, unit: str | None, cell: str) -> None:
    page = made(f"项目达{written}。")
    document = page.with_facts((page.figure(written, unit=unit, indicator="项目"),))
    assert f" {cell} " in row(shown(table.figures(document, document.figures)), "项目 ") + " "


def test_a_change_says_what_it_is_against_and_when(made: type[Made]) -> None:
    page = made("产值5亿元，高于全国3个百分点，拉动0.5个百分点，下降2%。")
    last = page.period("产值", "2023", date(2023, 1, 1), date(2023, 12, 31))
    this = page.period("产值", "2024", date(2024, 1, 1), date(2024, 12, 31))
    related = [
        page.figure("3个百分点", measure="difference", value=3, unit="个百分点", basis="全国", level=0),
        page.figure("0.5个百分点", measure="contribution", value=1, unit="个百分点", level=0),
        page.figure("2%", measure="growth", value=-2, unit="%", level=0, period=last, relation="≥"),
    ]
    document = page.with_facts((page.figure("5亿元", unit="元", period=this), *related))
    text = shown(table.figures(document, document.figures))
    assert "+3个百分点 · 全国" in text
    assert "contributes 0.5个百分点" in text
    assert "≤ −2% · 2023" in text  # a fall of at least 2 %


def test_a_cell_of_a_table_is_shown_with_the_unit_of_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    document = parse(
        "附表 主要产品产量\n\n产品名称\t单位\t产量\t增长（%）\n钢材\t万吨\t120.5\t3.2\n水泥\t万吨\t0\t-1.4\n"
    )
    text = shown(table.figures(document, document.figures))
    assert "120.5 万吨" in row(text, "钢材")
    assert "+3.2%" in row(text, "钢材")
    assert " 0 吨" in row(text, "水泥")
    assert "-1.4%" in row(text, "水泥")


def test_a_flag_that_is_no_doubt_is_a_flag() -> None:
    assert set(FLAGS) > table.DESCRIBING


def test_a_statement_told_twice_is_one_row_with_both_lines() -> None:
    text = "晚间新闻\n\n6.前三季度全国出口增长5%\n\n要闻\n\n前三季度，全国出口增长5%。\n\n前三季度，全国进口增长2%。\n"
    document = parse(text, date(2024, 10, 22))
    told = shown(table.timeline(document, document.timeline))
    assert row(told, "出口增长5%").endswith(" 3, 7")
    assert row(told, "进口增长2%").endswith(" 9")
    assert "3 dated statements" in told  # each is counted, and each has a record of its own


def test_growths_that_are_spread_stand_beside_their_own_levels() -> None:
    text = "居民收入\n\n2023年，城镇、农村居民人均可支配收入分别达到38215元、21067元，分别增长5.2%和7.4%。"
    document = parse(text, date(2024, 6, 30))
    told = shown(table.figures(document, document.figures))
    assert "+5.2%" in row(told, "38215")
    assert "+7.4%" in row(told, "21067")


def test_a_statement_is_not_folded_into_a_strip(page: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    told = shown(table.timeline(page, page.timeline))
    assert "  what happened  " in told  # below the others, with the width to itself


def test_in_a_file_with_pages_a_place_is_its_page_and_line() -> None:
    plain = parse("2024年，企业85家。\n\n2023年，企业80家，园区3个。")
    document = replace(plain, file=replace(plain.file, pages=(0, plain.file.text.index("2023"))))
    rows = shown(table.figures(document, document.figures)).splitlines()
    assert "page:line" in rows[2]
    assert [line.split()[-1] for line in rows[4:7]] == ["1:1", "2:3", "2:3"]
    assert "2:3" in shown(table.timeline(document, document.timeline))
