"""Which numbers state something, and which only name, order or size something.

世界500强企业29家 states 29; 亿元以上项目, 三大产业, 第三批, “新三样”, 《2024年…》 and 75年 state nothing.
"""

from __future__ import annotations

import re
from functools import cache

from zzcli.facts import measures
from zzcli.facts.naming import name_before
from zzcli.lexicon import table
from zzcli.mentions.quantities import Quantity
from zzcli.patterns import compiled
from zzcli.reading.lines import VISITS
from zzcli.reading.reflow import Block
from zzcli.span import Span

_REACH = 24  # characters around a number that tell
_LABEL = compiled(r"[“‘「\"]([^“”‘’「」\"，。]{1,9})[”’」\"]")
_PUT = compiled(r"(?:放|摆|置|列)(?:在|于|到)(?:更加)?(?:突出|重要)?$|作为$")  # 把安全放在首位
_OF_AGE = compiled(r"(?:年?满|未满|不满)$")  # 满3岁即可入园
_SPEED = compiled(r"(?:时速|续航)(?:达到?|超过?)?$")  # 时速350公里高铁
_BODIES = frozenset({"市", "县", "省份", "部门", "方面", "国", "省", "州"})
_REACHING = ("达到", "达", "增至", "覆盖", "惠及", "共", "有", "全国", "全省")
_TWO = ("一个", "两个", "三个", "四个", "五个")
_SPECIFIC = frozenset({"纳米", "微米", "英寸", "千伏"})
_NOUN = compiled(r"(?![以左上])[\u4e00-\u9fff]")
_EXTREME = compiled(r"(?:最[高低]|[前后])$")
_HURT = compiled(r"(?:不幸)?(?:死亡|遇难|遇害|受伤|[重轻]伤|失联|失踪|被困|获救|确诊|治愈)")  # 另有一人受伤: a count
_BECOMES = compiled(r"(?:形成|成为|发展成|打造)[^，。；]{0,4}一个[^，。；]{0,10}$")  # 成为一个产值超50亿元的产业
_FIGURATIVE = compiled(r"[十百千万]倍的(?!速度|产|收|增|价|规模|利润|面积)")  # 百倍的信心
# 十二届三次、四次全会: sessions by their number
_SESSION = compiled(r"届(?:[一二三四五六七八九十]{1,3}次[、和及]){0,4}$")
# 每生产5台设备就有1台: a base
_PER = compiled(r"每[^，。年月日天周季]{0,4}$")
_PAUSE = compiled(r"[，,；;。：:、]")
# 第一方阵, 第一动力: the first is no place in a ranking
_NO_PLACE = compiled(
    r"(?:经济|工业|农业|人口|产粮|资源)?[大强]省|方阵|梯队|阵营|档次|序列|动力|资源|要务|责任|时间|线|书记|大|产业|批|轮|期|届|季|次|个|条|点|步|章|节|款|项|类|种"
)
# 指数为101.3: an index has no unit
_INDEX = compiled(
    r"""
    (?:指数|系数|得分|评分|总分|分值|收入比|性别比|抚养比)(?:分别)?
    (?:
        (?:仅|只|约)?(?:为|是|达到|达|在)?
        # 收入比由上年的2.15缩小到2.06，比上年缩小0.05
        | [由从][^，。；\d]{0,8}
        | (?:[由从][^，。；\d]{0,8}[\d.]{1,8})?(?:缩小|扩大|收窄|下降|降低?|上升|回落|提高|提升|升)(?:到|至|为)
        | [^，。；\d]{0,4}[\d.]{1,8}[，,][比较][^，。；\d]{1,6}(?:缩小|扩大|收窄|下降|降低|上升|回落|提高|提升|升高)了?
    )
    (?:约|近)?$
    """,
    re.VERBOSE,
)
# 10亿元以上12家, 20万元以上贷款占比36%: the size of what the next number counts or shares
_SIZED_COUNT = compiled(
    r"(?:及|（含）)?以[上下内]的?(?:(?:有|共|达|仅)?[近约]?\d[\d.,]{0,8}[万千]?[家户个人名项件座所处台辆只]"
    r"|[\u4e00-\u9fff]{2,8}(?:占比|比重|户数|家数|数量|个数|人数|件数))"
)
_TOGETHER = compiled(r"(?:合计|总计|之和|相加)")  # 三项合计占46%: the items just told
# 亿元以上项目, 60岁以上老人: a size in a name
_THRESHOLD = compiled(
    r"(?:级|量级|(?:及|（含）|\(含\))?以[上下内](?:[（(]含[^（()）]{0,8}[)）])?(?:的|规模)?)[^，。；、\d]{0,14}?"
    r"(?:企业|项目|工程|单位|园区|产业|集群|县|镇|乡|村|主体|人口|群众|老人|老年人|人群|设备|机组|城市|家庭|农户"
    r"|学生|居民|党员|人才|职工|平台|商场|市场|银行|医院|学校|院校|公司|婴幼儿|儿童)"
)
# 产值过百亿元企业6家
_SIZED = compiled(r"(?:企业|项目|产业|集群|园区|主体|单位|[县镇乡村])(?!资金|建设|投资|效益|收入|政府)")
_SIZED_NOUN = compiled(
    r"(?:以上)?的(?!资金|投资|贷款|收入|债券|财政)[\u4e00-\u9fff“”]{2,12}?(?:达到?|有|超过?)?\d{1,12}(?:\.\d{1,6})?[余多万]{0,3}[个家项户条座所处]"
)
_SIZE_NAME = compiled(
    r"级|量级|(?:主导|特色|优势|支柱|新兴)?产业|集群|企业|园区|俱乐部|县|镇|村|台阶|元?以上|元?项目|工程|市场|行动|计划"
)
# 30个项目中有6个总投资超过5亿元
_COUNTED_PART = compiled(r"(?:投资|产值|收入|税收|规模|额|面积|资产)(?:均|都)?(?:超过|超|突破|达到?|在)?$")
_COUNTED = ("项目", "总投资", "企业", "的")
# a length of time states something where a time is measured: 工期缩短30天, 账期由30天延长至60天
_LIMIT = compiled(
    r"(?:时间|时限|时长|周期|工期|期限|年限|寿命|结算期|账期|账龄|龄|用时|耗时|天数|时数)[^，；\d]{0,12}$|"
    r"(?:缩短|压缩|延长|控制|提前|压减|减少|增加)(?:了|到|至|在|为)?(?:最快|约|近|不超过)?$"
)
# 三大产业, 三代工人, 两面红旗: part of a name, unless the number is written in figures
_OF_NAMES = frozenset({"大", "大类", "代", "代人", "面", "方面", "手", "期"})
# 把握好三个关系, 做到两个确保: a way of speaking
_MAXIM = compiled(
    r"关系|积极性|市场|资源|循环|大局|毫不|确立|方面|层面|维度|角度|坚持|必须|务必|确保|统筹|结合|导向|着力|聚焦|突出|转变|维护|意识|自信|更加|更好|不动摇"
)
_STOP = compiled(r"[，,；;：。]")


