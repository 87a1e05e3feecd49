"""The columns of a roster, and what schools call them (best first)."""

from django.utils.translation import gettext_lazy as _

from library_site.imports.fields import Field

FIELDS = (
    Field("name", _("name"), "姓名 学生姓名 读者姓名 教师姓名 名字 name studentname", required=True),
    Field("class", _("class"), "班级 班别 所在班级 行政班 班级名称 单位 class classname"),
    Field("grade", _("grade"), "年级 所在年级 级部 入学年份 grade"),
    Field(
        "number",
        _("school number"),
        "学号 学生学号 校内学号 学生编号 读者号 工号 教师编号 studentnumber studentno studentid number",
    ),
    Field("category", _("category"), "读者类别 读者类型 类别 身份 人员类别 category type"),
    Field("card", _("card number"), "借书证号 借阅证号 借书证 读者证号 读者条码 卡号 条码号 cardnumber card barcode"),
)

# Never taken in: what the library does not need to know about children and their families.
DROPPED = (
    *("身份证", "证件", "学籍", "电话", "手机", "联系", "住址", "地址", "家长", "监护", "父亲", "母亲"),
    *("出生", "生日", "民族", "籍贯", "户口", "户籍", "微信", "qq", "邮箱", "性别"),
    *("idcard", "phone", "mobile", "address", "parent", "birth", "gender", "sex", "email"),
)

CATEGORIES = {
    "student": ("学生", "本校学生", "student"),
    "teacher": ("教师", "老师", "教员", "专任教师", "teacher"),
    "staff": ("职工", "教工", "教职工", "员工", "工勤", "行政", "staff"),
}
