"""What a policy grants, and to whom: 对新认定的国家级企业技术中心，给予90万元奖励 → 国家级企业技术中心奖励.

The number stands far from the thing it is for, which the sentence names at its head: 对…的, or the clause before 给予.
"""

from __future__ import annotations

from zzcli.facts import naming
from zzcli.facts.clauses import Seat
from zzcli.patterns import compiled
from zzcli.span import Span

_PART = compiled(r"[；;。]|\n")
_TO = compiled(
    r"(?:^|[，：条)）\s])对于?(?![外口内台港照此应])(?P<who>[^，；。]{2,80}?)(?=[，；。]|一次性|给予|分别|按|参照|每|$)"
)
_GIVING = compiled(r"给予|予以|奖励|补助|补贴|奖补|资助|发放")
_KIND = r"(?P<what>奖励|补助|补贴|奖补|资助|贴息|奖金|扶持资金|支持|返还|罚款)"
_GIVEN = compiled(rf"^(?:以内|左右)?的?(?:一次性)?[^，。；、\d]{{0,6}}?{_KIND}")
_GIVEN_LATER = compiled(rf"^[^，。；\d]{{0,12}}?{_KIND}")
_EACH = compiled(r"(?:每[^，\d每年]{1,2}|单[^，\d每单]{1,3}|一次性){1,4}$")
_CAPPED = compiled(r"最高|上限|封顶|不超过")
# what was done to earn it is no part of the thing: 初次认定为, 新获批, 牵头制定并新获批
_EARNED = compiled(
    r"^.{0,1200}(?:认定为?|评定为?|评为|列入|获得|获批|获|荣获|入选|成为|晋升为?|通过|取得|引进|新建|新增|新上|新开设"
    r"|新开发|新发展|发展|建设|培育|打造|开展|完成|达到)(?=.{3})"
)
_GRADE = compiled(r"^(?:国家|国际|省部?|市|县|区|州|行业|世界|[一二三四五六七八九]星|\dA)级?(?=[\u4e00-\u9fff“])")
_BRACKET = compiled(r"[（(][^（()）]{0,40}[)）]")
_PROCEDURE = compiled(r"[经按由自在当年据]")
_LONGEST = 20
_CLAUSE = compiled(r"[，：]")
_GOES_ON = compiled(r"\d|并且|且")
_JOINED = compiled(r"、|和|与|及")
_WHOSE = compiled(r"^其(?:年度)?|^企业(?=..)")


def granted(clean: str, sentence: Span, run: list[Seat], names: list[str]) -> list[str]:
    """The names of a run of a policy's numbers, with what the sentence says they are for.

    A grant is named after the thing that earns it; a threshold (总投资3000万元以上) after what has it.
    """
    quantity, words, after = run[0].quantity, run[0].before.of(clean), run[-1].after.of(clean)
    begin = max((m.end() for m in _PART.finditer(clean, sentence.start, quantity.start)), default=sentence.start)
    before = clean[begin : quantity.start]
    if quantity.kind in ("percent", "fraction"):
        return [_share(name, words, after) for name in names]
    giving = naming.last_match(_GIVING, words)
    what = _GIVEN.match(after)
    if _CAPPED.search(words[-8:]) or run[0].clause.aside:
        return names  # 给予12万元奖励（第一年4万元）
    if what or (giving and not naming.head_of(words[giving.end() :])):
        noun = what["what"] if what else giving.group() if giving else ""
        noun = "奖励" if noun in ("给予", "予以", "发放") else noun
        each = _EACH.search(words[: giving.start()] if giving else words)
        noun = each.group() + noun if each else noun
        return [thing + noun for thing in _things(before, len(run))]
    topic = naming.last_match(_TO, before)
    if topic is None or quantity.relation not in "≥>" or not all(map(naming.head_of, names)):
        return [name.removeprefix("对") if topic else name for name in names]
    thing = _thing(topic["who"])
    return [name.removeprefix("对") if thing in name or name in thing else thing + name for name in names]


def _things(before: str, count: int) -> list[str]:
    """What is rewarded, once for each of ``count`` numbers."""
    match = naming.last_match(_TO, before)
    thing = _thing(match["who"] if match else _clause_before(before))
    if count > 1 and (several := _graded(thing, count)):
        return list(several)
    return [thing] * count


def _clause_before(before: str) -> str:
    """The clause that says for what: the last one before 给予 that is no word of procedure."""
    giving = naming.last_match(_GIVING, before)
    clauses = _CLAUSE.split(before[: giving.start()] if giving else "")
    return next((c for c in reversed(clauses) if len(c) > 4 and not _PROCEDURE.match(c)), "")


def _thing(who: str) -> str:
    """The noun that earns a grant, out of the words that describe it."""
    who = _BRACKET.sub("", who).strip(" 的").removeprefix("在")
    tail = who.rpartition("的")[2]
    who = tail if len(tail) >= 2 else who
    if match := _EARNED.match(who):
        who = who[match.end() :]
    who = naming.strip(_GOES_ON.split(naming.cut(naming.strip(who)), maxsplit=1)[0])
    return who if 2 <= len(who) <= _LONGEST else ""


def _graded(thing: str, count: int) -> tuple[str, ...]:
    """国家级和省级企业技术中心 → 国家级企业技术中心, 省级企业技术中心."""
    items = [item for item in _JOINED.split(thing) if item]
    grade = _GRADE.match(items[-1]) if len(items) == count else None
    if grade is None:
        return naming.coordinated(thing, count)
    tail = items[-1][grade.end() :]
    return tuple(item if item.endswith(tail) else item + tail for item in items)


def _share(name: str, words: str, after: str) -> str:
    """按固定资产投资的5%给予企业奖励 → 固定资产投资奖励; 给予企业税收80%的奖励 → 税收奖励."""
    given = _GIVEN.match(after) or _GIVEN_LATER.match(after)
    if given is None:
        return name
    base = _WHOSE.sub("", naming.name_before(words) or name)
    return base if given["what"] in base else base + given["what"]
