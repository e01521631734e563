"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

import re

ZH: dict[str, str] = {
    # signs between words
    ", ": "、",
    "; ": "；",
    ": {words}": "：{words}",
    "{words}: ": "{words}：",
    "{words}: {reason}": "{words}：{reason}",
    "{words} ({times})": "{words}（{times}）",
    "{words}, line {line}": "{words}，第{line}行",
    # headings
    "Figures": "数据",
    "Timeline": "时间线",
    "Industries": "产业",
    "To be looked at": "存疑",
    "Documents": "文件",
    "Text": "文本",
    "Search": "检索",
    "indicator": "指标",
    "value": "数值",
    "change, rank, notes": "增减、位次、说明",
    "period": "时期",
    "area": "地区",
    "line": "行",
    "page:line": "页：行",
    "date": "日期",
    "as written": "原文",
    "what happened": "事项",
    "industry": "产业",
    "scale": "规模",
    "enterprises": "企业数",
    "standing, milestones": "地位、节点",
    "lines": "行",
    "what was seen": "所见",
    "what is said of it": "相关文句",
    "passage": "文句",
    "source": "来源",
    "file": "文件",
    "published": "发布日期",
    "not read": "未读出",
    "{count} page": "{count}页",
    "{count} pages": "{count}页",
    "figures": "数据",
    "timeline": "时间线",
    "industries": "产业",
    # what is counted
    "no figures": "无数据",
    "{count} figure": "{count}条数据",
    "{count} figures": "{count}条数据",
    "{shown} of {count} figures": "{count}条数据中的{shown}条",
    "no dated statements": "无记事",
    "{count} dated statement": "{count}条记事",
    "{count} dated statements": "{count}条记事",
    "{shown} of {count} dated statements": "{count}条记事中的{shown}条",
    "no industries": "无产业",
    "{count} industry": "{count}个产业",
    "{count} industries": "{count}个产业",
    "{shown} of {count} industries": "{count}个产业中的{shown}个",
    "no doubts": "无存疑",
    "{count} doubt": "{count}处存疑",
    "{count} doubts": "{count}处存疑",
    "{shown} of {count} doubts": "{count}处存疑中的{shown}处",
    "no records": "无记录",
    "{count} record": "{count}条记录",
    "{count} records": "{count}条记录",
    "{shown} of {count} records": "{count}条记录中的{shown}条",
    "no passages": "无结果",
    "{count} passage": "{count}处文句",
    "{count} passages": "{count}处文句",
    "{shown} of {count} passages": "{count}处文句中的{shown}处",
    "the best passage": "最相关的一处文句",
    "the best {count} passages": "最相关的{count}处文句",
    "{count} of {documents} documents holds what was asked for": "{documents}份文件中{count}份有所检索的内容",
    "{count} of {documents} documents hold what was asked for": "{documents}份文件中{count}份有所检索的内容",
    "{passages} of {source}, best first": "{source}：{passages}，按相关程度排列",
    "all that was read": "全部文件",
    # what tables say of a document
    "standard input": "标准输入",
    "standard output": "标准输出",
    "a temporary file": "临时文件",
    "not settled": "未定",
    "area not settled": "地区未定",
    "published {when}": "发布于{when}",
    "{when}, {how}": "{when}（{how}）",
    "given": "指定",
    "from its dateline": "据文中署期",
    "from its title": "据标题",
    "inferred from the dates in it": "据文中日期推断",
    "year inferred": "年份系推断",
    "doubtful: {flags}": "存疑：{flags}",
    "outside the tiers": "未分层级",
    "contributes ": "拉动 ",
    "written {words}": "原文作{words}",
    " (written {words})": "（原文作{words}）",
    # statistics side by side, and over time
    "Side by side": "对照",
    "Series": "序列",
    "where": "出处",
    "only {column}": "仅见于{column}",
    "page {page}": "第{page}页",
    "line {line}": "第{line}行",
    "{points}pp": "{points}百分点",
    "{count} statistic in several columns": "{count}项指标多栏共有",
    "{count} statistics in several columns": "{count}项指标多栏共有",
    "{count} in one only": "{count}项仅一栏有",
    "the first {count} shown": "列出前{count}项",
    "{count} figure left out, without a name or a period": "略去{count}条无指标名或无时期的数据",
    "{count} figures left out, without a name or a period": "略去{count}条无指标名或无时期的数据",
    "{count} value": "{count}个数值",
    "{count} values": "{count}个数值",
    "{count} document": "{count}份文件",
    "{count} documents": "{count}份文件",
    "contradicted": "互相矛盾",
    "contradicted by another statement": "与另一处矛盾",
    "also there: {names}": "另有：{names}",
    # the overview
    "its industries by tier": "各层级的产业",
    "what happened when": "何时何事",
    "its numbers": "各项数据",
    "the passages that hold a term": "含某词的文句",
    "what to look at before you rely on it": "引用之前须核对之处",
    "all commands": "全部命令",
    # measures, statuses, granularities and the like: codes in records, words in tables
    "level": "水平",
    "growth": "增长",
    "difference": "差额",
    "contribution": "拉动",
    "rank": "位次",
    "actual": "实际",
    "target": "目标",
    "rule": "规定",
    "century": "世纪",
    "decade": "年代",
    "year": "年",
    "half": "半年",
    "quarter": "季",
    "month": "月",
    "ten-days": "旬",
    "week": "周",
    "day": "日",
    "range": "区间",
    "now": "现时",
    "inferred": "推断",
    "none": "无",
    # flags
    "approximate": "起止为约数",
    "class": "量级",
    "dateline": "文中署期",
    "heading": "标题",
    "list": "单位共用",
    "nominal": "名义",
    "real": "实际",
    "multiplier": "省略数字",
    "ocr": "误识",
    "quoted": "引号内",
    "ratio": "比例",
    "rounded": "已舍入",
    "truncated": "截断",
    "unit-inferred": "单位系推断",
    "unit-missing": "未标单位",
    "unsettled": "日期未定",
    "upto": "截至",
    "vague": "概数",
    "year-like": "疑为年份",
    "year-inferred": "年份系推断",
    # keys of records, where they head a table
    "page": "页",
    "paragraph": "段",
    "start": "起",
    "end": "止",
    "measure": "类别",
    "value_max": "上限",
    "unit": "单位",
    "written": "原文",
    "relation": "关系",
    "basis": "基准",
    "period_start": "起始日",
    "period_end": "截止日",
    "status": "状态",
    "flags": "标记",
    "quote": "引文",
    "expression": "时间原文",
    "granularity": "粒度",
    "event": "事项",
    "tier": "层级",
    "scale_unit": "规模单位",
    "milestones": "节点",
    "code": "代码",
    "classification": "分类",
    "kind": "类型",
    "reason": "缘由",
    "rules": "规则",
    "score": "得分",
    "highlights": "命中",
    "encoding": "编码",
    "title": "标题",
    "published_by": "日期依据",
    "format": "格式",
    "pages": "页数",
    "notes": "说明",
    "index": "索引",
    "read": "新读",
    "unchanged": "未变",
    "removed": "移除",
    "unreadable": "不可读",
    "size": "字节",
    # doubts
    "unit-unknown": "单位不明",
    "unnamed": "无指标名",
    "misread": "误识",
    "broken-off": "文本中断",
    "undated": "日期未定",
    "left-out": "未采用",
    "carried-name": "指标承前",
    "carried-period": "时期承前",
    "supplied-basis": "基期补定",
    "no-amount": "非数量",
    "a number whose unit the text does not give, or that the scan lost": "未标单位，或单位在扫描中丢失",
    "a number before a word that is no unit zzcli knows": "数字之后的词不是已知的单位",
    "a number whose unit is not written; the words beside it tell it": "未写单位，由邻近词语推断",
    "a number that nothing names": "数字无所属指标",
    "a character that had to be read as another": "误识的字符，已按另一字读取",
    "the text breaks off here; nothing is bridged": "文本在此中断，未作补缀",
    "a date that the text does not settle": "文本不足以确定的日期",
    "dates whose year was inferred from the text": "年份由文本推断的日期",
    "a number that became no figure": "未成为数据的数字",
    "a number named by a sentence before its own": "指标取自前文的数字",
    "a number dated by a sentence before its own, a heading or a title": "时期取自前文或标题的数字",
    "a growth on the year by convention, for the text names no basis": "文本未写基期，按惯例作同比",
    "numerals that name or order, and state no amount": "用于名称或次序、不表数量的数字",
    "“{words}”, line {line}": "“{words}”，第{line}行",
    "1 date: {reason}": "1个日期：{reason}",
    "{count} dates: {reason}": "{count}个日期：{reason}",
    # why a number became no figure
    "tells an order, not an amount": "表次序，不表数量",
    "how often the page was read": "网页的浏览次数",
    "一 as an article": "“一”不表数量",
    "stands in a title": "在文件名或书名中",
    "stands in a quoted name": "在引号内的名称中",
    "part of a name": "名称的一部分",
    "the first, but no place in a ranking": "“第一”，但并非位次",
    "a size in a name": "名称中的规格",
    "a threshold in a name": "名称中的门槛",
    "a way of speaking": "修辞说法",
    "an age that is a condition": "作为条件的年龄",
    "a length of time": "时长",
    "counts what was just told": "复计前述事项",
    "a base: 每…": "计量基数：每…",
    "sizes what the number before it counts": "前一数字所计事物的规格",
    "no unit, and no index that needs none": "无单位，也不是无需单位的指数",
    "持平, but it is not said with what time": "“持平”，但未说与何时相比",
    "part of a code or a name, or a list number": "代码、名称的一部分或序号",
    "a page number or a running head": "页码或页眉",
    "in a table, but of no row and column that could be read": "在表中，但所属行列无法辨认",
    # how the year of writing was found
    "the title names {year}": "标题写明{year}年",
    "the title names {day}": "标题写明{day}",
    "dateline {words}": "文中署期{words}",
    "its title plans from {year}": "标题所列规划自{year}年起",
    "the text names no year": "文中未写年份",
    "the text names {year} as a year that is over, and not its own": "文中{year}年已过去，写作年份未写",
    "{year} is told as a year that is over": "文中{year}年已过去",
    "{year} is the latest year it names": "{year}年是文中最晚的年份",
    # how an answer came about: what a number is
    "a level, no word of change beside it": "水平值，近旁无增减之词",
    "a growth, by the words before it": "增长，据其前词语",
    "a growth, by the words behind it": "增长，据其后词语",
    "a level, what a change came to": "水平值，增减所至",
    "a difference, by the words before it": "差额，据其前词语",
    "a difference, compared by the words before it": "差额，据其前的比较词语",
    "a change, for what was raised or cut stands before it": "增减，其前为所提高或降低者",
    "a difference, in percentage points": "差额，以百分点计",
    "a contribution, by 拉动 or 贡献 before it": "拉动，其前有“拉动”或“贡献”",
    "a rank": "位次",
    "a share, by 占 before it": "占比，其前有“占”",
    "a growth, by 番": "增长，据“番”",
    "a cell of a table, named by its row and its column": "表中单元格，以行列为名",
    "a level": "水平值",
    "a growth": "增长",
    "a difference": "差额",
    "a contribution": "拉动",
    # its name
    "named by the words before it": "指标据其前词语",
    "named by the noun it counts": "指标为所计之名词",
    "named like the numbers before it": "指标同前面的数字",
    "named by its own word and what that is said of": "指标由本词及其所指合成",
    "named by its own word and the noun behind it": "指标由本词及其后名词合成",
    "a part, named with the statistic of the whole": "部分，随总体的指标命名",
    "a growth, as the one before it": "增长，同前一数字",
    "no change: 持平 with the time it names": "无增减：与所写时期持平",
    "a level: so many times what it is compared with": "水平值：为比较对象的若干倍",
    "named after what the sentence grants, and for what": "指标据句中奖补内容及对象",
    "named in order, from the list its words go with": "指标按列举次序对应",
    "a part of a ratio": "比例的一项",
    "named by nothing": "无指标名",
    # its period
    "dated in its sentence": "时期见本句",
    "dated by a sentence before its own": "时期承前句",
    "dated by the heading or title above it": "时期据其上标题",
    "dated by the name of its row": "时期据行名",
    "dated by the head of its column": "时期据列头",
    "not dated, nothing settles its time": "无时期，时间无从确定",
    "not dated, 近年来, 目前 and the like settle nothing": "无时期，“近年来”“目前”之类不能确定时间",
    "not dated, it stands before a change, at a time that is not told": "无时期，为变动前之数，其时未写",
    "not dated, nothing tells when": "无时期，未写时间",
    # its status
    "told as a fact": "作为事实陈述",
    "a target, in a section that plans": "目标，在规划部分",
    "a target, a word of aim beside it": "目标，近旁有目标之词",
    "a target, its date lies ahead": "目标，时期在后",
    "a rule, a threshold or rate of a policy": "规定，政策的门槛或标准",
    "a rule, a word that sets one beside it": "规定，近旁有规定之词",
    # a dated statement
    "another date stands in its clause": "同一分句另有日期",
    "begins with the subject before its date": "自日期之前的主语起",
    "ends before the next date": "止于下一日期之前",
    "shortened to the clauses around its date": "截取日期前后的分句",
    "goes on to the end of what is said there": "延至所述之末",
    "told by the title above its date": "据日期之上的标题",
    "date read as: no date": "日期读法：无日期",
    "date read as: lunar date": "日期读法：农历日期",
    "date read as: numeric date": "日期读法：数字日期",
    "date read as: compact date": "日期读法：连写日期",
    "date read as: numeric month": "日期读法：数字年月",
    "date read as: dotted months": "日期读法：点分年月",
    "date read as: years": "日期读法：多年",
    "date read as: listed year": "日期读法：列举年份",
    "date read as: decade": "日期读法：年代",
    "date read as: same period": "日期读法：同期",
    "date read as: year": "日期读法：年",
    "date read as: span word": "日期读法：跨度词",
    "date read as: plan": "日期读法：规划期",
    "date read as: feast or part of the year": "日期读法：节日或一年中的时段",
    "date read as: month": "日期读法：月",
    "date read as: quarter": "日期读法：季度",
    "date read as: week": "日期读法：周",
    "date read as: day": "日期读法：日",
    "date read as: day of a month": "日期读法：某月某日",
    "date read as: up to now": "日期读法：截至目前",
    "date read as: vague": "日期读法：泛称",
    "date read as: years up to now": "日期读法：若干年来",
    "date read as: years ago": "日期读法：若干年前",
    "date read as: epoch": "日期读法：时代",
    "date read as: year without 年": "日期读法：省“年”字的年份",
    # an industry
    "in a list before 产业 or its like": "在“产业”之类之前的列举中",
    "in a list behind 产业 or its like": "在“产业”之类之后的列举中",
    "its name stands before 产业 or its like": "名称在“产业”之类之前",
    "its name is that of a classification": "名称见于行业分类",
    "named by 以…为主导 or its like": "据“以…为主导”之类",
    "stands behind 发展 or its like": "在“发展”之类之后",
    "became an industry of a size": "成为某一规模的产业",
    "a heading names it": "见于标题",
    "told on line {line}": "见第{line}行",
    # further reasons
    "all": "全部",
    "of {area}": "地区为{area}",
    "of {area}, carried from before": "地区为{area}，承前",
    "against {basis}, for the text names nothing else": "与{basis}相比，文中别无所指",
    # files
    "{name}: no such file; check the path": "{name}：没有这个文件，请检查路径",
    "{name}: is a folder; name the files in it": "{name}：是文件夹，请指明其中的文件",
    "{name}: may not be read; ask for permission to read it": "{name}：无权读取，请先取得读取权限",
    "{name}: is no path": "{name}：不是路径",
    "{name}: cannot be read: {reason}": "{name}：无法读取：{reason}",
    "{name}: is a pipe that nobody writes to; start what writes to it first": (
        "{name}：是无人写入的管道，请先启动写入的程序"
    ),
    "{name}: a pipe can be read once; search it apart from folders": "{name}：管道只能读一次，请与文件夹分开搜索",
    "{name}: is UTF-8 and not {encoding}; leave the encoding away": "{name}：是UTF-8而不是{encoding}，请不要指定编码",
    "{name}: is empty; there is nothing to read": "{name}：是空文件，没有可读的内容",
    "{name}: is larger than {size} MB; split it": "{name}：超过{size}MB，请拆分",
    "{name}: is not text but {kind}; save it as text first": "{name}：不是文本，而是{kind}，请先另存为文本",
    "{name}: is not text; zzcli reads text, web pages, Word and PDF files, so save it as one of these": (
        "{name}：不是文本、网页、Word或PDF文件，请先另存为其中一种"
    ),
    "{name}: is not text, or in no encoding that can be told; name it with --encoding": (
        "{name}：不是文本，或编码无法判定，请用 --encoding 指明"
    ),
    "{name}: no such encoding; try utf-8, gb18030, big5 or utf-16": (
        "{name}：没有这种编码，可用 utf-8、gb18030、big5 或 utf-16"
    ),
    "{name}: is not {encoding}; leave the encoding away or name another": (
        "{name}：编码不是{encoding}，请省去编码或另指一种"
    ),
    "standard input: is closed; name a file": "标准输入：已关闭，请指明文件",
    "{name}: no document in this folder; zzcli reads {kinds}": "{name}：文件夹中没有可读的文件，zzcli读取{kinds}",
    "{name}: this folder cannot be listed: {reason}": "{name}：文件夹无法列出：{reason}",
    "{name}: is no file but a pipe, a device or the like; left out": "{name}：不是文件，而是管道、设备之类，已略去",
    "{name}: is a web page; to read it: pip install 'zzcli[html]'": "{name}：是网页，读取需先运行 pip install 'zzcli[html]'",
    "{name}: nests its tags too deep to be read; save it as text": "{name}：标签嵌套过深，无法读取；请另存为文本",
    "{name}: nests its tags too deep; what follows is not read, so save it as text": (
        "{name}：标签嵌套过深，只读了此前的内容；请另存为文本"
    ),
    "{name}: is a web page without text; save it from a browser, as shown there": (
        "{name}：是没有文字的网页，请在浏览器中打开后另存"
    ),
    "{name}: is a Word file; to read it: pip install 'zzcli[docx]'": (
        "{name}：是Word文件，读取需先运行 pip install 'zzcli[docx]'"
    ),
    "{name}: is a Word file without text; of pictures zzcli reads nothing": "{name}：是没有文字的Word文件；zzcli不读图片",
    "{name}: is damaged; open it in Word and save it again": "{name}：已损坏，请用Word打开后重新保存",
    "{name}: is an Excel file; save the sheet as text or HTML": "{name}：是Excel文件，请把工作表另存为文本或HTML",
    "{name}: is a PowerPoint file; save it as PDF": "{name}：是PowerPoint文件，请另存为PDF",
    "{name}: is an e-book; save its text as HTML": "{name}：是电子书，请把正文另存为HTML",
    "{name}: is an OpenDocument file; save it as DOCX": "{name}：是OpenDocument文件，请另存为DOCX",
    "{name}: is a ZIP archive; unpack it and name the files in it": "{name}：是ZIP压缩包，请解压后指明其中的文件",
    "{name}: is an archive of more than {most} parts; it is no Word file": "{name}：压缩包有{most}个以上部件，不是Word文件",
    "{name}: is larger than {most} MB when unpacked; split it": "{name}：解压后超过{most}MB，请拆分",
    "{name}: is more than {most} times as large when unpacked; open it in Word and save it again": (
        "{name}：解压后的大小超过原来的{most}倍，请用Word打开后重新保存"
    ),
    "{name}: is a PDF; to read it: pip install 'zzcli[pdf]'": "{name}：是PDF文件，读取需先运行 pip install 'zzcli[pdf]'",
    "{name}: is a damaged PDF; save or download it again": "{name}：PDF文件已损坏，请重新保存或下载",
    "{name}: is protected by a password; save it without one": "{name}：有密码保护，请另存为无密码的文件",
    "{name}: has no text (a scan?); zzcli reads text, so run OCR over it first": (
        "{name}：没有文字（可能是扫描件）；zzcli只读文字，请先做文字识别（OCR）"
    ),
    "{name}: page {pages} has no text (a scan?); zzcli reads text, the rest is read": (
        "{name}：第{pages}页没有文字（可能是扫描件）；zzcli只读文字，其余各页已读"
    ),
    "{name}: pages {pages} have no text (a scan?); zzcli reads text, the rest is read": (
        "{name}：第{pages}页没有文字（可能是扫描件）；zzcli只读文字，其余各页已读"
    ),
    "{name}: page {pages} is damaged; the rest is read": "{name}：第{pages}页已损坏，其余各页已读",
    "{name}: pages {pages} are damaged; the rest is read": "{name}：第{pages}页已损坏，其余各页已读",
    "{name}: page {pages} takes too long; the rest is read": "{name}：第{pages}页耗时过长，其余各页已读",
    "{name}: pages {pages} take too long; the rest is read": "{name}：第{pages}页耗时过长，其余各页已读",
    "{name}: page {pages} takes too much memory or is damaged; the rest is read": (
        "{name}：第{pages}页占用内存过多或已损坏，其余各页已读"
    ),
    "{name}: pages {pages} take too much memory or are damaged; the rest is read": (
        "{name}：第{pages}页占用内存过多或已损坏，其余各页已读"
    ),
    "{name}: page {pages} is not read, there is too much before it; split the file": (
        "{name}：第{pages}页未读，前面内容过多，请拆分文件"
    ),
    "{name}: pages {pages} are not read, there is too much before them; split the file": (
        "{name}：第{pages}页未读，前面内容过多，请拆分文件"
    ),
    "{name}: takes too long to open; print it to a new PDF, or save its text": (
        "{name}：打开耗时过长，请重新打印成PDF，或另存其文字"
    ),
    "{name}: takes too long to read, and has no text until there; print it to a new PDF, or save its text": (
        "{name}：读取耗时过长，此前没有文字，请重新打印成PDF，或另存其文字"
    ),
    "a PDF": "PDF文件",
    "a ZIP archive": "ZIP压缩包",
    "an old Office file (DOC, XLS)": "旧版Office文件（DOC、XLS）",
    "a PNG picture": "PNG图片",
    "a JPEG picture": "JPEG图片",
    "a GIF picture": "GIF图片",
    "a program": "程序",
    "a gzip archive": "gzip压缩包",
    "a 7z archive": "7z压缩包",
    "a RAR archive": "RAR压缩包",
    "an RTF file": "RTF文件",
    # where answers go
    "{name}: cannot be written: {reason}": "{name}：无法写入：{reason}",
    "standard output is closed": "标准输出已关闭",
    "this format is not for a terminal; name a file with --output": "此格式不宜在终端显示，请用 --output 指明文件",
    "reading": "读取中",
    # what the system says
    "No such file or directory": "没有这个文件或文件夹",
    "Permission denied": "权限不足",
    "Is a directory": "是文件夹",
    "Not a directory": "不是文件夹",
    "No space left on device": "磁盘已满",
    "Read-only file system": "文件系统只读",
    "File name too long": "文件名过长",
    "Too many levels of symbolic links": "链接层数过多",
    "Input/output error": "输入输出错误",
    # what was asked for
    "'': a file has a name; without FILE the bundled page is read": "''：文件须有名称；不写 FILE 则读取自带的文件",
    "-: standard input can be read once": "-：标准输入只能读一次",
    "-: standard input can be read once; search it apart from folders": ("-：标准输入只能读一次，请与文件夹分开检索"),
    "--workers: the workers of a scheduler are its own; leave one of the two away": (
        "--workers：调度器自有进程，两个选项只能用一个"
    ),
    "--index: an index is of one folder; search the folders one by one": (
        "--index：一个索引只属一个文件夹，请逐个检索"
    ),
    "--index: {index}: there is no such index, or no folder is searched; zzcli index makes one": (
        "--index：{index}：没有这个索引，或所检索的不是文件夹；可用 zzcli index 建立"
    ),
    "--format sdmx-csv: holds figures only; take csv": "--format sdmx-csv：只容纳数据，请改用 csv",
    "--fields: the columns of sdmx-csv are given; leave it away": "--fields：sdmx-csv 的列是固定的，请省去",
    "{option}: is for people, as it stands; leave {other} away": "{option}：只供人阅读，请省去 {other}",
    "{option}: {name} is no key; there are {some}": "{option}：没有{name}这个键，可用的有 {some}",
    "{name}: there are {some}": "没有{name}，可用的有 {some}",
    "{name}: no such language; give zh or en": "{name}：没有这种语言，请用 zh 或 en",
    "published: {given} is no datetime.date": "published：{given}不是 datetime.date",
    "{text} is no date; give 2024-09-30, 2024-09 or 2024": "{text}不是日期，应为 2024-09-30、2024-09 或 2024",
    "{text}: is no period that is settled; give 2024, 2024-Q1, 2024-05, 2024-05-20 or 2024年上半年": (
        "{text}：不是确定的时期，应为 2024、2024-Q1、2024-05、2024-05-20 或 2024年上半年"
    ),
    "{text}: is no number; give 5.8, 100000 or 100亿": "{text}：不是数，应为 5.8、100000 或 100亿",
    "{message} (see: {name} --help)": "{message}（见 {name} --help）",
    "{kind}: {error} ({place}); this is a fault of zzcli, please report it": (
        "{kind}: {error}（{place}）；这是zzcli的差错，请报告"
    ),
    "nothing": "无",
    "nothing of {name} {wanted}; there are: {some}": "没有{name}“{wanted}”，现有：{some}",
    "nothing found that answers all that was asked": "没有符合全部条件的结果",
    # searching
    "the term to search for is empty": "检索词为空",
    "nothing found for {term}; nearest: {near}": "没有找到“{term}”，相近的有：{near}",
    "nothing found for {term}, nor like it; often there: {often}": (
        "没有找到“{term}”，也没有相近的；常见的有：{often}"
    ),
    "nothing found for {term} in {count} documents": "{count}份文件中没有找到“{term}”",
    # the index
    "{name}: is no folder; an index is of a folder": "{name}：不是文件夹，索引须属一个文件夹",
    "the SQLite of this Python has no FTS5, which an index needs; search works without one": (
        "此Python的SQLite没有FTS5，无法建立索引；不用索引也可检索"
    ),
    "{path}: is being written by another zzcli index; wait for it to end": (
        "{path}：另一个 zzcli index 正在写入，请等它结束"
    ),
    "{path}: cannot be written: {reason}; name another place with --index": (
        "{path}：无法写入：{reason}；请用 --index 另指位置"
    ),
    "{path}: is there and is no index of zzcli; name another file": "{path}：已有此文件，且不是zzcli的索引，请另指文件",
    "is no file": "不是文件",
    "is no index of zzcli": "不是zzcli的索引",
    "was made by another version of zzcli": "由其他版本的zzcli建立",
    "is not yours alone: another owns it or may write to it": "不是你独有的：属于他人，或他人可以写入",
    "its checksum does not fit": "校验和不符",
    "was not made by you on this machine": "不是你在本机上建立的",
    "its rows make no sense": "内容无法识别",
    "{path}: {reason}; searched without it (zzcli index makes a new one)": (
        "{path}：{reason}；未用索引检索（zzcli index 可重建）"
    ),
    "{path}: {why}; made anew": "{path}：{why}；已重建",
    # many documents
    "a worker process was killed; what it had is read again": "一个工作进程被终止，其文件已重读",
    "{name}: the process that reads it is killed, also when it is alone; split it, or give it more memory": (
        "{name}：读取它的进程被终止，单独读取亦然；请拆分文件或增加内存"
    ),
    "{address!r}: is no address of a Dask scheduler; give tcp://host:8786": (
        "{address!r}：不是Dask调度器的地址，应如 tcp://host:8786"
    ),
    "--scheduler needs Dask: pip install 'zzcli[cluster]'": "--scheduler 需要Dask：pip install 'zzcli[cluster]'",
    "{address}: no Dask scheduler can be reached there: {reason}": "{address}：连不上Dask调度器：{reason}",
    "{address}: has no workers; start some: dask worker {address}": (
        "{address}：没有工作进程，请启动：dask worker {address}"
    ),
    "{address}: install zzcli {version} on scheduler and workers; there is {others}": (
        "{address}：调度器和工作进程须装 zzcli {version}，现为 {others}"
    ),
    "{address}: no worker is left; start some and ask again": "{address}：工作进程已无，请启动后重试",
    "a worker was lost; its documents ({documents}) were read again: none is missing or doubled": (
        "失去一个工作进程，其文件（{documents}份）已重读，无遗漏、无重复"
    ),
    "{count} workers were lost; their documents ({documents}) were read again: none is missing or doubled": (
        "失去{count}个工作进程，其文件（{documents}份）已重读，无遗漏、无重复"
    ),
    "{address}: is gone, or cannot work with Dask {version}, which is used here": (
        "{address}：已断开，或与此处的 Dask {version} 不相容"
    ),
    "{address}: cannot read documents: {reason}": "{address}：无法读取文件：{reason}",
    "{name}: the workers that read it were killed, one after the other": "{name}：读取它的工作进程相继被终止",
    # the lexicon
    "{name}.toml: no such table in the lexicon": "{name}.toml：词库中没有此表",
    "units.toml: {entry}: knows no {keys}": "units.toml：{entry}：没有{keys}这一项",
    "units.toml: not_numbers: {word} holds no numeral": "units.toml：not_numbers：{word}中没有数字",
    # help
    "Usage: {command} ": "用法：{command} ",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "Examples:": "示例：",
    "Ask a Chinese public document for its numbers, dates and industries.": "查询中文公开文件中的数据、日期和产业。",
    "Without a command: an overview of the bundled page.": "不写命令：自带文件的概览。",
    "Print the version and end.": "显示版本。",
    "The language of help and messages.": "帮助和消息的语言。",
    "Documents, or folders of them; - is standard input; if none, the bundled page.": (
        "文件或文件夹；- 为标准输入；不写则为自带的文件。"
    ),
    "An industry, for all that is said of it; documents, or folders of them.": (
        "产业名，列出有关它的全部内容；文件或文件夹。"
    ),
    "A folder of documents.": "存放文件的文件夹。",
    "What to look for; every character means itself.": "检索词，每个字符均按原样。",
    "table, or for programs: json ndjson csv tsv markdown xlsx parquet sdmx-csv": (
        "table 为表格；供程序用：json、ndjson、csv、tsv、markdown、xlsx、parquet、sdmx-csv"
    ),
    "Write a file, whole or not at all; its suffix tells the format.": "写入文件，或全或无；格式由后缀决定。",
    "At most so many records.": "至多若干条记录。",
    "When it was published (2024-09): settles 今年, 去年10月.": "发布日期（2024-09），以定“今年”“去年10月”。",
    "The encoding, where it is not found.": "编码，无法自动判定时用。",
    "Begin CSV with a mark that Excel needs.": "CSV以Excel所需的标记开头。",
    "All as it stands: no ' before cells like formulas.": "一切照原样：形似公式的单元格前不加 ' 。",
    "Sort by a key of the records; -KEY: descending.": "按记录的键排序；-KEY 为降序。",
    "Only these keys, in this order: a,b,c.": "只取这些键，依此次序：a,b,c。",
    "Processes that read many documents.": "读取大量文件的进程数。",
    "A Dask scheduler whose workers read them.": "Dask调度器，由其工作进程读取。",
    "Periods that reach to it or beyond.": "时期至此或更晚。",
    "Periods that begin by its end.": "时期始于此前或其间。",
    "What is measured, by any of its names: GDP.": "指标，任一名称均可：GDP。",
    "Whose figure it is.": "所属地区。",
    "Its unit: 亿元 is 元.": "单位：亿元即元。",
    "level growth difference contribution rank.": (
        "level 水平、growth 增长、difference 差额、contribution 拉动、rank 位次。"
    ),
    "actual target rule.": "actual 实际、target 目标、rule 规定。",
    "At least so much: 100亿.": "数值下限：100亿。",
    "At most so much.": "数值上限。",
    "Say how each answer came about, or which rules made it.": "说明每条结果的由来或所用规则。",
    "A chart instead of a table.": "以图代表。",
    "A chart of an indicator over time.": "某指标随时间变化的图。",
    "Of this tier of the document.": "文件中的这一层级。",
    "year, half, quarter, month, day, range and others.": (
        "year 年、half 半年、quarter 季、month 月、day 日、range 区间等。"
    ),
    "Only name the documents that hold the term.": "只列出含检索词的文件。",
    "Where the index of the folder is, if not in it.": "索引的位置，若不在文件夹内。",
    "Mark the figures, dates and industries in it.": "标出其中的数据、日期和产业。",
    "The industries, under the tiers of the document.": "按文件的层级列出产业。",
    "With scale, number of enterprises, standing, milestones and every line that speaks of them.": (
        "含规模、企业数、地位、节点和有关各行。"
    ),
    "Every dated statement, in order of date.": "按日期列出有日期的记事。",
    "Relative dates (去年10月) are settled by the date of publication, given or found in the text.": (
        "相对日期（去年10月）以发布日期为准，发布日期由选项指定或见于文中。"
    ),
    "Every number that states something.": "列出各项数据。",
    "What it measures, value and unit, growth, rank or difference, period, area and line.": (
        "含指标、数值和单位、增长、位次或差额、时期、地区和行。"
    ),
    "The passages that hold a term, best first.": "检索含某词的文句，最相关的在前。",
    "Those that hold the term itself, then all of its words, then some. Of folders the best 20, or --limit.": (
        "先列含检索词全文的，次列含其全部词语的，再列含部分词语的。文件夹取最相关的20处，或依 --limit。"
    ),
    "Index a folder, so that searching it takes less time.": "为文件夹建立索引，以加快检索。",
    "The index is a hidden file in the folder. Asked again, only what is new or changed is read.": (
        "索引是文件夹中的隐藏文件。再次运行时只读新增或改动的文件。"
    ),
    "What to look at before a table is signed.": "列出签发之前须核对之处。",
    "Numbers that became no figure, and why; years inferred; text that breaks off; units that are missing.": (
        "未成为数据的数字及缘由、推断的年份、中断的文本、未标的单位。"
    ),
    "What a document is, and how to go on.": "文件概览，以及如何继续。",
    "The text as zzcli reads it, line by line.": "逐行显示zzcli所读的文本。",
    "With --raw the text that the places of records count in, as it stands.": (
        "用 --raw 则照原样显示记录位置所依的文本。"
    ),
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
    "--format parquet needs pyarrow: pip install 'zzcli[parquet]'": "--format parquet 需要 pyarrow：pip install 'zzcli[parquet]'",
    "--format xlsx needs XlsxWriter: pip install 'zzcli[xlsx]'": "--format xlsx 需要 XlsxWriter：pip install 'zzcli[xlsx]'",
    "{kind} is no kind of records; there are {some}": "{kind} 不是记录的种类；有 {some}",
    " … [{count} characters more; --format json has them all]": " … [另有{count}字；完整内容见 --format json]",
    "texts longer than a cell of Excel holds, and clipped: {count}": "超过Excel单元格上限而截短的文本：{count}",
    # comparing
    "in brackets: against the column before": "括号内为与前一列相比",
    "compare: one document has nothing beside it; name several, or ask --by period": "compare：只有一个文件，无可对照；请多列几个，或用 --by period",
    "nothing found for {term}": "未找到{term}",
    "Documents, or folders of them.": "文件或文件夹。",
    "document or period: what stands side by side.": "document 为文件并列，period 为时期并列。",
    "The same statistics of several documents side by side.": "对照多个文件中的同一指标。",
    "In one unit, matched by all their names, with the change from column to column; below, what only one has.": "各种名称视为同一指标，统一单位，列出逐列的变化；仅一处有的列在下面。",
    "What is measured, by any of its names.": "指标，任一名称均可。",
    "One statistic over documents and years, with a chart.": "一项指标在各文件、各年份的数值，附图。",
    "Statements that cannot both be true are marked.": "相互矛盾的说法会标出。",
}

