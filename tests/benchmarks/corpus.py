"""Texts to measure on, made from sentences of our own: work reports that read as such, and text that is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

PLACES = ["云江市", "青岭县", "南桥区", "北川镇", "东湖新区", "临港片区", "白石县", "明州市"]
TRADES = [
    "轨道交通",
    "航空动力",
    "新型显示",
    "智能船舶",
    "生物医药",
    "电子信息",
    "现代物流",
    "纺织服装",
    "新材料",
    "食品加工",
]
WORKS = [
    "主干道改造",
    "污水处理厂",
    "过江通道",
    "游客中心",
    "中心医院",
    "职业学院",
    "冷链仓库",
    "科创园区",
    "公租房",
    "水库除险",
]
DEEDS = ["稳步推进", "全面完成", "加快实施", "扎实开展", "持续深化", "如期建成", "有序铺开", "高标准建设"]
GOALS = ["营商环境", "乡村面貌", "城市品质", "基层治理", "公共服务", "生态质量", "创新能力", "开放水平"]

PROSE = (
    "我们坚持稳字当头，{deed}{work}，{goal}不断改善，群众的获得感更加充实。",
    "{place}把{trade}作为主攻方向，组织专班上门服务，帮助企业解决用地、用工和融资方面的困难。",
    "深入开展{goal}提升行动，健全部门协同机制，一件事一次办的范围继续扩大。",
    "从生产车间到田间地头，从社区食堂到山村小学，干部们走村入户，把政策讲清楚、把问题带回来。",
    "同时也要看到，发展不平衡的问题仍然突出，{trade}的链条还不够长，{goal}与期待相比还有差距。",
    "支持{place}与周边地区共建园区，推动{trade}、{other}等产业协同发展，形成优势互补的格局。",
    "完善养老托育服务，办好家门口的学校，让{work}真正惠及寻常人家。",
    "严格落实责任，守住安全底线，{work}没有发生影响较大的事故。",
)
FACTS = (
    "{year}年，{place}地区生产总值{n}.{m}亿元，比上年增长{m}.{k}%。",
    "截至{year}年6月底，全市实有经营主体{n}.{k}万户，其中企业{m}.8万户。",
    "去年{k}月，{work}开工建设，总投资约{n}亿元，预计{next}年底前投入使用。",
    "{trade}、{other}等{k}个优势产业集聚上下游企业{n}家，规模突破{m}00亿元，居全省第{k}位。",
    "财政收入{n}.{m}亿元，同口径增长{m}.{k}%，其中税收占比{m}{k}.{m}%，提高{k}.{m}个百分点。",
    "{deed}{work}，新增床位{n}张，{n}余名群众受益。",
    "预期目标是：规模工业增加值增长{m}%左右，城镇新增就业{m}.{k}万人以上。",
)


def report(characters: int, seed: int = 0) -> str:
    """A work report of about that length: a figure to some eighty characters."""
    chance = Random(seed)
    parts = [f"{chance.choice(PLACES)}政府工作报告\n\n"]
    size = len(parts[0])
    while size < characters:
        sentences = [_sentence(chance) for _ in range(chance.randint(3, 7))]
        parts.append("".join(sentences) + "\n")
        size += len(parts[-1])
    return "".join(parts)[:characters]


def _sentence(chance: Random) -> str:
    year = chance.randint(2012, 2024)
    return chance.choice(PROSE if chance.random() < 0.78 else FACTS).format(
        place=chance.choice(PLACES),
        trade=chance.choice(TRADES),
        other=chance.choice(TRADES),
        work=chance.choice(WORKS),
        deed=chance.choice(DEEDS),
        goal=chance.choice(GOALS),
        year=year,
        next=year + 1,
        n=chance.randint(11, 998),
        m=chance.randint(1, 9),
        k=chance.randint(2, 9),
    )


ENDLESS = {
    "a line of digits": "8",
    "a line of characters without a stop": "工",
    "a line of spaces": " ",
    "a line of brackets": "（",
    "a line of 2024年2024年": "2024年",
    "a line of 一一一": "一",
    "a line of 亿亿亿": "亿",
}


def endless(name: str, size: int) -> str:
    """One line that repeats a piece, of about that many bytes in UTF-8."""
    piece = ENDLESS[name]
    return piece * (size // len(piece.encode()))


def large(size: int) -> str:
    """Reports one after another, of about that many bytes in UTF-8."""
    parts: list[str] = []
    seed = 0
    while size > 0:
        parts.append(report(30_000, seed))
        size -= len(parts[-1].encode())
        seed += 1
    return "\n\n".join(parts)


def written(folder: Path, count: int, characters: int) -> Iterator[Path]:
    """Reports written to a folder, one file each."""
    for number in range(count):
        path = folder / f"{number:05}.txt"
        path.write_text(report(characters, number), encoding="utf-8")
        yield path
