"""What a number measures, where its own words say it and where they leave it to the words before.

增加值40亿元，增长4%: the growth is of the 增加值. 其中住宅443万平方米: a part takes the statistic of the whole.
三次产业增加值分别为…, 分别增长…: names are spread over numbers in their order.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from zzcli.facts import naming
from zzcli.facts.clauses import Clause, Seat
from zzcli.facts.measures import Reading, changing
from zzcli.facts.mentioned import Mentions
from zzcli.facts.stating import countable
from zzcli.mentions.names import find_areas
from zzcli.mentions.quantities import Quantity
from zzcli.patterns import compiled
from zzcli.span import Span

_PART_OF = compiled(r"其中|按[^，。]{1,8}分|分[^，。]{1,8}看|从[^，。]{1,10}看")
_APART = compiled(r"分别(?:实现|完成|达到?|建成|新增|为)?")  # 市区、西岭县分别完成投资
_SHARED = compiled(r"分别|各")
_OF_SOME = compiled(r"中，?有$")  # 30个项目中有6个
# A、B和C三项污染物平均浓度: a count in the midst of a coordination
_LISTED = compiled(r"^(.{0,60}?[、和与及].{0,60}?)[\d一二三四五六七八九十两]{1,3}[个项类种大家]$")
# 贡献了50%以上的税收、60%以上的地区生产总值; 以不到全市2%的土地: a share of what stands behind it
_SHARE_OF = compiled(
    r"(?:(?:贡献|创造|提供|占据|占用|占有|吸纳|集聚|聚集|承载|消耗)了?|[以用])"
    r"(?:近|约|超过?|不到|不足)?(?:全[国省市县区州球]|全世界)?的?(?:近|约|超过?|不到|不足)?$"
    r"|(?:^|以[上下]|左右)的[^，。；、]{1,16}(?:、|和|及|以及)(?:近|约|超过?)?$"
)
_YIELDING = compiled(r"(?<=..)(?:创造|贡献|产出|提供|承载|吸纳|养活|集聚|聚集)")  # 1.5%的面积贡献20%的税收
_OF = compiled(r"(?:以[上下内]|左右)?的")
_GRANTED = compiled(r"^[^，。；]{0,12}?给予[^，。；]{0,10}?(?P<what>奖励|补助|补贴|奖补|资助|支持)")
_OVER = compiled(r"(?:及?以[上下]|左右)(?=[\u4e00-\u9fff]{2})")
_LINKS_ON = compiled(r"[及和与]$")
_YEARLY = compiled(r"[年月日]产$")
_SECTORS = ("第一产业比重", "第二产业比重", "第三产业比重")
_ADDED = compiled(r"^(?:新增|净增|新设|新认定|新引进)(?=..)|(?<=..)(?:净增|新增)$")
_SECTOR = compiled(r"第?([一二三])产业?(?:占比|比重)?")
# 做强装备制造产业，产值达1800亿元: the thing that is made strong is what is measured
_MADE = compiled(
    r"^[，,\s]{0,40}(?:做[强优大精](?:做[强优大精])?|壮大|培育|发展|打造|巩固|提升|聚焦|推动|推进|加快|支持){1,2}"
    r"(?P<topic>[^，,；。、的\d]{2,12}(?:产业链|产业集群|产业|集群|工业|制造业|服务业|园区|开发区|高新区))"
    r"(?:发展|建设|提质|升级|壮大|集聚|扩量|增效){0,8}$"
)
_SHARE = compiled(r"占[^，；]{1,20}(?:比重|比例|份额)")
_REACHED = compiled(r"[，,]?(?:后)?(?:至|到|达到?|为)")
_LABELLED = compiled(
    r"\A(?:.{0,2000}(?:[，、：；。]|的有|[位别次要品种][是为]|包括|主要有)|)(?P<noun>[\u4e00-\u9fff]{2,12})$", re.DOTALL
)
_QUALITY = compiled(r"(?<=.)(?:总量|增速|增幅|涨幅|占比)$")  # 收入总量居全省第6、增速居全省第3
_BARE = compiled(r".{0,2}(?:总量|增速|增幅|涨幅|占比|规模|位次|排名)$")  # 现价总量居全省第五: of the thing spoken of
_CHANGE_OF = compiled(r"(?<=..)的?(?:增速|增幅|涨幅|升幅|降幅|跌幅|减幅)$")  # 财政收入增速回落0.8个百分点
# 玉米产量最高，达到51万吨: what has most of it is what is told next
_MOST = compiled(r"[，,\s]{0,40}(?:其中[，,]?)?(?P<topic>[^，,；。的\d]{3,16}?)(?:最[多大高快长强优]|居首|领先)[，,]?")
# 其次是汽车和船舶，出口额分别为…: things named one after another
_NAMED_IN_TURN = compiled(r"^[，,\s]{0,40}(?:其次|再次|随后|依次|分别|此外还?)(?:为|是|有)(?P<items>[^，,；。]{3,40})")
_MORE = frozenset({"净增", "新增", "再增"})
_BECAME = compiled(
    r"^[，,\s]{0,40}(?P<crop>[^，,；。的]{2,6}?)(?:生产)?(?:再获|喜获|实现|获得?|连年)?丰收|^[，,\s]{0,40}(?P<topic>[^，,；。的]{2,16}?)(?:已|先后)?(?:成为|跻身|迈入|晋升|跃升)"
)
_TOPIC = 16  # the longest name that 从…到… takes from the clause before it


class Flow(Struct):
    """What a reader has in mind at a place of a paragraph."""

    subject: str = ""  # the last thing measured
    whole: str = ""  # the statistic that 其中 divides
    unit: str | None = None  # its unit
    level: int | None = None  # the index of the last level among the figures
    named: list[str] = field(default_factory=list)  # the things measured in this sentence, in order
    vector: tuple[str, ...] = ()  # the things that the last 分别 spread over
    divided: bool = False  # 其中, 按…分: what follows are parts of the whole
    units: dict[str | None, str] = field(default_factory=dict)  # what was last measured in each unit, in this sentence
    moved: str = ""  # what the last number was a change of
    share: str = ""  # the whole that the last share was of, as a name ends in it
    measured: bool = False  # it was told in a unit of measure, and names no statistic (水头261米)
    fresh: bool = True  # nothing has been measured in this sentence yet
    passed: str = ""  # the words of the last clause without a number
    basis: str | None = None  # the last basis of a growth in this sentence

    def begin_sentence(self) -> None:
        """Forget what holds within one sentence."""
        self.named, self.vector, self.share, self.passed = [], (), "", ""
        self.units = {}
        self.moved = ""
        self.divided, self.fresh, self.basis = False, True, None

    def heed(self, mentions: Mentions, passed: list[Clause], seat: Seat) -> None:
        """Take in the clauses without a number since the last one, and the words up to this one."""
        lead = seat.before.of(mentions.clean)
        if any(_PART_OF.search(clause.of(mentions.clean)) for clause in passed) or _PART_OF.search(lead):
            self.divided = True
        self.passed = ""
        for clause in passed:
            self.passed = mentions.words(clause)
            most = _MOST.fullmatch(self.passed)
            if most and (name := _CHANGE_OF.sub("", naming.name_before(most["topic"]))):
                self.subject, self.fresh = name, False
            # 用工成本小幅下降，指数为98.7: a change without a number names what the next number is of
            name = naming.name_before(changing(self.passed))
            if naming.head_of(name):
                self.subject, self.fresh = name, False
        # 调整了企业费率，从12%调整为8%
        if seat.first and lead in ("由", "从") and 2 <= len(name := naming.name_before(self.passed)) <= _TOPIC:
            self.subject, self.fresh = name, False

    def remember(
        self, names: list[str], measure: str, unit: str | None, counted: bool, after: str, *, own: bool = False
    ) -> None:
        """Keep what was just measured for the numbers to come; ``after`` are the words behind it.

        ``counted``: the unit is a measure word; ``own``: the name is in the number's own words.
        """
        first, self.fresh = self.fresh, False
        if match := _GRANTED.search(after):
            self.subject = match["what"]  # 按税收的30%给予奖励，最高500万元
            return
        name = names[-1]
        self.moved = name if measure in ("difference", "growth") else ""
        self.measured = measure == "level" and unit is not None and not counted and not naming.head_of(name)
        generic = naming.generic_of(name)
        if measure == "level" and name:
            self.units[unit] = name
        if len(set(names)) > 1:
            self.vector = tuple(names)
        elif measure == "level" and name not in self.vector:
            self.vector = ()  # what is spread next is spread over the names since then
        if measure in ("contribution", "rank") or (measure == "difference" and self.subject):
            if (first or (own and measure != "contribution" and not _BARE.match(name))) and name and not generic:
                self.subject = name  # 粮食产量居全省第3位，增长5%
            return
        if name and not generic:
            if measure == "level" and not self.divided and naming.head_of(name):
                self.whole, self.unit = name, unit
            self.named += [n for n in dict.fromkeys(names) if n not in self.named]
        if name and (not generic or not self.subject or (name == generic and measure == "level")):
            self.subject = name


def name_run(mentions: Mentions, flow: Flow, run: list[Seat], reading: Reading, words: str) -> tuple[list[str], str]:
    """A name for each number of a run (numbers that share their words), and the rule that gave them.

    ``""`` where the words do not say what is measured. ``words`` are those before the first number, without dates.
    """
    lead, count = run[0], len(run)
    quantity, level = lead.quantity, reading.measure == "level"
    behind = run[-1].after
    until = next((p.start for p in mentions.periods.inside(behind) if p.role == "date"), behind.end)
    after = mentions.clean[behind.start : until]  # 400名选手13日到达
    own = _without_area(mentions, naming.name_before(reading.words), lead.before)
    if count > 1 and (several := _spread(mentions, flow, run, own, words)):
        tail = reading.tail or (flow.share if level and quantity.kind == "percent" else "")
        several = tuple(_APART.sub("", name) for name in several)
        return [name if name.endswith(tail) else name + tail for name in several], "distribution"
    if "ratio" in quantity.flags and count == len(_SECTORS):
        if "产" in own or (not own and flow.subject == _SECTORS[-1]):
            return list(_SECTORS), "ratio"
        return [own or flow.subject] * count, "ratio"
    if not own and lead.clause.aside and lead.first and (label := in_front(mentions.clean, lead.clause)):
        own = label  # 前两位是因病（36.2%）、因残（19.9%）; 有发酵酒（增长87%）
    if own and _is_place(mentions, own, lead.before):
        own, flow.fresh = "", False  # 比如美国51.7%: the area's own, of the thing spoken of
        flow.subject = _of_no_area(flow.subject)  # 宜昌市财政收入86亿元，其中枝江市12亿元
    if reading.tail:
        whole = flow.subject.removesuffix(flow.share or reading.tail)  # 占税收的70%，占就业的80%: both of one thing
        flow.share = reading.tail
        return [(own or whole) + reading.tail] * count, "share"
    if _SHARE.fullmatch(own) and flow.subject:
        whole = flow.subject.removesuffix(flow.share)  # 增长5%，占全部收入比重提高到21%
        flow.share = own
        return [whole + own] * count, "share"
    if flow.share and own.endswith("比重") and level:
        return [own.removesuffix("比重") + flow.share] * count, "share"  # A占C的比重为…，B比重为…
    if own in _MORE and flow.subject and not flow.fresh:
        own = ""  # 企业415家，净增95家
    if reading.measure == "difference":
        own = _CHANGE_OF.sub("", own)
    generic = naming.generic_of(own)
    if generic and after.startswith("的") and (name := naming.name_after(after)):
        return [name + generic] * count, "generic-of"  # 总规模不低于1亿元的引导资金
    if level and (name := _counted(quantity, own, after, words)):
        return [name] * count, "counted"
    made = _MADE.match(flow.passed) if generic and level else None
    if generic and level and (flow.fresh or made):
        # 智能装备成为第三个千亿产业，规模达到518亿元: the subject is of its own sentence, or is left open
        became = made or _BECAME.match(flow.passed)
        topic = (became.groupdict().get("crop") or became["topic"]) if became else ""
        return [topic + generic if became else own] * count, "generic"
    if generic and flow.subject and not (flow.measured and generic not in naming.qualities()):
        return [_joined(flow.subject, generic, reading.measure)] * count, "generic"
    if reading.measure == "difference" and countable(quantity) and (noun := naming.name_after(after)):
        return [noun] * count, "counted"  # 公交集团增加了200部机动车
    if own:
        if level and (borrowed := _borrowed(flow, own, quantity) or _alike(flow, own, quantity)):
            return [borrowed] * count, "part-of-whole"
        if reading.measure == "difference" and quantity.kind == "points" and (sector := _sector(flow, own)):
            return [sector] * count, "ratio"
        return [naming.growth_name(own) if reading.measure == "growth" else own] * count, "named"
    other = (
        len(flow.passed.strip("，,、： ")) > 4
    )  # 开发区跻身全省30强，比上年前移4位: this sentence is of something else
    if flow.fresh and not flow.divided and (level or other):
        return [""] * count, "unnamed"  # a name is not carried over the sentence before
    if not lead.first and flow.moved and _REACHED.match(mentions.words(lead.before)):
        return [flow.moved] * count, "carried"  # 用工指数回升0.6个百分点至50.1%
    return [_changed(flow, quantity, reading)] * count, "carried"


def _changed(flow: Flow, quantity: Quantity, reading: Reading) -> str:
    """The thing that a change without a name of its own is of: the last one, or the one told in its unit.

    企业45家，占全省的12.3%，比上年增加8家: an amount changes what was told in its unit, a growth what the share is of.
    """
    if reading.measure == "difference" and quantity.kind == "amount":
        return flow.units.get(quantity.unit, flow.subject)
    if reading.measure == "level" and quantity.relation in ">≥":
        return _ADDED.sub("", flow.subject)  # 通车里程新增300公里、突破5000公里
    if flow.share and quantity.kind == "amount":
        return flow.units.get(quantity.unit, flow.subject.removesuffix(flow.share))  # 占总数的86%，其中新增180辆
    if reading.measure == "growth" and flow.share:
        return flow.subject.removesuffix(flow.share)
    return flow.subject


def in_front(clean: str, aside: Clause) -> str:
    """The noun right before a bracket, which holds its number; ``""`` where a number stands there."""
    match = _LABELLED.search(clean[max(0, aside.start - _TOPIC) : aside.start - 1])
    return match["noun"] if match else ""


def _without_area(mentions: Mentions, name: str, before: Span) -> str:
    """A name without the document's own area at its front, which the figure says itself."""
    for area in mentions.areas.inside(before):
        surface = area.of(mentions.clean)
        if name.startswith(surface) and area.name in (mentions.own, "全国"):
            rest = name[len(surface) :].removeprefix("的")
            return rest if len(rest) >= 2 and rest[0] not in "级属直辖区" else name  # 市级财政 stays whole
    return name


