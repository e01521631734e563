"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

ZH: dict[str, str] = {
    "is a PowerPoint file; save it as PDF": "是PowerPoint文件；请另存为PDF",
    "is a Word file without text; of pictures zzcli reads nothing": "是没有文字的Word文件；zzcli不读图片",
    "is a Word file; to read it: pip install 'zzcli[docx]'": "是Word文件；要读它，请运行：pip install 'zzcli[docx]'",
    "is a ZIP archive; unpack it and name the files in it": "是ZIP压缩包；请解压后再指定其中的文件",
    "is a web page without text; save it from a browser, as shown there": "是没有文字的网页；请在浏览器中打开后另存",
    "is a web page; to read it: pip install 'zzcli[html]'": "是网页；要读它，请运行：pip install 'zzcli[html]'",
    "is an Excel file; save the sheet as text or HTML": "是Excel文件；请把工作表另存为文本或HTML",
    "is an OpenDocument file; save it as DOCX": "是OpenDocument文件；请另存为DOCX",
    "is an archive of more than {most} parts; it is no Word file": "是含{most}个以上部件的压缩包，不是Word文件",
    "is an e-book; save its text as HTML": "是电子书；请把正文另存为HTML",
    "is damaged; open it in Word and save it again": "已损坏；请用Word打开后重新保存",
    "is encrypted; save it without a password": "已加密；请取消密码后保存",
    "is larger than {most} MB when unpacked; split it": "解压后大于{most} MB；请拆分",
    "standard input": "标准输入",
}
