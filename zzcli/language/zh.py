"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

ZH: dict[str, str] = {
    # charts
    "figures: {count}": "数据{count}条",
    "ranks, not drawn: {count}": "位次{count}条，未作图",
    "industries with a scale: {count}": "有规模的产业{count}个",
    "without: {count}": "未写规模的{count}个",
    "dated statements: {count}": "记事{count}条",
    "without a date: {count}": "日期未定{count}条",
    "line {number}": "第{number}行",
    # the text, and the marks in it
    "page {number}": "第{number}页",
    "dates": "日期",
}
