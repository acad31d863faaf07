"""How lines of web chrome read: a table for those who know Chinese sites, in both scripts.

A sign speaks for itself: one such line is enough. What is only likely among signs, and what never is, stands in
`weak_signs`.
"""

from __future__ import annotations

import re

from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled


class Sign(NamedTuple):
    """A kind of line that no author writes."""

    name: Message
    above: bool
    """Whether it counts above the text."""
    below: bool
    """Whether it counts below the text."""
    pattern: re.Pattern[str]
    """Matched against the whole line."""


def any_of(*alternatives: str) -> str:
    """A pattern for any of these."""
    return f"(?:{'|'.join(alternatives)})"


def _sign(english: str, chinese: str, *alternatives: str, above: bool = True, below: bool = True) -> Sign:
    return Sign(Message(english, chinese), above, below, compiled(any_of(*alternatives), re.IGNORECASE | re.DOTALL))


SEPARATOR = r"\s*(?:[>＞›»]|&gt;)+\s*"
"""What stands between the steps of a breadcrumb."""
_HOME = r"(?:网站|網站|本站|返回|[^\s>＞|。，]{2,12})?(?:首页|首頁|主页|主頁)"
_STEP = r"[^>＞›»。\s](?:[^>＞›»。]{0,22}[^>＞›»。\s])?"
_BUTTON = (
    any_of(
        *(
            "打印",
            "列印",
            "关闭",
            "關閉",
            "收藏",
            "返回",
            "分享",
            "转发",
            "推荐",
            "投稿",
            "纠错",
            "复制",
            "评论",
            "点赞",
            "举报",
        ),
        *("字号", "字体", "字號", "加入", "保存", "赞", "赏", "大", "中", "小", r"A[+-]"),
    )
    + r"(?:本页|本頁|此页|本文|窗口|視窗|顶部|首页|列表|上页|链接|分享|收藏)?(?:\s*\d{1,6})?"
)
_BUTTON_GAP = r"[\s】\])）【\[(（|/:：]+"
_BUTTON_END = r"[\s】\])）|/:：]*"
_WHOLE_BUTTON = (
    r"(?:打印|列印|关闭|關閉|收藏|返回|复制)(?:本页|本頁|此页|本文|新闻|新聞|文章|窗口|視窗|顶部|首页|列表|上页|链接)"
)
_SITE_LINK = any_of(
    *(
        "关于我们",
        "关于本站",
        "联系我们",
        "联系方式",
        "联系站长",
        "网站地图",
        "站点地图",
        "网站声明",
        "网站简介",
        "版权声明",
    ),
    *(
        "版权说明",
        "版权保护",
        "免责声明",
        "安全隐私",
        "隐私(?:政策|声明|保护)",
        "广告服务",
        "友情链接",
        "诚聘英才",
        "招贤纳士",
    ),
    *(
        "公司简介",
        "法律顾问",
        "问题报告",
        "合作伙伴",
        "帮助中心",
        "设为首页",
        "设置首页",
        "加入收藏",
        "豁免条款",
        "意见反馈",
    ),
    *(
        "银行汇款帐号",
        "论坛反馈",
        "[^\\s|｜]{2,6}简介",
        "關於我們",
        "聯絡我們",
        "網站地圖",
        "隱私權(?:政策|宣告)",
        "版權聲明",
    ),
)
_BAR = r"(?:\s*[|｜丨│/·]\s*|\s+)"
_LIST_OF = any_of(
    *(
        "相关",
        "推荐",
        "热门",
        "热点",
        "最新",
        "精彩",
        "更多",
        "本站",
        "本网",
        "视频",
        "为您",
        "相關",
        "推薦",
        "熱門",
        "最新",
    ),
)
_LISTED = any_of(
    *(
        "阅读",
        "新闻",
        "文章",
        "推荐",
        "报道",
        "链接",
        "资讯",
        "图集",
        "图片",
        "热帖",
        "排行",
        "评论",
        "更新",
        "文档",
        "閱讀",
        "新聞",
        "鏈接",
    ),
)
_FOREIGN = any_of(
    "网友上传",
    "不代表本[站网]",
    "来源于网络",
    "来自(?:互联)?网络?",
    "原创文章",
    "客服",
    "侵权.{0,20}[删联]",
    "转载请注明",
)

