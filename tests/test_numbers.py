"""Numerals: exact values of every form, and where a numeral ends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzcli.mentions.numbers import LONGEST, plain, read_numeral, times

WHOLE = [
    ("0", "0"),
    ("007.50", "7.50"),
    ("1,234.5", "1234.5"),
    ("1，234，567", "1234567"),
    ("１２．５", "12.5"),
    ("9 0 . 6 8", "90.68"),
    ("1853 .63", "1853.63"),
    ("1.37万亿", "1370000000000"),
    ("49.51万", "495100"),
    ("1亿2000万", "120000000"),
    ("1万600", "10600"),
    ("3千5百", "3500"),
    ("2个亿", "200000000"),
    ("8点5", "8.5"),
    ("三百四十", "340"),
    ("一百零五", "105"),
    ("一百十一", "111"),
    ("一万零四十", "10040"),
    ("十一亿零九千零三十二", "1100009032"),
    ("三千万亿", "3000000000000000"),
    ("两万五", "25000"),
    ("一百二十万三", "1203000"),
    ("二〇二四", "2024"),
    ("一七二零点一三", "1720.13"),
    ("零点零零一", "0.001"),
    ("廿二", "22"),
    ("卅", "30"),
    ("壹佰零贰", "102"),
    ("貳萬", "20000"),
    ("十", "10"),
    ("一百万三千", "1003000"),
    ("200亿零四千230", "20000004230"),
]


@pytest.mark.parametrize(("written", "value"), WHOLE)
def test_a_numeral_is_read_whole_and_exact(written: str, value: str) -> None:
    numeral = read_numeral(plain(written), 0)
    assert numeral is not None
    assert (numeral.end, numeral.value, numeral.value_max) == (len(written), Decimal(value), None)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("七八十", 70, 80),
        ("三五百", 300, 500),
        ("两三千", 2000, 3000),
        ("十七八", 17, 18),
        ("四五千万", 40000000, 50000000),
    ],
)
def test_two_digits_side_by_side_are_a_range(written: str, low: int, high: int) -> None:
    numeral = read_numeral(written, 0)
    assert numeral is not None
    assert (numeral.value, numeral.value_max) == (low, high)


@pytest.mark.parametrize(
    ("written", "value", "relation"),
    [
        ("两千余", 2000, ">"),
        ("一万六千多", 16000, ">"),
        ("20余万", 200000, ">"),
        ("1万多亿", 10**12, ">"),
        ("5.8万余", 58000, ">"),
        ("十来", 10, "~"),
        ("十几", 10, ">"),
        ("几十万", 100000, ">"),
        ("数百", 100, ">"),
        ("二十多", 20, ">"),
    ],
)
def test_approximate_numerals_say_so(written: str, value: int, relation: str) -> None:
    numeral = read_numeral(written, 0)
    assert numeral is not None
    assert (numeral.end, numeral.value, numeral.relation) == (len(written), value, relation)


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("1,2345", "1"),  # no grouping
        ("2024，120", "2024"),  # a comma of the sentence
        ("三百一十一百", "三百一十一"),
        ("5多", "5"),
        ("5000余额", "5000"),
        ("30多元化", "30"),
        ("八点三十分", "八"),
        ("一千千", "一千"),
        ("5万2024年", "5万"),
        ("3 5 8", "3"),
        ("三百零", "三百"),
        ("亿万", "亿"),
    ],
)
def test_a_numeral_ends_where_the_grammar_does(text: str, numeral: str) -> None:
    read = read_numeral(text, 0)
    assert read is not None
    assert read.of(text) == numeral


def test_multipliers_alone_are_told_from_numbers() -> None:
    read = [read_numeral(text, 0) for text in ("千亿", "十亿", "一千", "5千")]
    assert [numeral.form for numeral in read if numeral] == ["multiplier", "words", "words", "digits"]


def test_the_scales_of_a_numeral_fall_to_one() -> None:
    numeral = read_numeral("九百亿", 0)
    assert numeral is not None
    assert numeral.scales == (100 * 10**8, 10**8, 1)


def test_what_is_no_numeral_is_none() -> None:
    assert read_numeral("几个", 0) is None
    assert read_numeral("多", 0) is None


def test_longer_than_the_longest_is_left_out() -> None:
    assert read_numeral("1" * (LONGEST + 1), 0) is None
    numeral = read_numeral("1" * LONGEST + "亿", 0)
    assert numeral is not None
    assert numeral.value == Decimal("1" * LONGEST + "0" * 8)


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_numerals_come_back_as_the_number_they_were_written_from(number: int) -> None:
    numeral = read_numeral(chinese(number), 0)
    assert numeral is not None
    assert (numeral.end, numeral.value) == (len(chinese(number)), number)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**30))
def test_digits_are_exact(number: Decimal) -> None:
    numeral = read_numeral(f"{number:f}", 0)
    assert numeral is not None
    assert numeral.value == number
    assert times(number, 10**8) == Decimal(f"{number:f}E8")


@given(st.text())
def test_plain_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)


def chinese(number: int) -> str:
    """The number in Chinese numerals, written in full."""
    if number == 0:
        return "零"
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    written = ""
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group:
            if written and (group < 1000 or groups[place + 1] == 0):
                written += "零"
            written += thousands(group)
            written += "万" if place % 2 else ""
        if place == 2 and written:
            written += "亿"
    return written.replace("零零", "零")


def thousands(number: int) -> str:
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + name
            zero = False
        else:
            zero = True
    return written
