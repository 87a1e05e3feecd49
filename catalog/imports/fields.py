"""The columns of a holdings sheet, and what schools call them (best first)."""

from django.utils.translation import gettext_lazy as _

from library_site.imports.fields import Field

FIELDS = (
    Field("name", _("title"), "书名 题名 正题名 图书名称 名称 title bookname booktitle name", required=True),
    Field("subtitle", _("other title"), "副题名 副书名 其他题名 subtitle"),
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
    Field("keywords", _("keywords"), "主题词 关键词 主题 标签 keywords tags subject"),
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
SOURCES = {
    "purchase": ("购买", "采购", "订购", "自购", "购入", "purchase"),
    "allocation": ("配发", "调拨", "配备", "上级配发", "allocation"),
    "donation": ("捐赠", "赠送", "赠书", "受赠", "donation", "gift"),
    "other": ("其他", "其它", "交换", "other"),
    "unknown": ("不详", "未知", "unknown"),
}
DEFAULT_LOCATION = "图书馆"  # made only where a school has no location at all