CRUMB = _sign(
    "breadcrumb",
    "面包屑导航",
    r"[您你]?的?(?:目前|现在|現在|当前|當前)?(?:所在)?的?(?:位置|栏目|欄目|频道|頻道)(?:是|为)?\s*[:：].{0,80}",
    rf"{_HOME}(?:{SEPARATOR}{_STEP}){{1,8}}",
    rf"[^\s>＞|。，]{{2,12}}[网網](?:{SEPARATOR}{_STEP}){{1,8}}",
    # The rest of one that was broken over two lines.
    r"(?:[>＞›»]\s*[^>＞。\s]{2,16}\s*){1,8}",
)
LISTS = (
    _sign(
        "neighbouring articles",
        "上一篇、下一篇",
        r"(?:.{0,60}\s)?[上下前后]一[篇页条條頁](?:\s*[:：].{0,80})?",
        above=False,
    ),
    _sign(
        "related articles",
        "相关链接",
        rf"[【\[]?{_LIST_OF}[^，。：:【】]{{0,4}}{_LISTED}[】\]]?\s*[:：>»]*",
        *(
            "猜你喜欢",
            "往期(?:推荐|回顾|精彩|链接|文章)[:：]?",
            "网友评论",
            "查看评论",
            "发表评论",
            "留言与评论.{0,20}",
            r"已有\d+条评论.{0,10}",
            r"(?:【\d+】\s*){2,}",
            # What sites of model essays list below one: [工作总结]相关文章：, 看了工作总结的人还看了：
            r"[\[【][^\[\]【】]{4,60}[\]】]相关(?:文章|推荐|阅读|链接)\s*[:：]",
            r"看[了过][^，。：:]{2,60}的(?:人|网友|用户|读者)[还又]看[了过]?\s*[:：]?",
        ),
        above=False,
    ),
)
FOOTERS = (
    _sign(
        "copyright and record numbers",
        "版权与备案信息",
        ".{0,120}"
        + any_of(
            *(r"版\s*权\s*所\s*有", r"版\s*權\s*所\s*有", r"copyright\b", "©", "all rights reserved"),
            *(
                r"ICP\s*[备備证證]案?\s*(?:编?号|編?號)?\s*[:：\d]",
                r"公\s*网\s*安\s*备\s*[:：\d]",
                r"公網安備\s*\d",
                "网站标识码",
            ),
            *(
                "违法和不良信息举报",
                "增值电信业务",
                "视听节目许可证",
                "新闻信息服务许可证",
                "produced by",
                "powered by",
            ),
        )
        + ".{0,120}",
        above=False,
    ),
    _sign(
        "site navigation",
        "网站导航",
        # Such links are two at least; 作者简介 内容简介 are no site's.
        rf"(?=.*(?:联系|关于|地图|声明|版权|广告|隐私|聯絡|關於|地圖))(?:{_SITE_LINK}{_BAR})+{_SITE_LINK}.{{0,40}}",
    ),
)
NOTES = ("导语", "导读", "编者按", "编者的话", "摘要", "简介")
"""What the only long signs begin with."""
SIGNS = (
    CRUMB,
    _sign(
        "disclaimer",
        "站点声明",
        rf"{any_of(*NOTES)}\s*[:：](?:.{{0,2000}}(?:{_FOREIGN}|具体材料请详见|不代表本站观点)|本文主要从.{{0,400}}讲述).*",
        rf"(?:声明|免责声明|版权声明|温馨提示|特别声明|特别提示)\s*[:：]?.{{0,300}}(?:{_FOREIGN}|本网站|本站).{{0,120}}",
        r".{0,200}(?:不代表本[站网](?:观点|立场)|来源于网友上传|本站所有.{0,12}版权|(?:未经|不得).{0,12}转载.{0,20}本[网站]).{0,120}",
        r"(?:简介\s*[:：])?[^。]{0,20}小编为[您你]整理了?多篇相关的.{0,300}",
        r"[^。]{0,60}小[编編].{0,30}(?:整理|收集|搜集|分享|带来|帶來|推荐|推薦|准备|準備).{0,120}"
        r"(?:参考|參考|阅读|閱讀|帮助|幫助|喜欢|喜歡|借鉴|借鑒).{0,20}",
        # Behind what everybody knows about such texts: 以下是小编整理的教案7篇，希望对大家有所帮助。
        r".{0,280}(?:下面|以下|以上|接下[来來])[^。]{0,12}小[编編][^。]{0,12}(?:整理|收集|搜集|准备|準備)了?的[^。]{0,70}"
        r"(?:参考|參考|借鉴|借鑒|帮助|幫助)[^。]{0,30}[。！!]?",
        r"版权声明\s+来源[:：].{0,120}|转载请注明.{0,120}",
    ),
    *FOOTERS,
    _sign("comment of a page's source", "网页注释", r"<!--[^<>]{0,200}-->"),
    _sign(
        "code for phones",
        "二维码提示",
        # Not 扫描二维码报名, which is the author's.
        r".{0,8}(?:扫一扫|掃一掃|扫描?.{0,4}二维码|长按.{0,8}二维码).{0,12}(?:打开|打開|浏览|访问|阅读|关注|当前页|當前頁|上移动|下载|分享|手机看|手机版).{0,12}",
    ),
    _sign(
        "buttons",
        "页面按钮",
        rf"[\s【\[(（|]*{_BUTTON}(?:{_BUTTON_GAP}{_BUTTON})+{_BUTTON_END}",
        rf"(?:字[号體体號]\s*[:：]?\s*)?[\[【]?大\s*中\s*小[\]】]?(?:{_BUTTON_GAP}{_BUTTON})*{_BUTTON_END}",
        rf"[\s【\[(（|]*{_WHOLE_BUTTON}{_BUTTON_END}",
    ),
    _sign(
        "aids for screen readers",
        "无障碍提示",
        r"跳到主要(?:內容|内容)(?:區塊|区块|區|区)?|:::",
        below=False,
    ),
    _sign(
        "invitation to register",
        "注册提示",
        r"(?:马上|立即)(?:注册|登录)[，,].{0,60}(?:社区|好友|功能|内容).{0,30}",
        r"[您你]需要\s*登录\s*才可以.{0,12}(?:查看|下载).{0,30}",
        r"欢迎光临[^，。]{2,16}[网站坛]",
    ),
    _sign(
        "head and foot of a WeChat article",
        "公众号文章页眉页脚",
        r"(?:原创\s.{0,40}|.{0,30}\s)\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}[:：]\d{2}(?:\s+发表于\s?\S{2,8})",
        r"收录于(?:合集|话题).{0,60}",
        r"#\S{1,20}\s+\d{1,4}\s?个(?:\s+#\S{1,20}\s+\d{1,4}\s?个)*",
        r"(?:阅读|赞|在看|点赞|喜欢)\s+\d[\d.,]*\s?[万wW]?\+?",
        "写留言|阅读原文",
    ),
    _sign(
        "neighbouring chapters",
        "上一章、下一章",
        r"[\[【(（]?上一[章回节節页頁][\]】)）]?[\s|｜/].{0,60}下一[章回节節页頁].{0,16}",
        r"[^，。]{2,20}(?:小说|小說|文学|书|書|中文|阅读)[网網]?[为為]您提供.{0,120}",
    ),
    _sign(
        "clicks",
        "点击数",
        r"[\d?][\d,，.]*\s*[万萬]?\s*(?:人气|人氣|次?(?:浏览|瀏覽|阅读|閱讀|点击|點擊|观看|觀看))",
    ),
    _sign(
        "date and site",
        "日期与站名",
        # Not 小明(12345678), who speaks below it in a chat.
        r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s+(?!\S*[(（<]\S+[)）>]$)[^\s，。：:]{2,14}",
        below=False,
    ),
    _sign(
        "shortcut",
        "桌面快捷方式",
        r"添加.{1,40}到电脑桌面|安装后可以在桌面快捷访问",
        below=False,
    ),
    _sign(
        "share bar",
        "分享栏",
        r"(?:一键)?分享(?:到|至|给)\s*[:：].{0,30}",
        r"(?:关注|下载)[^，。]{0,10}(?:微信|微博|客户端|公众号)(?:公众号|下载)?",
        r"[《》<>»]*点击(?:图片)?(?:进入|查看)[^，。]{0,24}(?:>>|»|》》|《《)",
        r"[^，。]{0,10}(?:点击|关注)[^，。]{0,6}蓝字[^。]{0,16}",
        r"[^。]{0,14}(?:点个?[“”‘’]?(?:在看|赞)|点亮[“”‘’]?在看|转发.{0,4}朋友圈)[^。]{0,12}",
    ),
    _sign(
        "address of the page",
        "网页地址",
        r"(?:本文|文章|原文)(?:来源|链接|地址|网址|出处)?\s*[:：]\s*(?:https?://|www\.)\S+",
        r"推荐访问\s*[:：].{0,80}",
        r"下载(?:地址|链接)\s*[:：]\s*(?:点击)?.{0,12}下载.{0,12}",
    ),
    *LISTS,
)
