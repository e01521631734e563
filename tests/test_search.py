"""Search: what is found, in which order, and what is marked."""

from __future__ import annotations

import pytest

from zzcli.document import Document, parse
from zzcli.errors import UsageError
from zzcli.search import Hit, Tier, fold, frequent, nearest, search
from zzcli.views.records import hit_record

PAGE = """云江市做强产业

云江市从江边小镇崛起为制 造名城。智能船
舶产业于2015年成为千亿集群,服饰产业于20
20年迈上千亿台阶。以智能船舶、航空动力为
先锋,各类产业梯度发展。航空动力的航空二
字人人皆知。

全面掌握ＩＧＢＴ技术,用C++和Open  Source
工具,写成"Air[/]*.txt"。「世界级」集群面
积20㎡，出口484 亿元！

2.0版亮相柏林。增速3.5%—4%。
"""


@pytest.fixture
def document() -> Document:
    return parse(PAGE, source="page.txt")


def quotes(hits: list[Hit]) -> list[str]:
    return [hit.quote for hit in hits]


def marked(document: Document, hit: Hit) -> list[str]:
    """What is highlighted, as it stands in the file."""
    return [document.text.source[start:end] for start, end in hit_record(hit)["highlights"]]


@pytest.mark.parametrize(
    ("term", "as_in_file"),
    [
        ("制造名城", "制 造名城"),
        ("智能船舶产业", "智能船\n舶产业"),
        ("制 造 名城", "制 造名城"),
        ("2015年成为", "2015年成为"),
    ],
)
def test_a_term_that_the_scan_broke_is_found(document: Document, term: str, as_in_file: str) -> None:
    first, *_ = search([document], term)
    assert first.tier is Tier.PHRASE
    assert marked(document, first) == [as_in_file]


@pytest.mark.parametrize(
    ("term", "as_in_file"),
    [
        ("igbt", "ＩＧＢＴ"),
        ("Ｃ＋＋", "C++"),
        ("c++", "C++"),
        ("“世界级”", "「世界级」"),
        ("面积20m2，", "面\n积20㎡，"),
        ("484亿元!", "484 亿元！"),
        ("open source", "Open  Source"),
        ("3.5%-4%", "3.5%—4%"),
    ],
)
def test_width_case_and_forms_of_marks_do_not_count(document: Document, term: str, as_in_file: str) -> None:
    (hit,) = search([document], term)
    assert marked(document, hit) == [as_in_file]


@pytest.mark.parametrize("term", ["C++", "[/]", '"', "*", "[/]*.txt", "2.0", "%"])
def test_a_query_is_text(document: Document, term: str) -> None:
    hits = search([document], term)
    assert hits
    assert all(fold(term) in fold(hit.quote) for hit in hits)


@pytest.mark.parametrize("term", ["2x0", ".*", "C+", "opensource", "[a-z]", "(", "\\"])
def test_no_character_of_a_query_has_a_meaning_of_its_own(document: Document, term: str) -> None:
    found = [hit for hit in search([document], term) if term != "C+"]
    assert not found


def test_the_whole_query_comes_before_its_words_and_these_before_some(document: Document) -> None:
    hits = search([document], "航空动力 产业")
    assert [hit.tier for hit in hits] == sorted((hit.tier for hit in hits), reverse=True)
    assert (hits[0].tier, hits[-1].tier) == (Tier.WORDS, Tier.SOME)
    assert "梯度发展" in hits[0].quote
    assert {"云江市做强产业", "航空动力的航空二字人人皆知。"} <= set(quotes(hits))


def test_a_long_word_is_also_found_in_its_parts_ranked_lower(document: Document) -> None:
    whole, apart = search([document], "智能船舶产业")
    assert (whole.tier, apart.tier) == (Tier.PHRASE, Tier.PARTS)
    assert marked(document, whole) == ["智能船\n舶产业"]
    assert set(marked(document, apart)) <= {"智能船舶", "智能", "船舶", "产业"}
    assert "梯度发展" in apart.quote