# What the framework of the command line says.
FRAMEWORK: dict[str, str] = {
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示此帮助。",
    "Install completion for the current shell.": "为当前shell安装补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前shell的补全脚本，供复制或自行安装。"
    ),
    "env var: {name}": "环境变量 {name}",
    "default: {value}": "默认 {value}",
    "required": "必填",
    "No such option: {option}": "没有选项 {option}",
    "No such option: {option} (Possible options: {near})": "没有选项 {option}，相近的有 {near}",
    "No such command {name}.": "没有命令 {name}",
    "No such command {name}. Did you mean {near}?": "没有命令 {name}，相近的有 {near}",
    "Missing argument {name}.": "缺少参数 {name}",
    "Missing option {name}.": "缺少选项 {name}",
    "Missing command.": "缺少命令",
    "Got unexpected extra argument(s) ({words})": "多余的参数（{words}）",
    "Option {name} requires an argument.": "选项 {name} 须带一个值",
    "Option {name} does not take a value.": "选项 {name} 不带值",
    "Invalid value for {name}: {reason}": "{name} 的值无效：{reason}",
    "Invalid value for {name} (env var: {variable}): {reason}": "{name}（环境变量 {variable}）的值无效：{reason}",
    "{value} is not one of {some}.": "没有{value}，可用的有 {some}",
    "{value} is not in the range x>={least}.": "{value}太小，至少为{least}",
    "{value} is not a valid int range.": "{value}不是整数",
    "{value} is not a valid int.": "{value}不是整数",
    "{value} is not a valid float.": "{value}不是数",
}

