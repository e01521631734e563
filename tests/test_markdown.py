"""Promises of Markdown: its marks spoil no name and no number, and every place is one in the file as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from zzcli.document import Document, of_source, parse, read
from zzcli.library import Terms
from zzcli.reading.lines import view_of
from zzcli.reading.reflow import reflow
from zzcli.reading.source import Source
from zzcli.search import Query

PAGE = """---
title: "2024年云江市国民经济和社会发展统计公报"
date: 2025-03-18
tags: [统计, 公报]
---

# 一、综合 #

2024年，全市**地区生产总值1203.5亿元**，比上年增长*5.8%*，其中__第一产业__增加值**120**亿元。

- [x] 完成[固定资产投资](https://example.org/a_(b) "注")`410.5亿元`，增长***4.2%***[^1]。
- **重点项目**：~~新增~~ 32个
1. [出口][a]35.2亿元，比上年下降 _2.4%_。

```text
进口12.8亿元。
```

| 指标 | **绝对额（亿元）** | 增长（%） |
|:---|---:|---:|
| 税收收入 | **81.5** | 1.7 |
| 教育支出 | 22.4 | `-2.1` |

[^1]: 按可比价格计算。
[a]: https://example.org
"""


def document(text: str) -> Document:
    return of_source(Source("a.md", text, "utf-8", "markdown"))


def clean(text: str) -> str:
    return document(text).text.clean


def test_a_document_says_the_same_with_its_marks_as_without() -> None:
    found = document(PAGE)
    assert [(f.indicator, f.measure, f.written, f.period and f.period.code) for f in found.figures] == [
        ("地区生产总值", "level", "1203.5亿元", "2024"),
        ("地区生产总值", "growth", "5.8%", "2024"),
        ("第一产业增加值", "level", "120亿元", "2024"),
        ("固定资产投资", "level", "410.5亿元", "2024"),
        ("固定资产投资", "growth", "4.2%", "2024"),
        ("新增", "level", "32个", "2024"),
        ("出口", "level", "35.2亿元", "2024"),
        ("出口", "growth", "2.4%", "2024"),
        ("进口", "level", "12.8亿元", "2024"),
        ("税收收入", "level", "81.5", "2024"),
        ("税收收入", "growth", "1.7", "2024"),
        ("教育支出", "level", "22.4", "2024"),
        ("教育支出", "growth", "-2.1", "2024"),
    ]
    assert found.heading == "2024年云江市国民经济和社会发展统计公报"
    assert (str(found.dating.published), found.dating.origin) == ("2025-03-18", "dateline")


def test_every_place_is_one_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(PAGE, encoding="utf-8")
    found = read(path)
    assert found.file.format == "markdown"
    assert found.file.text == PAGE
    places = [found.text.origin(f).of(PAGE) for f in found.figures]
    assert places[:3] == ["1203.5亿元", "5.8%", "120**亿元"]
    assert len(view_of(PAGE, "markdown")) == len(PAGE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("全市**增长**5.8%，**1**203.5亿元。", "全市增长5.8%，1203.5亿元。"),
        ("## 二、**工业** ##\n\n[工业](a.html)增长。", "二、工业\n工业增长。"),
        ("全市<font color=red>工业</font>增长<br/>5%。", "全市工业增长5%。"),
        ("见![图1](a.png)和[表1][t]，[注](略)。", "见图1和表1，注。"),
        ("***[工业](x)***增长`5%`。", "工业增长5%。"),
        ("详见<https://example.org/a>，增长5%。", "详见，增长5%。"),
        ("全市工业\\*增长。", "全市工业*增长。"),
        # what only looks like a mark
        ("共2*3*4个，甲_乙_丙增长，粮食* 和油料*增长。", "共2*3*4个，甲_乙_丙增长，粮食*和油料*增长。"),
        ("共5 * 6个，又7 * 8个。", "共5 * 6个，又7 * 8个。"),
        ("参见__init__a和a_b_c。", "参见__init__a和a_b_c。"),
        ("[方案]全文，增长。", "[方案]全文，增长。"),
    ],
)
def test_marks_vanish_and_what_is_no_mark_stays(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_a_plain_text_keeps_what_would_be_marks_in_markdown() -> None:
    for text in ("甲*乙*丙和`丁`增长，__戊__下降。", "见[表1][t]，[注](略)。", "---\ntags：公报，统计。\n---\n完。"):
        assert reflow(text).clean == parse(text).text.clean
        assert reflow(text).clean.replace("\n", "") == text.replace("\n", "")
        assert clean(text) != reflow(text).clean


def test_of_what_stands_before_the_text_only_title_and_date_are_read() -> None:
    assert clean("---\r\ntitle: '云江'\r\nauthor: 甲\r\n---\r\n\r\n产值5亿元。").split() == ["云江", "产值5亿元。"]


def test_a_blank_line_parts_paragraphs_and_a_line_that_is_cut_goes_on() -> None:
    wide = "全市坚持稳中求进工作总基调，全力推进各项重点工作任务落地"
    assert clean(f"{wide}\n\n{wide}\n\n{wide}\n") == "\n".join([wide] * 3)
    assert clean(f"{wide}，\n今年完成。\n") == f"{wide}，今年完成。"


def test_a_term_that_marks_break_is_found_and_one_that_is_hidden_is_not() -> None:
    def holds(term: str, form: str) -> bool:
        source = Source("a.md", PAGE, "utf-8", form)
        return Terms(Query.of(term, in_parts=False), term).look(source) is not None

    for term in ("第一产业增加值", "完成固定资产投资410.5亿元", "出口35.2亿元"):
        assert holds(term, "markdown")
        assert not holds(term, "text")
    assert holds("tags", "text")
    assert not holds("tags", "markdown")


@pytest.mark.parametrize(
    "part",
    ["*", "**", "_", "__", "`", "[", "[a](", "![", "<a ", "\\", "~~", "*a", "__甲", "[^", "---\n", "- [x] ", "甲*_`["],
)
def test_marks_without_end_move_no_place(part: str) -> None:
    assert len(view_of(part * 2000, "markdown")) == len(part * 2000)