@cache
def _classifiers() -> frozenset[str]:
    return frozenset(table("units")["classifier"])


def countable(quantity: Quantity) -> bool:
    """Whether the unit is a measure word, so that the thing counted may follow it."""
    return quantity.kind in ("amount", "fraction") and (quantity.unit or "").partition("（")[0] in _classifiers()


def is_index(clean: str, quantity: Quantity) -> bool:
    """Whether a number without a unit is an index number or a score."""
    return _INDEX.search(clean[max(0, quantity.start - _REACH) : quantity.start]) is not None


def left_out(
    clean: str, sentence: Span, quantity: Quantity, before: Quantity | None, block: Block, policy: bool
) -> str | None:
    """Why a number of ``sentence`` states nothing; None where it states something.

    Args:
        clean: the text that all spans cut.
        sentence: the sentence it stands in.
        quantity: the number.
        before: the nearest counting number before it in the sentence.
        block: the block it stands in; at a place where the text breaks off a number may have lost its unit.
        policy: the document is a policy, whose thresholds and terms are its statements.
    """
    after = clean[quantity.end : min(sentence.end, quantity.end + _REACH)]
    lead = clean[max(sentence.start, quantity.start - _REACH) : quantity.start]
    in_figures = clean[quantity.start].isdecimal()
    if quantity.kind == "ordinal":
        return "tells an order, not an amount"
    if "indefinite" in quantity.flags and not (quantity.unit in ("人", "名") and _HURT.match(after)):
        return "一 as an article"
    if _titled(clean, sentence, quantity):
        return "stands in a title"
    if not in_figures and (_quoted(clean, quantity) or _labelled(clean, sentence, quantity)):
        return "stands in a quoted name"
    if quantity.kind == "percent" and _EXTREME.search(lead) and _NOUN.match(after):
        return "a size in a name"  # 最高20%收入组
    if quantity.unit == "位" and lead.endswith("前"):
        return "part of a name"  # 前5位分别是…
    if quantity.kind == "rank" and _PUT.search(lead):
        return "a way of speaking"
    if quantity.unit == "岁" and _OF_AGE.search(lead):
        return "an age that is a condition"
    if quantity.kind == "rank" and (_NO_PLACE.match(after) or clean[quantity.end - 1] == "大"):
        return "the first, but no place in a ranking"
    if quantity.kind == "even" and not measures.even_with(
        clean[max(sentence.start, quantity.start - _REACH) : quantity.start]
    ):
        return "持平, but it is not said with what time"
    if quantity.kind == "times" and not in_figures and _FIGURATIVE.match(clean, quantity.start):
        return "a way of speaking"
    if quantity.kind == "duration" and not policy and not _LIMIT.search(lead):
        return "a length of time"
    if quantity.kind == "bare" and not is_index(clean, quantity) and not _lost_unit(quantity, lead, block):
        return "no unit, and no index that needs none"
    if quantity.kind == "amount":
        return _left_out_amount(clean, quantity, before, policy, (lead, after))
    return None


