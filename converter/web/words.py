"""The words of the page, in its three languages: one line a phrase, for people who read them to judge."""

from __future__ import annotations

LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""BCP 47 tag and own name of each language."""

# The columns are 简体, 繁體 and English.
_TABLE = {
    "title": ("中文文本转换", "中文文字轉換", "Chinese text converter"),
    "tagline": (
        "把纯文本变成排好版的 Word、PDF 和电子书，或编成一册。",
        "把純文字變成排好版的 Word、PDF 和電子書，或編成一冊。",
        "Plain text becomes a typeset Word, PDF or e-book file, or one booklet.",
    ),
    "language": ("语言", "語言", "Language"),
    "drop": ("把文件拖到这里，或点击选择", "把檔案拖到這裡，或點按選擇", "Drop files here, or choose them"),
    "drop_hint": (
        "TXT 文本，编码自动识别；最多 {files} 个，共 {mb} MB",
        "TXT 文字檔，編碼自動識別；最多 {files} 個，共 {mb} MB",
        "Plain text in any Chinese encoding; up to {files} files, {mb} MB in all",
    ),
    "task": ("要做什么", "要做什麼", "What to make"),
    "convert": ("逐个转换", "逐個轉換", "Convert each file"),
    "convert_hint": ("每个文件单独成篇", "每個檔案單獨成篇", "One document a file"),
    "booklet": ("编成一册", "編成一冊", "Compile a booklet"),
    "booklet_hint": ("封面、目录、连续页码", "封面、目錄、連續頁碼", "Cover, contents, page numbers"),
    "formats": ("格式", "格式", "Formats"),
    "theme": ("版式", "版式", "Look"),
    "theme.article": ("文章", "文章", "Article"),
    "theme.article.hint": ("A4，讲话、报告、方案", "A4，講話、報告、方案", "A4, speeches and reports"),
    "theme.official": ("公文", "公文", "Official"),
    "theme.official.hint": ("A4，GB/T 9704 公文格式", "A4，GB/T 9704 公文格式", "A4, GB/T 9704 documents"),
    "theme.book": ("图书", "圖書", "Book"),
    "theme.book.hint": ("A5，32 开，有页眉", "A5，32 開，有頁眉", "A5, running heads"),
    "title_field": ("书名", "書名", "Title"),
    "title_hint": ("不填则取第一篇的标题", "不填則取第一篇的標題", "From the first text, if left empty"),
    "author": ("作者或编者", "作者或編者", "Author or editor"),
    "date": ("日期", "日期", "Date"),
    "more": ("更多选项", "更多選項", "More options"),
    "script": ("字体转换", "字體轉換", "Characters"),
    "script.": ("保持原样", "保持原樣", "As they are"),
    "script.hans": ("转为简体", "轉為簡體", "To Simplified"),
    "script.hant": ("转为繁体", "轉為繁體", "To Traditional"),
    "script.tw": ("转为繁体（台湾）", "轉為繁體（臺灣）", "To Traditional (Taiwan)"),
    "script.hk": ("转为繁体（香港）", "轉為繁體（香港）", "To Traditional (Hong Kong)"),
    "encoding": ("文件编码", "檔案編碼", "Encoding"),
    "encoding.": ("自动识别", "自動識別", "Detect"),
    "default": ("默认", "預設", "Default"),
    "yes": ("是", "是", "Yes"),
    "no": ("否", "否", "No"),
    "start": ("开始转换", "開始轉換", "Convert"),
    "start_booklet": ("编成一册", "編成一冊", "Make the booklet"),
    "stop": ("停止", "停止", "Stop"),
    "results": ("结果", "結果", "Results"),
    "working": ("正在处理 {done} / {all}", "正在處理 {done} / {all}", "Working: {done} of {all}"),
    "finished": ("已完成 {made} 个文件", "已完成 {made} 個檔案", "{made} files made"),
    "finished_partly": (
        "已完成 {made} 个文件，{failed} 处失败",
        "已完成 {made} 個檔案，{failed} 處失敗",
        "{made} files made, {failed} failed",
    ),
    "stopped": ("已停止", "已停止", "Stopped"),
    "waiting": ("服务繁忙，稍候自动重试", "服務繁忙，稍候自動重試", "The service is busy; trying again shortly"),
    "all": ("全部下载（ZIP）", "全部下載（ZIP）", "Download all (ZIP)"),
    "download": ("下载", "下載", "Download"),
    "remove": ("移除", "移除", "Remove"),
    "up": ("上移", "上移", "Move up"),
    "down": ("下移", "下移", "Move down"),
    "notes": ("{n} 条说明", "{n} 條說明", "Notes: {n}"),
    "note_line": ("第 {line} 行", "第 {line} 行", "Line {line}"),
    "note_more": ("其余 {n} 条未列出", "其餘 {n} 條未列出", "{n} more"),
    "no_files": ("请先选择文件。", "請先選擇檔案。", "Choose a file first."),
    "no_formats": ("请至少选择一种格式。", "請至少選擇一種格式。", "Choose at least one format."),
    "too_many": ("最多 {n} 个文件。", "最多 {n} 個檔案。", "At most {n} files."),
    "too_large": ("超过 {mb} MB，未上传。", "超過 {mb} MB，未上傳。", "Larger than {mb} MB; not sent."),
    "unreachable": (
        "无法连接服务，请检查后重试。",
        "無法連線服務，請檢查後重試。",
        "The service cannot be reached. Check the connection and try again.",
    ),
    "foot": (
        "文件只在本服务中处理，不保存。",
        "檔案只在本服務中處理，不保存。",
        "Files are worked on here and not kept.",
    ),
    "api": ("接口说明", "介面說明", "API"),
}


def words(language: str) -> dict[str, str]:
    """Every phrase by its key, in one of LANGUAGES."""
    column = list(LANGUAGES).index(language)
    return {key: phrases[column] for key, phrases in _TABLE.items()}
