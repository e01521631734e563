"""Whether a number is a fact, an aim or a rule: told by its sentence, by its section, by the kind of document.

``actual`` is what is or was; ``target`` what is planned, expected or aimed at; ``rule`` a threshold, cap, rate or
amount that a policy sets.
"""

from __future__ import annotations

from msgspec import Struct

from zzcli.facts.mentioned import NOW
from zzcli.patterns import compiled
from zzcli.reading.reflow import Text
from zzcli.span import Span

# 力争 and its like hold to the end of their part of the sentence, 将 to the next word of fact
_AIM = compiled(
    r"目标(?=是|为|[：:]|值|\d|增长|达到?|控制)|预期(?!寿命)|力争|争取(?=[达实突完用在]|超过|[^，。；]{0,8}(?:达|超过|增长))|确保(?!了)|预计|有望|拟(?!合|定)|(?:(?<=[，。；市省县区州国司团业还也均该们])|(?<=\d年)|(?<=今年)|(?<=明年)|(?:^))计划(?!生育|单列|的\d|下达|[”」》、，。])|"
    r"(?<![个的项超按])(?<!\d家)计划(?=[到在于用投建实完开培引达发招打推通将年内新增分总再每播种]|安排|今年|明年|\d|三年|五年)|"
    r"将(?=[会要达建新有使超增续投推实成形突接进完于在为全继开]|设立|举办|启动)|(?<![年月日\d高低长升加增降大小少多展减缩看见得想谈说])(?<![年月份底末])(?:到|至)(?:20\d\d年|“?十[三四五六]五”?)末?(?!的?[\d约近])|"
    r"未来[一二三五十几\d]|今后|奋斗目标|必须(?:达到|完成)|(?:^|[，。；年我们都还])要(?![求素点件闻员道])|(?<![主重需只首])要(?=比)|"
    r"规划(?=完成|实施|投入|装机|建设|投资|占地|面积|用地|总|新建|布局|年产|产能)|(?<![许认])可以?(?:达到|实现|形成|新增|解决|容纳)"
)
_FACT = compiled(rf"实际(?:完成|增长|达|为)|比如|例如|{NOW}|截至|已(?:经|建|完|累|有|成|达|实)")
_MISSED_AIM = compiled(
    r"(?:完成|超额完成|实现|[低高优好快]于|超过|超出|达到)[^，。；]{0,24}(?:目标|计划)|计划[^，。；]{0,4}(?:总?投资|任务)?的[\d一二三四五六七八九十百]"
)
_PLANNED = frozenset({"计划", "目标", "预期"})
_RULE = compiled(
    r"给予|予以[^，。；]{0,8}(?:奖|补)|奖励|补贴(?=\d)|补助(?!金?累计)|补贴标准|罚款|处以|不得|按(?:照)?[^，。；]{0,24}(?:标准|比例|执行|给予|计算)|"
    r"最高(?:不超过|可?达|奖|补|支持|额)|(?:每年)?最高|起征点|税率|费率|缴费比[例率]|控制指标|计划指标|产量指标|上限|下限|门槛"
)
_GRANTED = compiled(
    r"给予[^，。；]{0,24}(?:奖|补|支持|贴息|资助|优惠|减免)|予以[^，。；]{0,8}(?:奖|补)|罚款|"
    # 单户累计优惠最高1.5万元, 单个企业每年最高300万元
    r"(?:奖励|奖补|补助|补贴|资助|优惠|贴息)(?:金额|资金|额度?)?最高(?!人民)|(?:单个|单户|每[个家户])[^，。；\d]{0,10}最高(?=\d)"
)
_SET = compiled(r"缴费比[例率]|费率|税率|(?:控制|计划|产量)指标|起征点|标准为|不得(?:超过|低于|少于)")
# 总投资3000万元以上的，…: a condition
_CONDITION = compiled(
    r"(?:（含）|\(含\))?(?:及以上|以上|以下|以内)?(?:的?[，,、]|的(?![\u4e00-\u9fff]{2,12}[，。；])|且|并且)"
)
_BY_YEAR = compiled(r"(?:^|[，。；])(?:力争)?[到至]20\d\d年")  # 到2015年，…补助标准逐步提高，…达到95%
_LIMIT = compiled(r"(?:不得?(?:[低少高多大小]于|超过?|突破)|至少|最多)[^，。；、]{1,14}$")
_POLICY_TITLE = compiled(
    r"(?:实施|若干|指导|支持)?(?:意见|办法|细则|条例|规定|政策|政策措施|若干措施|实施方案|奖补|通告|准则)(?:[（(].{0,12}[)）])?$"
)
_REPORTS = compiled(r"政府工作报告|向大会(?:作?报告|作)")
_ARTICLE = compiled(r"第[一二三四五六七八九十百\d ]{1,5}条")
_PLAN_TITLE = compiled(r"(?:规划|计划|行动方案|工作要点|纲要|蓝图|工作安排)(?:[（(].{0,12}[)）])?[^，。；：]{0,3}$")
_PLAN_HEADING = compiled(
    r"目标|任务|工作安排|总体要求|工作打算|下一步|重点工作|工作重点|发展思路|部署|计划|规划|展望|保障措施|要求|建议"
)
GOALS = compiled(r"(?:发展|总体|主要|工作|预期|奋斗|建设|行动|阶段|具体)目标")
_LOOKED_BACK = compiled(r"回顾|完成情况|执行情况|成效|成就|发展基础|取得|总结|评估|主要工作|发展现状|基本情况|现状")
_IN_FACT = compiled(r"实际|实绩|完成|决算|执行|已")
_AIMED = compiled(r"计划|目标|预期|预计|预测|规划")
# 2025年1—5月完成: what a time that is over was spent on
_OVER = compiled(r"(?:[月季年]|月份|季度|半年)(?:全市|全省|全县|全区)?(?:累计|实际|共|已)?(?:完成|实现|达到?|增长)")
_DONE = compiled(
    r"已(?:经|建|完|累|有|成|达|实|发|兑|拨|落|支)|兑现|发放了|共(?:兑现|发放|拨付)|累计发放|了\d|累计(?:完成|实现)|同比|比上年|较上年|去年|(?<!以)上年|过去|截至|"
    + NOW
)


