"""The columns of a holdings sheet, and what schools call them (best first)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library_site.imports.fields import Field

FIELDS = (
    Field("name", _("title"), "书名 题名 正题名 图书名称 名称 title bookname booktitle name", required=True),
    Field("subtitle", _("other title"), "副题名 副书名 其他题名 subtitle"),
    Field("part", _("part"), "分册名 分册题名 分册书名 分辑名 分卷名 分卷册名 parttitle"),
    Field("author", _("author"), "作者 责任者 第一责任者 著者 编著者 author authors"),
    Field("translator", _("translator"), "译者 翻译 translator"),
    Field("publisher", _("publisher"), "出版社 出版者 出版单位 publisher press"),
    Field("place", _("place of publication"), "出版地 placeofpublication pubplace"),
    Field(
        "published",
        _("year of publication"),
        "出版年 出版日期 出版时间 出版年月 出版年份 pubyear pubdate publishyear year",
    ),
    Field("edition", _("edition"), "版次 版本 版本项 edition"),
    Field("isbn", _("ISBN"), "isbn isbn13 isbn号 国际标准书号 标准书号 书号isbn"),
    Field("price", _("price"), "定价 价格 单价 码洋单价 图书价格 price unitprice"),
    Field("pages", _("pages"), "页数 页码 pages pagecount"),
    Field("size", _("size"), "开本 尺寸 size"),
    Field("binding", _("binding"), "装帧 装订 binding"),
    Field("series", _("series"), "丛书名 丛书 丛编 丛书项 series"),
    Field("summary", _("summary"), "内容简介 简介 摘要 内容提要 提要 summary abstract"),
    Field("keywords", _("keywords"), "关键词 主题词 主题 标签 keywords tags subject"),
    Field("subjects", pgettext_lazy("of a book", "subject"), "主题标目 主题词 论题主题 主题 subjects subjectheading"),
    Field("clc_number", _("CLC number"), "中图分类号 分类号 中图法分类号 图书分类号 clc clcnumber clcno"),
    Field("call_number", _("call number"), "索书号 索取号 排架号 callno callnumber"),
    Field("book_number", _("book number"), "书次号 种次号 著者号 种次 booknumber"),
    Field(
        "school_number",
        _("the school's own number"),
        "书目号 记录号 控制号 书目编号 图书编号 图书编码 图书代码 编号 bookid titleid recordid",
    ),
    Field("barcode", _("barcode"), "条码号 条形码 条码 图书条码 馆藏条码 barcode"),
    Field(
        "accession_number",
        _("accession number"),
        "登录号 财产号 登记号 总登录号 个别登记号 accessionnumber accessionno",
    ),
    Field("volume", _("volume"), "卷册 册次 卷次 分册号 volume vol"),
    Field("location", _("location"), "馆藏地点 馆藏地 馆藏位置 藏书地点 书库 存放地点 location"),
    Field(
        "copies",
        _("number of copies"),
        "复本数 复本 册数 数量 馆藏数量 总册数 藏书量 库存 totalcopies copies quantity qty",
    ),
    Field("audience", _("readers it is for"), "读者对象 适用对象 适读对象 audience"),
    Field("stage", _("reading stage"), "阅读学段 适读年级 适用年级 适合年级 适读学段 学段 readingstage stage"),
    Field("course", _("school subject"), "学科 适用学科 所属学科 科目 课程 course schoolsubject"),
    Field("language", _("language"), "语种 文种 语言 language"),
    Field("has_pinyin", _("with pinyin"), "注音 带拼音 是否注音 是否带拼音 有无拼音 withpinyin"),
    Field("volumes", _("volumes of the set"), "套册数 全套册数 每套册数 一套册数 setvolumes"),
    Field("material", _("material"), "文献类型 资料类型 载体类型 material"),
    Field("source", _("source"), "来源 图书来源 书刊来源 source"),
    Field("acquired_on", _("acquired on"), "入藏日期 入库日期 登记日期 登录日期 购入日期 入馆日期 acquiredon acquired"),
)

AUDIENCES = {
    "student": ("学生", "少儿", "儿童", "student", "students", "children", "childrenpublisher"),
    "lower": ("低年级", "小学低年级", "幼儿", "lower"),
    "teacher": ("教师", "老师", "教师用书", "teacher", "teachers"),
    "all": (
        "全部",
        "所有",
        "所有读者",
        "通用",
        "不限",
        "师生",
        "大众",
        "一般",
        "成人",
        "all",
        "general",
        "adult",
        "school",
    ),
}
STAGES = {
    "picture": ("绘本", "学前", "幼儿", "图画书", "绘本启蒙", "picture", "preschool"),
    "primary_lower": ("小学低年级", "低年级", "小学低段", "低段", "小学低", "一年级", "二年级", "一二年级"),
    "primary_middle": ("小学中年级", "中年级", "小学中段", "中段", "小学中", "三年级", "四年级", "三四年级"),
    "primary_upper": ("小学高年级", "高年级", "小学高段", "高段", "小学高", "五年级", "六年级", "五六年级"),
    "junior": ("初中", "初级中学", "七年级", "八年级", "九年级", "初一", "初二", "初三", "junior"),
    "senior": ("高中", "高级中学", "高一", "高二", "高三", "senior"),
}
# ISO 639-2, as in MARC.
LANGUAGES = {
    "chi": ("汉语", "中文", "汉文", "简体中文", "繁体中文", "chinese", "chi", "zh", "cn", "zho"),
    "eng": ("英语", "英文", "english", "eng", "en"),
    "jpn": ("日语", "日文", "japanese", "jpn", "ja"),
    "kor": ("韩语", "韩文", "朝鲜语", "朝鲜文", "korean", "kor", "ko"),
    "rus": ("俄语", "俄文", "russian", "rus", "ru"),
    "fre": ("法语", "法文", "french", "fre", "fra", "fr"),
    "ger": ("德语", "德文", "german", "ger", "deu", "de"),
    "tib": ("藏语", "藏文", "tibetan", "tib", "bo"),
    "uig": ("维吾尔语", "维吾尔文", "维文", "uighur", "uig", "ug"),
    "mon": ("蒙古语", "蒙古文", "蒙文", "mongolian", "mon", "mn"),
    "mul": ("中英双语", "汉英双语", "双语", "中英对照", "汉英对照", "英汉对照", "bilingual", "mul"),
}
MATERIALS = {
    "book": ("图书", "普通图书", "纸质图书", "专著", "book"),
    "bound": ("期刊合订本", "合订本", "过刊", "boundvolume", "bound"),
    "issue": ("期刊", "单册期刊", "现刊", "杂志", "issue"),
    "av": ("音像", "音像资料", "视听资料", "光盘", "录音", "录像", "av", "audiovisual"),
    "ebook": ("电子书", "电子图书", "电子资源", "ebook"),
}
YES_NO = {
    True: ("是", "有", "注音", "带拼音", "有拼音", "注音版", "拼音版", "全注音", "1", "y", "yes", "true", "√"),
    False: ("否", "无", "不注音", "无拼音", "0", "n", "no", "false", "×"),
}
SOURCES = {
    "purchase": ("购买", "采购", "订购", "自购", "购入", "purchase"),
    "allocation": ("配发", "调拨", "配备", "上级配发", "allocation"),
    "donation": ("捐赠", "赠送", "赠书", "受赠", "donation", "gift"),
    "other": ("其他", "其它", "交换", "other"),
    "unknown": ("不详", "未知", "unknown"),
}
DEFAULT_LOCATION = "图书馆"  # made only where a school has no location at all
