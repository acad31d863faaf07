"""Why a line is taken for what it is: a table of the rules, with stable codes, and words for a reader of `inspect`."""

from __future__ import annotations

from enum import Enum

from converter.errors import Message


class Rule(Enum):
    """The reason of a verdict: code, in English, in Chinese."""

    LETTERHEAD = ("ST201", "an office's name and 文件", "机关名称加“文件”二字")
    DOCUMENT_NUMBER = ("ST202", "the form of a document number", "发文字号的写法")
    SUBTITLE = ("ST203", "below the title, after a dash", "标题下以破折号引出")
    BYLINE = ("ST204", "below the title: who or when", "标题下的作者或日期")
    BELOW_TITLE = ("ST205", "below the title", "紧接标题的短行")
    TITLE = ("ST206", "the last short line before the text begins", "正文开始前的最后一个短行")
    TITLE_AGAIN = ("ST207", "says the title again", "重复标题")
    GREETING = ("ST208", "greets or addresses, and ends with a colon", "称呼或主送机关，以冒号结尾")
    SUBTITLE_BELOW = ("ST209", "below the heading, after a dash", "大标题下以破折号引出")
    BYLINE_BELOW = ("ST210", "below the heading: who or when", "大标题下的作者或日期")
    BYLINE_BRACKETS = ("ST211", "below the heading, in brackets over two lines", "大标题下跨两行的括注")
    GREETING_BELOW = ("ST212", "greets, and ends with a colon", "称呼，以冒号结尾")
    GREETING_AGAIN = ("ST214", "greets in the same words as the beginning", "与开头的称呼相同")
    MARKED_TITLE = ("ST213", "marked as the only heading of the first level", "标记为唯一的一级标题")
    CLOSING = ("ST221", "a closing formula", "结束语套语")
    NOTE = ("ST222", "in brackets below the date", "日期下的括注")
    CREDIT = ("ST223", "says who wrote or edited, at the end", "文末的作者、编辑署名")
    DATE = ("ST224", "the whole line is a date", "整行是日期")
    SIGNATURE = ("ST225", "a name above the date", "日期上方的署名")
    ATTACHMENT = ("ST226", "names what is attached", "附件说明")
    ATTACHMENT_MORE = ("ST227", "one more of what is attached", "附件说明的续行")
    ATTACHMENT_LAST = ("ST228", "a title below the date, with nothing after it", "日期下仅有的标题，其后再无内容")
    COPIES = ("ST229", "who gets copies, at the very end", "文末的主送、抄送机关")
    PRINTED = ("ST230", "who printed it and when, at the very end", "文末的印发机关和印发日期")
    CONTENTS_WORD = ("ST231", "a line of the contents: the first comes again below", "目录行：首条在下文重现")
    CONTENTS = ("ST232", "a line of the contents: the title comes again", "目录行：标题在下文重现")
    CONTENTS_CONTINUED = ("ST233", "a line of the contents", "目录行的续行")
    CHAPTER = ("ST234", "its number is that of a chapter", "编、章、节、回一类的序号")
    CHAPTER_BETWEEN = ("ST244", "its number is the next one between those of its sisters", "序号恰在前后同类标题之间")
    REFERENCES = ("ST264", "the word above a list of references", "文献列表上方的标题")
    LETTERED = ("ST263", "letters that count, or the same bullet, line by line", "逐行的字母序号或项目符号")
    QUESTION = ("ST262", "a question of an examination, with its points or a blank", "试题：句末有分值或空括号")
    PADDED_NUMBER = (
        "ST248",
        "a number of two digits, 01, before short words, which counts",
        "短语前依次递增的两位序号",
    )
    YEAR = ("ST247", "a year alone on its line, one of several in order", "单独成行、依次排列的年份")
    DAY = ("ST290", "a day with its weekday or its weather, like others", "日期加星期或天气，且不止一处")
    BARE_NUMBER = ("ST245", "a number alone on its line, which counts from one on", "单独成行、从一数起的序号")
    SERIES = ("ST246", "the name of the collection with a number that counts", "合集名称后的递增篇号")
    CHAPTER_TITLE = ("ST235", "the title of the chapter above", "上一行章节号的题目")
    FRONT_OR_BACK = ("ST236", "what the front and back of a book are called", "前言、后记一类的名称")
    PART_AGAIN = ("ST237", "says the title of the part again", "重复上一行的篇名")
    ARTICLE_ALONE = ("ST238", "the number of an article, alone", "单独成行的条号")
    ARTICLE_TITLED = ("ST293", "the number of an article and its title, as most have one", "条号及条标，多数条文如此")
    ARTICLE = ("ST239", "the number of an article and its text", "条号及条文")
    ATTACHED = ("ST240", "a title below the date of another document", "另一份文件日期之下的标题")
    ATTACHED_CONTINUED = ("ST241", "the rest of the title above", "上一行标题的续行")
    MARKED = ("ST242", "marked as a heading with #", "以 # 标记的标题")
    SPEAKER = ("ST243", "marked, a name and a colon: who speaks", "带标记的姓名加冒号：发言人")
    IN_ARTICLE = ("ST251", "numbered, inside an article", "条文之内的编号")
    VERSES = ("ST252", "most of the text is numbered so: verses, not headings", "全文多半如此编号，是正文不是标题")
    THROUGH_CHAPTERS = ("ST253", "numbered through all chapters, as articles are", "编号贯穿各章，如同条号")
    NUMBERED = ("ST254", "short, numbered, and followed by text of its own", "短行有编号，其下另有正文")
    NUMBERED_COLON = ("ST255", "numbered, and a colon after a few words", "有编号，数字之后接冒号")
    NUMBERED_ITEM = ("ST256", "one sentence, numbered like the lines beside it", "编号与相邻行一致的单句")
    NUMBERED_RUN_IN = (
        "ST257",
        "numbered, and a short first sentence that the rest explains",
        "有编号，首句简短，其余加以说明",
    )
    SISTERS = ("ST258", "its sisters are run in", "同级各条都是段首标题")
    SPOKEN_ITEM = ("ST259", "counts in words, like the lines beside it", "与相邻行一样用“一是、二是”计数")
    SPOKEN_RUN_IN = ("ST260", "counts in words, and a short first sentence", "用“一是、二是”计数，且首句简短")
    OUT_OF_ORDER = ("ST261", "no smaller number of its kind stands above", "上文没有同类的前一个编号")
    UNNUMBERED = (
        "ST271",
        "a short line without closing mark, between paragraphs, like others",
        "段落之间无句末标点的短行，且不止一处",
    )
    SET_OFF = ("ST272", "a short line between blank lines, like others", "前后空行的短行，且不止一处")
    ABOVE_BLOCK = (
        "ST289",
        "a short line that opens a block between blank lines, like others",
        "空行之间段落块的首行短语，且不止一处",
    )
    RUN_IN = ("ST273", "a short first sentence, as its neighbours have", "首句简短，相邻各段相同")
    COLON_RUN_IN = ("ST274", "a few words and a colon, as its neighbours have", "几个字加冒号开头，相邻各段相同")
    PARALLEL = ("ST279", "a first sentence built like those of its neighbours", "首句与相邻各段的首句句式相同")
    NAMES = ("ST280", "three or more family names, set apart", "隔开排列的三个以上姓名")
    TABLE_ROW = ("ST281", "as many cells as the lines beside it", "与相邻行的列数相同")
    TABLE_BARS = ("ST298", "between bars, in a table with a rule below its head", "竖线分栏的表格行")
    TABLE_CELL = ("ST282", "one cell a line, numbered through", "每行一格，按序号循环")
    TURN = ("ST283", "a speaker and a colon, in turn with others", "发言人加冒号，轮流出现")
    SUBJECT = ("ST284", "begins a section of an official letter", "公文的主旨、说明等段名")
    STATEMENT = ("ST285", "numbered, in a section of an official letter", "公文段内的分项")
    NOTE_AFTER = ("ST286", "a note whose mark stands in the text", "正文中有其注码的注释")
    NOTES_WORD = ("ST287", "stands above the notes", "注释之前的标题")
    NAME_LIST = ("ST275", "a word, a colon and a name, like the lines beside it", "称谓加冒号和姓名，与相邻行相同")
    BRACKETED = ("ST288", "a name in black brackets, one of three or more", "方头括号内的段名，全文有三个以上")
    POEM_TITLE = ("ST276", "the title of the poem below", "下文诗作的题目")
    POET = ("ST277", "the poet, below the title", "题目之下的诗人名")
    VERSE = ("ST278", "lines of equal measure one below the other", "字数相等、逐行排列的诗句")
    OVERRIDDEN_LINE = ("ST291", "said so by the rules, for this line", "规则文件就此行所作的规定")
    OVERRIDDEN_PATTERN = ("ST292", "said so by the rules, for lines like it", "规则文件就此类行所作的规定")
    PLAIN = ("ST299", "nothing else", "不属于其他任何一类")

    @property
    def code(self) -> str:
        """The stable name, as in ST254."""
        return self.value[0]

    @property
    def message(self) -> Message:
        """The reason in words."""
        return Message(self.value[1], self.value[2])
