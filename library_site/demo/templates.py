"""Titles that fill the demo's shelves beside the well-known ones: subjects × patterns, by CLC number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Template:
    """Every subject with every pattern is a title; `share` is its part of the generated titles."""

    clc_number: str
    share: float
    audience: str
    subjects: str
    patterns: str
    signed: bool = False  # written by a person, not compiled by a board

    def names(self) -> list[str]:
        patterns = self.patterns.split()
        return [
            patterns[(row + column) % len(patterns)].format(subject)
            for row in range(len(patterns))
            for column, subject in enumerate(self.subjects.split())
        ]


SCIENCE = (
    "{}的秘密 走近{} {}大揭秘 图说{} 你不知道的{} {}小百科 给孩子的{}书 {}探索之旅 带你认识{} {}那些事儿 "
    "{}奇妙之旅 {}知识问答 藏在身边的{} 漫画{}"
)
HISTORY = "{}的故事 少年读{} 写给孩子的{} 图说{} 漫画{} 穿越{} 走进{} {}小史 {}人物谱 跟着文物看{}"
PLACES = "走进{} {}地理 {}漫游记 画说{} {}风物 带着地图看{} {}，我来了 孩子眼里的{}"
PEOPLE = "{}的故事 {}画传 少年{} 我读{} {}的一生 了不起的{}"
HANDS = "{}入门 跟我学{} 儿童{} {}一学就会 {}天天练 {}图解 趣味{} 校园{}"
SKILLS = "小学生{} {}小窍门 {}训练 每天学点{} 轻松学{} {}一本通 {}闯关 我爱{}"
TEACHING = "{}教学设计 {}教学案例 {}课堂观察 {}怎么教 {}教学研究 {}评价手册 {}说课与听课 走进{}课堂"
ADULTS = "{}十讲 {}通识 {}随笔 {}读本 漫谈{} {}笔记 {}入门"

PLACES_IN_STORIES = (
    "风铃巷 青石桥 槐树坪 月牙湾 小雨滴镇 灯笼街 桂花里 河滩小学 银杏街 芦苇荡 半山村 红砖房 钟楼下 渡口 石榴院 "
    "蓝莓山 白鹭洲 松果林 铁匠铺 邮局街 麦田边 五年二班 海边灯塔 老戏台 向日葵路 豆腐坊 竹篱笆 瓦窑村 云雀岭 南瓜车站"
)
STORIES = (
    "{}的夏天 {}的秘密 {}少年 {}来信 {}的守望者 {}纪事 {}的孩子们 {}奇遇 {}往事 {}的星光 再见，{} {}的春天 {}小队 "
    "{}日记 {}的约定"
)
CREATURES = (
    "小刺猬 小松鼠 小狐狸 大灰熊 小青蛙 小兔子 小蜗牛 小鼹鼠 小浣熊 小企鹅 猫头鹰 小河马 小瓢虫 小毛驴 小袋鼠 小海豚 "
    "小獾 小麻雀 萤火虫 小鲸鱼 小象 小羊羔 小螃蟹 老乌龟 小豆芽 小雪人"
)
FAIRY_TALES = (
    "{}历险记 {}奇遇记 {}的魔法帽 {}开商店 {}学本领 {}的梦 {}和月亮 {}去旅行 {}的生日 {}盖房子 {}的红气球 {}找朋友 "
    "{}侦探社 {}的邮包"
)
PICTURES = "{}不怕黑 {}上学了 晚安，{} 谁看见了{} {}洗澡啦 {}的口袋 {}爱分享 {}说对不起 {}生气了 {}等春天 {}迷路了"

TEMPLATES = (
    Template("I287.45", 0.08, "student", PLACES_IN_STORIES, STORIES, True),
    Template("I287.7", 0.06, "student", CREATURES, FAIRY_TALES, True),
    Template("I287.8", 0.05, "lower", CREATURES, PICTURES, True),
    Template(
        "I287.5", 0.02, "student", "诚实 勇敢 友情 感恩 勤奋 智慧 梦想 孝心 宽容 责任", "{}故事 关于{}的故事 {}小故事集"
    ),
    Template(
        "I287.2", 0.015, "lower", "春天 四季 动物 校园 星星 雨点 月亮 节日 田野 妈妈", "{}童谣 {}的诗 唱给{}的歌", True
    ),
    Template("I267", 0.012, "teacher", "山居 江南 灯下 行走 草木 旧书 故园 远行", "{}随笔 {}集 {}小品", True),
    Template("I247.57", 0.014, "teacher", "长街 南方 海岛 站台 山谷 城南 雪线 大堤", "{}往事 {}纪 {}之上 {}无声", True),
    Template("J228.2", 0.045, "student", "西瓜队长 豆丁侦探 阿力 小满 飞飞 糖豆 数学小子 成语王国", HISTORY, True),
    Template("J21-49", 0.012, "student", "素描 水彩 儿童画 速写 国画 油画棒 线描 色彩", HANDS),
    Template("J29", 0.01, "student", "楷书 隶书 篆刻 硬笔书法 毛笔字", HANDS),
    Template("J6", 0.012, "student", "竖笛 口琴 合唱 二胡 古筝 钢琴 葫芦丝 识谱", HANDS),
    Template("J528", 0.01, "student", "折纸 剪纸 泥塑 编织 布艺 扎染", HANDS),
    Template("K209", 0.03, "student", "夏商周 春秋战国 秦汉 三国 两晋 隋唐 大唐 宋朝 元朝 明朝 清朝 丝绸之路", HISTORY),
    Template("K109", 0.015, "student", "古埃及 古希腊 古罗马 文艺复兴 大航海 工业革命", HISTORY),
    Template(
        "K81", 0.02, "student", "李白 杜甫 苏轼 张衡 祖冲之 徐霞客 李时珍 郑和 詹天佑 竺可桢 华罗庚 达·芬奇", PEOPLE
    ),
    Template("K928", 0.02, "student", "黄河 长江 泰山 黄山 敦煌 西藏 新疆 云南 苏州园林 京杭运河", PLACES),
    Template("K91-49", 0.012, "student", "亚马孙 撒哈拉 北极 南极 欧洲 非洲 澳大利亚 日本", PLACES),
    Template("G624.2", 0.03, "student", "看图写话 阅读理解 写作文 写日记 修改病句 读古诗 识字", SKILLS),
    Template("G624.5", 0.02, "student", "速算 应用题 图形与几何 奥数 数学思维 计算", SKILLS),
    Template("G623.2", 0.018, "teacher", "识字 阅读 习作 口语交际 古诗文 整本书阅读", TEACHING, True),
    Template("G623.5", 0.014, "teacher", "数与代数 图形与几何 统计与概率 综合与实践 解决问题", TEACHING, True),
    Template("G622", 0.012, "teacher", "差异教学 小组合作 课堂提问 作业设计 学习评价", ADULTS, True),
    Template("G62", 0.01, "teacher", "小学教育 班级管理 学校课程 校本教研 家校沟通", ADULTS, True),
    Template("G8", 0.016, "student", "跳绳 篮球 足球 乒乓球 羽毛球 游泳 武术 围棋 象棋 体操", HANDS),
    Template("H1", 0.03, "student", "成语 谚语 歇后语 汉字 标点符号 修辞 词语 对联 普通话", SKILLS),
    Template("H319.4", 0.022, "student", "英语口语 英语单词 英语儿歌 自然拼读 英语故事 英语对话", SKILLS),
    Template("H194", 0.012, "student", "古诗 文言文 国学 蒙学 小古文", SKILLS),
    Template(
        "Z228.1",
        0.05,
        "student",
        "科学 自然 人体 海洋 太空 动物 植物 历史 文化 艺术",
        "{}百科 {}十万个为什么 {}知识大全 {}之最 {}问答",
    ),
    Template("Z1", 0.004, "student", "少年文库 校园书系 红色书系 科普书架", "{}·第一辑 {}·第二辑 {}·第三辑"),
    Template("A75", 0.014, "student", "毛泽东 毛泽东诗词 韶山 井冈山 延安", "{}的故事 少年读{} 走近{}"),
    Template("B8", 0.02, "student", "时间管理 情绪 专注力 自信 自律 勇气 倾听 思考 习惯", SKILLS),
    Template("B2-49", 0.006, "student", "孔子 孟子 老子 庄子 墨子 荀子", "{}智慧故事 少年读{} 漫画{} 跟{}学做人"),
    Template("C91-49", 0.008, "student", "社区 职业 礼仪 朋友 家庭 民族", SCIENCE),
    Template(
        "D920.5", 0.008, "student", "宪法 交通法 未成年人保护法 网络安全法 消防法", "漫画{} {}小课堂 学{} {}故事会"
    ),
    Template("D64-49", 0.008, "student", "爱国 团结 劳动 节约 榜样 雷锋精神", "{}教育读本 {}主题班会 {}的力量"),
    Template("E9-49", 0.014, "student", "坦克 战舰 潜艇 战斗机 导弹 航空母舰 枪械 雷达", SCIENCE),
    Template("F-49", 0.008, "student", "货币 市场 储蓄 贸易 农业 快递", SCIENCE),
    Template("N49", 0.02, "student", "科学实验 科学发明 科学家 显微镜 测量 科学幻想", SCIENCE),
    Template("O1-49", 0.02, "student", "分数 几何 数字 概率 图形 逻辑 数列", SCIENCE),
    Template("O4-49", 0.012, "student", "光 声音 力 电 磁 热 浮力", SCIENCE),
    Template("O6-49", 0.008, "student", "空气 水 火 金属 颜色 元素", SCIENCE),
    Template("P1-49", 0.014, "student", "太阳系 银河 黑洞 月球 火星 星座 彗星", SCIENCE),
    Template("P4-49", 0.01, "student", "台风 雷电 云 雨雪 气候 彩虹", SCIENCE),
    Template("P5-49", 0.01, "student", "岩石 矿物 化石 火山 地震 洞穴", SCIENCE),
    Template("Q94-49", 0.016, "student", "种子 花朵 树木 蘑菇 苔藓 竹子 食虫植物", SCIENCE),
    Template("Q95-49", 0.03, "student", "狮子 大象 熊猫 鲸鱼 企鹅 狼 猴子 鸟 蛇 鲨鱼 海龟 蝙蝠", SCIENCE),
    Template("Q96-49", 0.016, "student", "蚂蚁 蜜蜂 蝴蝶 甲虫 蜻蜓 蝉 蚕", SCIENCE),
    Template("R1-49", 0.016, "student", "牙齿 眼睛 大脑 骨骼 心脏 细菌 睡眠 营养", SCIENCE),
    Template("S-49", 0.01, "student", "水稻 小麦 蔬菜 果树 农具 家禽 养蜂", SCIENCE),
    Template("TP-49", 0.016, "student", "机器人 编程 人工智能 互联网 芯片 计算机", SCIENCE),
    Template("TS97-49", 0.008, "student", "面包 豆腐 茶 巧克力 面条 糖果", SCIENCE),
    Template("TU-49", 0.008, "student", "桥 塔 园林 摩天大楼 榫卯 民居", SCIENCE),
    Template("U-49", 0.012, "student", "高铁 地铁 汽车 轮船 隧道 自行车", SCIENCE),
    Template("V-49", 0.012, "student", "火箭 卫星 空间站 飞机 航天员 月球车", SCIENCE),
    Template("X-49", 0.014, "student", "垃圾分类 水污染 雾霾 湿地 塑料 低碳 防灾", SCIENCE),
)