_PLAN_OPENING = compiled(
    r"(?:今年|\d{4}年)[^。]{0,24}(?:主要)?预期目标|做好今年[^。]{0,6}工作|重点做好以下|着力抓好以下"
)
_YEAR = compiled(r"(20\d\d)年")


class Standing(Struct, frozen=True):
    """What the sections of a document make of their numbers: the status of each block, and the document's kind."""

    policy: bool
    blocks: tuple[str, ...]

    def of(self, block: int) -> str:
        """``actual`` or ``target``: what a number of that block is unless its sentence says otherwise."""
        return self.blocks[block] if block < len(self.blocks) else "actual"


def standing(text: Text, title: str | None, year: int | None) -> Standing:
    """The standing of each block of a text, read from its title and headings in one walk."""
    name = (title or "").strip()
    policy = bool(_POLICY_TITLE.search(name)) or len(_ARTICLE.findall(text.clean[:20000])) >= 3
    plan = bool(_PLAN_TITLE.search(name))
    report = "报告" in name or bool(_REPORTS.search(text.clean, 0, 3000))
    statuses: list[str] = []
    levels: list[tuple[int, str]] = [(0, "target" if plan else "actual")]
    aside: str | None = None  # set by a sentence that opens a list of aims, until the next heading
    for block in text.blocks:
        words = block.of(text.clean)
        if block.kind == "heading":
            aside = None
            while len(levels) > 1 and levels[-1][0] >= block.level:
                levels.pop()
            levels.append((block.level, _of_heading(words, levels[-1][1], report, year)))
        elif block.kind == "paragraph" and report and _opens_plan(words, year):
            aside = "target"
        statuses.append(aside or levels[-1][1])
    return Standing(policy, tuple(statuses))


def _of_heading(words: str, above: str, report: bool, year: int | None) -> str:
    if _LOOKED_BACK.search(words):
        return "actual"
    years = [int(y) for y in _YEAR.findall(words)]
    if report and years and year is not None:
        return "target" if max(years) >= year else "actual"
    if report and "今年" in words:
        return "target"
    return "target" if GOALS.search(words) or (_PLAN_HEADING.search(words) and (report or above == "target")) else above


def _opens_plan(words: str, year: int | None) -> bool:
    """Whether a paragraph of a work report turns from what was done to what is to be done."""
    return bool(_PLAN_OPENING.search(words[:60]))


def status_of(
    before: str, words: str, behind: str, relation: str, block: str, policy: bool, ahead: bool, over: bool
) -> tuple[str, str]:
    """The status of a number and the rule that gave it.

    ``before`` are the words of its part of the sentence up to it, ``behind`` those that follow in the sentence,
    ``words`` all of that part; ``block`` is the standing of its section, ``ahead`` whether its period begins after
    publication, ``over`` whether it ended before.
    """
    limited = relation in "≥≤" and (_CONDITION.match(behind) or (_LIMIT.search(before) and block != "target"))
    granted = _GRANTED.search(words) is not None
    by_then = not granted and _BY_YEAR.search(before) is not None
    if policy and not by_then and (_RULE.search(words) or limited):
        return "rule", "policy"
    if (granted and not _DONE.search(before)) or _SET.search(before[-40:]):
        return "rule", "rule-words"
    if ahead:
        return "target", "ahead"
    since = before
    for fact in (*_FACT.finditer(before), *(_OVER.finditer(before) if over else ())):
        since = before[max(fact.end(), len(before) - len(since)) :]
    aims = [aim.group() for aim in _AIM.finditer(since)]
    if aims and not (_PLANNED.issuperset(aims) and _MISSED_AIM.search(since)):
        return "target", "aim-words"
    if block == "target" and not over and not _DONE.search(before):
        return "target", "section"
    return "actual", "stated"


def status_of_column(words: str) -> str | None:
    """The status that the header of a column gives its numbers; None where it says nothing (产值)."""
    if _IN_FACT.search(words):
        return "actual"
    return "target" if _AIMED.search(words) else None


def around(text: str, sentence: Span, place: Span) -> tuple[str, str]:
    """The part of a sentence between semicolons that a number stands in: up to the number's end, and all of it."""
    start = max(text.rfind("；", sentence.start, place.start), text.rfind(";", sentence.start, place.start)) + 1
    end = text.find("；", place.end, sentence.end)
    start = max(start, sentence.start)
    return text[start : place.end], text[start : end if end >= 0 else sentence.end]