_PLACE = re.compile(r"\{(\w+)[^{}]*\}")
_LEAST = 3  # letters by which a template is known


def retold(words: str) -> str:
    """English words that were put together elsewhere, in Chinese.

    They are known by the template that they were made from: one that tells a reason, or the one that has most letters.

    >>> retold("{count} dates: {reason}".format(count=2, reason="the text names no year"))
    '2个日期：文中未写年份'
    """
    catalogue = ZH | FRAMEWORK
    if words in catalogue:
        return catalogue[words]
    for template in sorted(filter(_is_known, catalogue), key=_rank, reverse=True):
        if (values := _values(template, words)) is not None:
            return catalogue[template].format(**values)
    return words


def _rank(template: str) -> tuple[bool, int]:
    return "{reason}" in template, _letters(template)


def _letters(template: str) -> int:
    return sum(map(str.isalpha, _PLACE.sub("", template)))


def _is_known(template: str) -> bool:
    return "{" in template and _letters(template) >= _LEAST


def _values(template: str, words: str) -> dict[str, str] | None:
    """What stands in the places of a template, if the words were made from it."""
    parts = _PLACE.split(template)  # words, name of a place, words, …
    if not all(part in words for part in parts[::2]):
        return None
    pattern = "".join("(.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    found = re.fullmatch(pattern, words, re.DOTALL)
    if found is None:
        return None
    values = dict(zip(parts[1::2], found.groups(), strict=True))
    return {name: retold(value) if name == "reason" else value for name, value in values.items()}