def _left_out_amount(
    clean: str, quantity: Quantity, before: Quantity | None, policy: bool, around: tuple[str, str]
) -> str | None:
    lead, after = around
    if after.startswith("大关") and before is not None and clean[before.start : quantity.start].startswith(_TWO):
        return "part of a name"  # 跨过两个万亿元大关
    if quantity.unit in _BODIES and _NOUN.match(after) and not lead.endswith(_REACHING):
        return "part of a name"  # 城市群内8市客运量增长7%
    if (quantity.unit in _SPECIFIC or _SPEED.search(lead)) and _NOUN.match(after):
        return "a size in a name"  # 7纳米芯片, 1000千伏输电线路
    if quantity.unit == "次" and (read := VISITS.search(lead + quantity.of(clean))) and read.end() > len(lead):
        return "how often the page was read"
    if quantity.unit == "次" and _SESSION.search(lead):
        return "tells an order, not an amount"
    if quantity.unit == "级":
        return "a size in a name"
    if _TOGETHER.match(after) and countable(quantity):
        return "counts what was just told"
    if _PER.search(lead) and countable(quantity):
        return "a base: 每…"
    if quantity.unit in _OF_NAMES and (_SIZE_NAME.match(after) or not clean[quantity.start].isdecimal()):
        return "part of a name"
    if quantity.unit in ("个", "种") and not clean[quantity.start].isdecimal() and _MAXIM.match(after):
        return "part of a name"
    if quantity.unit == "元" and clean[quantity.start] in "万亿" and (not lead or _PAUSE.match(lead[-1])):
        return "a size in a name"  # 亿元地区生产总值死亡人数, 万元增加值能耗
    if quantity.unit is None and _SIZE_NAME.match(after):
        return "a size in a name"
    if lead.endswith(("（含", "(含")):
        return "a size in a name"  # 4万人以上（含4万人）
    if not policy and quantity.relation in "≥>" and _SIZED_NOUN.match(clean, quantity.end):
        return "a threshold in a name"  # 预增产值过10亿元的新增长点64个
    sized = quantity.relation in "≥>" and not countable(quantity) and _SIZED.match(after)
    if (
        not policy
        and not _BECOMES.search(lead)
        and (_THRESHOLD.match(after) or sized or (not countable(quantity) and _SIZED_COUNT.match(after)))
        and quantity.unit not in _OF_NAMES
    ):
        return "a threshold in a name"
    if quantity.unit not in _OF_NAMES and _sizes_counted(clean, quantity, before, lead, after):
        return "sizes what the number before it counts"
    return None


def _sizes_counted(clean: str, quantity: Quantity, before: Quantity | None, lead: str, after: str) -> bool:
    """Whether the number sizes what the number before it counts: 82个产值过10亿元的项目."""
    if before is None or quantity.relation == "=":
        return False
    between = clean[before.end : quantity.start]
    if _PAUSE.search(between):
        return False
    return after.startswith("的") or bool(_COUNTED_PART.search(lead) and between.startswith(_COUNTED))


def _lost_unit(quantity: Quantity, lead: str, block: Block) -> bool:
    """A number at the end of a broken line has lost its unit: 实施节能改造项目380."""
    named = name_before(_STOP.split(lead)[-1])
    return block.truncated and quantity.end == block.end and len(named) >= 2


def _quoted(clean: str, quantity: Quantity) -> bool:
    """Whether a number is all that a quotation holds: “三公里”就业圈."""
    return "quoted" in quantity.flags and clean.startswith(("”", "’", "」", '"'), quantity.end)


def _labelled(clean: str, sentence: Span, place: Span) -> bool:
    """Whether a number in words stands in a short quotation, which is a name: “新三样”, “四上”企业."""
    start = max(sentence.start, place.start - 10)
    return any(
        label.start() < place.start
        and place.end < label.end()
        and label.end(1) - label.start(1) > place.end - place.start
        for label in _LABEL.finditer(clean, start, min(sentence.end, place.end + 10))
    )


def _titled(clean: str, sentence: Span, place: Span) -> bool:
    """Whether the place stands inside 《》."""
    opened = clean.rfind("《", sentence.start, place.start)
    return opened >= 0 and clean.find("》", opened, place.start) < 0 and clean.find("》", place.end, sentence.end) >= 0