def _of_no_area(name: str) -> str:
    """A name without the area that it begins with."""
    first = next(iter(find_areas(name)), None)
    return name[first.end :] if first and first.start == 0 and len(name) - first.end >= 2 else name


def _is_place(mentions: Mentions, name: str, before: Span) -> bool:
    """Whether a name is but the name of an area, or of a place that ends in one (北欧的福利国家瑞典)."""
    surfaces = [area.of(mentions.clean) for area in mentions.areas.inside(before)]
    return any(name == surface or name.endswith(f"国家{surface}") for surface in surfaces)


def _spread(mentions: Mentions, flow: Flow, run: list[Seat], own: str, words: str) -> tuple[str, ...]:
    """The names that a coordination spreads over a run of as many numbers."""
    count = len(run)
    if own and (several := naming.coordinated(_coordination(mentions.clean, run[0], own), count)):
        return several
    # 城镇新增就业、发放担保贷款分别完成…: neither a verb in the midst of it nor its length ends the coordination
    items, shared, _ = words.partition("分别")
    if shared and (several := naming.coordinated(naming.strip(items), count)):
        return several
    if own:
        turn = _NAMED_IN_TURN.match(flow.passed) if _SHARED.search(words) else None
        return tuple(item + own for item in naming.coordinated(turn["items"].strip("，, "), count)) if turn else ()
    if len(flow.vector) == count:
        return flow.vector
    if not _SHARED.search(words):
        return ()
    if several := naming.coordinated(naming.cut(flow.passed), count):
        return several
    return tuple(flow.named[-count:]) if len(flow.named) >= count else ()