def test_a_passage_with_only_one_part_of_a_word_is_no_answer(document: Document) -> None:
    assert search([document], "柏林产业") == []


def test_within_a_tier_the_more_relevant_passage_comes_first() -> None:
    many = "产业、产业、产业。"
    document = parse(f"云江产业与社会各项事业在过去的五年里都取得了长足的进步。\n\n{many}", source="page.txt")
    assert quotes(search([document], "产业"))[0] == many


def test_equally_good_passages_stand_in_the_order_of_the_text() -> None:
    document = parse("甲业兴。乙业兴。丙业兴。", source="page.txt")
    assert quotes(search([document], "业兴")) == ["甲业兴。", "乙业兴。", "丙业兴。"]


def test_the_score_shows_the_tier_and_falls(document: Document) -> None:
    hits = search([document], "航空动力 产业")
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [int(score) for score in scores] == [hit.tier for hit in hits]


def test_headings_are_passages(document: Document) -> None:
    assert "云江市做强产业" in quotes(search([document], "做强产业"))


def test_a_query_that_runs_over_a_full_stop_is_found(document: Document) -> None:
    (hit,) = search([document], "名城。智能船舶")
    assert marked(document, hit) == ["名城。智能船\n舶"]


def test_several_documents_are_ranked_together() -> None:
    one, other = parse("产业兴。", source="one.txt"), parse("产业兴，产业旺，产业强。", source="other.txt")
    assert [hit.document.source for hit in search([one, other], "产业")] == ["other.txt", "one.txt"]


def test_characters_that_cannot_be_seen_do_not_count() -> None:
    document = parse("云江\u200b制\u00ad造名城。", source="page.txt")
    (hit,) = search([document], "制造名\u200b城")
    assert marked(document, hit) == ["制\u00ad造名城"]


@pytest.mark.parametrize("term", ["", "  ", "\u200b"])
def test_an_empty_query_is_refused(document: Document, term: str) -> None:
    with pytest.raises(UsageError, match="empty"):
        search([document], term)


def test_the_nearest_terms_are_ones_that_the_document_holds(document: Document) -> None:
    near = nearest([document], "智能船坞")
    assert near[0] in ("智能", "智能船舶", "船舶")
    assert all(word in document.text.clean for word in near)


def test_where_nothing_is_near_nothing_is_named_but_the_most_frequent_terms_can_be(document: Document) -> None:
    assert nearest([document], "qq") == []
    assert frequent([document], count=1) == ["产业"]


def test_matches_that_touch_or_overlap_are_marked_once() -> None:
    document = parse("产业业兴，产业产业。", source="page.txt")
    (hit,) = search([document], "产业 业兴 兴，")
    assert marked(document, hit) == ["产业", "业兴，", "产业", "产业"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("３．５％", "3.5%"),
        ("A B", "a b"),
        ("100 200", "100 200"),
        ("增长 5 %", "增长5%"),
        ("\u3000第 一\u00a0批", "第一批"),
        ("『甲』·乙・丙", '"甲"·乙·丙'),
        ("〔2024〕5号", "[2024]5号"),
        ("straße", "strasse"),
    ],
)
def test_text_is_compared_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("unbroken", ["从", "发展", "1从"])
def test_what_is_segmented_is_bounded(monkeypatch: pytest.MonkeyPatch, unbroken: str) -> None:
    seen: list[str] = []
    monkeypatch.setattr("zzcli.mentions.words.cut", lambda text: seen.append(text) or [text])
    text = unbroken * 2000 + "，" + "产业兴市，" * 300
    document = parse(text)
    nearest([document], unbroken * 500)
    assert "".join(seen) == document.text.clean
    assert max(map(len, seen)) <= 400
    assert not [piece for piece in seen[-3:-1] if not piece.endswith("，")]
    seen.clear()
    assert search([document], unbroken * 500)
    assert seen == []
