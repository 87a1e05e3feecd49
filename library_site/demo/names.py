"""Made-up names of people: common surnames, common characters, put together by chance."""

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周" * 4 + "徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭肖田董袁潘蒋蔡余杜叶程苏魏吕丁" * 2
) + "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
FIRST = "子梓浩宇雨思欣佳嘉俊一语诗若晨文博天明泽沐可奕心以家睿铭书安景星承昕"
SECOND = "涵轩宇辰怡萱妍彤悦琪航博阳霖然瑶诺宁远杰豪洋蕾婷雯昊楠桐妮源睿恒晗帆熙羽菲"
SINGLE = "涵睿悦宁晨阳琪萱瑶航博源彤妍楠昊帆"
GROWN_FIRST = "建国文志晓海丽秀玉春永红艳淑雪慧俊立"
GROWN_SECOND = "华平芳军梅英霞强敏静峰兰娟辉玲伟波燕明"


def child(rng: Random) -> str:
    surname = rng.choice(SURNAMES)
    if rng.random() < 0.12:
        return surname + rng.choice(SINGLE)
    return surname + rng.choice(FIRST) + rng.choice(SECOND)


def grown_up(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GROWN_FIRST) + rng.choice(GROWN_SECOND)