def _coordination(clean: str, seat: Seat, own: str) -> str:
    """The whole coordination; a count in its midst (A、B和C三项污染物平均浓度) is stepped over."""
    if not seat.first and (match := _LISTED.search(clean[seat.clause.start : seat.before.start])):
        return naming.name_before(match[1]) + naming.head_of(own)
    return own


def _counted(quantity: Quantity, own: str, after: str, words: str) -> str:
    """The noun that a number counts, where it stands after it: 12家单位."""
    if quantity.kind not in ("amount", "percent", "fraction", "duration") or _OF_SOME.search(words):
        return ""
    name = naming.name_after(after)
    if _LINKS_ON.search(own) and countable(quantity) and name:
        return name  # 开通两地航线及5条左右的支线
    if quantity.unit is None and (people := naming.people_in(after.removeprefix("的"))):
        return people
    if (
        not name
        and (not own or naming.is_doing(own))
        and quantity.kind in ("percent", "amount")
        and (noun := _OVER.match(after))
    ):
        name = naming.name_after(after[noun.end() :])  # 75%以上科技人员
    if not name or _all_area(name) or (naming.generic_of(name) and (own or not after.startswith("的"))):
        return ""
    if countable(quantity):
        # 吞吐量达到100万标箱的船公司: the statistic stands before, who has it behind
        return "" if naming.head_of(own) and after.startswith("的") else name
    if quantity.kind in ("percent", "fraction") and _OF.match(after) and _SHARE_OF.search(words.rstrip()):
        return _YIELDING.split(name, maxsplit=1)[0] or name
    if not own or naming.is_doing(own) or _YEARLY.search(own):
        return name  # 探明百万吨锂矿, 每年70亿元的销售额, 以龙头企业年产30万吨电极
    if words.rstrip().endswith("的") and after.startswith("的"):
        return own + name  # 职工的15%的奖金
    # 首次达到75米设计水位: the noun that names a statistic stands behind
    behind = 2 < len(name) <= 8 and quantity.kind == "amount" and naming.head_of(name) and not naming.head_of(own)
    return name if behind else ""


