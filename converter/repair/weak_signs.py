"""Lines around a text whose words alone prove nothing: a table, like `chrome_signs`, in both scripts."""

from __future__ import annotations

import re

from converter.regex import compiled
from converter.repair.chrome_signs import any_of

WEAK = compiled(
    any_of(
        any_of(
            *(
                "登录",
                "登陆",
                "登錄",
                "注册",
                "註冊",
                "退出",
                "搜索",
                "搜尋",
                "首页",
                "首頁",
                "触屏版",
                "手机版",
                "English",
                "更多",
            ),
            *(
                "×",
                r"\|",
                "调整字体",
                "忘记密码？",
                "记住登录状态",
                "电脑桌面",
                "保存到桌面",
                "回到顶部",
                "返回顶部",
                "简体",
                "繁体",
                "繁體",
                "无障碍浏览",
            ),
            *(
                "打印",
                "关闭",
                "收藏",
                "推荐",
                "评论",
                "赞",
                r"A[+-]?",
                "微信",
                "微博",
                "下载",
                "下載",
                "全屏",
                "朗读",
                "语音播报",
            ),
            # A switch for the size of letters, or buttons in brackets, a word a line.
            *("大", "中", "小", "加大", "还原", "减小", "放大", "缩小", "默认", "恢复", "[【】]", "字[号体號體][:：]?"),
            r"分享\s*[:：]?|分享到.{2,6}|[-—–]*\s*END\s*[-—–]*",
            r"(?:登录|登陆)\s*[|/]?\s*注册",
        ),
        any_of(
            *(
                "地址",
                "联系地址",
                "通讯地址",
                "邮编",
                "邮政编码",
                "电话",
                "联系电话",
                "传真",
                "邮箱",
                "电子邮箱",
                "E-?mail",
                "总机",
            ),
            *(
                "值班电话",
                "网址",
                "访问量",
                "主办(?:单位)?",
                "承办(?:单位)?",
                "主管(?:单位)?",
                "维护(?:单位)?",
                "技术支持",
            ),
        )
        + r"\s*[:：].{0,80}",
        "营业执照.{0,60}",
        r"[^，。]{0,20}许可证\s*[:：]?[^，。]{0,60}",
    ),
    re.IGNORECASE,
)
"""What counts for chrome among signs only."""
KEPT = compiled(
    any_of(
        r"[（(【\[].*[）)】\]]",
        any_of(
            *(
                "附[件则則录錄表图]",
                "抄[送报]",
                "主[送题題]",
                "联系人",
                "聯絡人",
                "撰稿",
                "供稿",
                "作者",
                "编辑",
                "责编",
            ),
            *("责任编辑", "编审", "审核", "注", "参考文献"),
        )
        + "[^。]{0,120}",
        ".{0,40}印[发發]",
        "目[\\s\u3000]*[录錄]",
        r"[.\s*＊—-]+",
    )
)
"""What documents end with, and what stands around a text by its author's will: never chrome, even among signs."""
