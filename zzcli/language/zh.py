"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

ZH: dict[str, str] = {
    # statistics side by side, and over time
    "Side by side": "对照",
    "Series": "序列",
    "{shown} of {count} statistics in several columns": "多栏共有指标 {count} 项，列出 {shown} 项",
    "{shown} of {count} in one": "仅一栏有 {count} 项，列出 {shown} 项",
    "{count} figures without a name or a period left out": "略去无名称或无时间的数字 {count} 个",
    "only {column}": "仅 {column}",
    "period": "时间",
    "value": "数值",
    "notes": "说明",
    "where": "出处",
    "indicator": "指标",
    "document": "文件",
    "line": "行",
    "{points} values in {documents} documents": "{documents} 个文件中的 {points} 个数值",
    "{count} contradicted": "{count} 个互相矛盾",
    "{mark} year inferred ({count})": "{mark} 年份系推断（{count}）",
    "also there: {names}": "另有：{names}",
    "contradicted by another statement": "与另一处矛盾",
    "standard input": "标准输入",
    "page {page}": "第{page}页",
    "line {line}": "第{line}行",
    "{points}pp": "{points}百分点",
    "growth": "增长",
    "difference": "增减",
    "contribution": "拉动",
    "rank": "位次",
    "real": "实际",
    "nominal": "名义",
    "target": "目标",
    "rule": "规定",
}