def _all_area(name: str) -> bool:
    return any(area.end - area.start == len(name) for area in find_areas(name))


def _borrowed(flow: Flow, own: str, quantity: Quantity) -> str:
    """A part with the statistic of its whole: 其中住宅443万平方米 → 住宅销售面积."""
    head = naming.part_head(flow.whole)
    if not flow.divided or not head or naming.head_of(own):
        return ""
    if quantity.unit != flow.unit or countable(quantity) or own.endswith("税"):
        return ""
    return own + head


def _alike(flow: Flow, own: str, quantity: Quantity) -> str:
    """A trade or a place with the statistic just told of another one, in the same unit.

    批发和零售业增加值120亿元，住宿和餐饮业30亿元; 东溪县产值20亿元，西岭县30亿元.
    """
    told = flow.units.get(quantity.unit, "")
    head = naming.head_of(told)
    if not head or countable(quantity) or naming.head_of(own):
        return ""
    if own.endswith("业") and told.removesuffix(head).endswith("业"):
        return own + head
    places = naming.PLACE.fullmatch(own) and naming.PLACE.fullmatch(told.removesuffix(head))
    return own + head if places else ""


def _sector(flow: Flow, own: str) -> str:
    """三次产业比为4∶48∶48，一产下降0.2个百分点: the share of one of the three just told."""
    match = _SECTOR.fullmatch(own)
    if match is None or flow.subject not in _SECTORS:
        return ""
    return f"第{match[1]}产业比重"


def _joined(subject: str, generic: str, measure: str) -> str:
    """The thing spoken of with a word that says nothing alone; a growth is the thing's own."""
    quality = generic in naming.qualities()
    if generic in subject or (quality and measure in ("growth", "difference", "contribution")):
        return subject
    subject = _ADDED.sub("", subject)  # 企业净增11家，总数达到132家
    if not quality:
        return subject.removesuffix(naming.head_of(subject)) + generic  # 蔬菜种植面积3242公顷，增加值2.3亿元
    return _QUALITY.sub("", subject) + generic
