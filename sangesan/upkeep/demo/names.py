"""Names (姓名): made from common surnames and given characters; nobody real is meant."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FIRST = "建国志永海德文学玉春新金明长福庆立振广宝树世东红占根双喜连兴运保景瑞书忠义全胜发生跃向润雨晓俊秀桂凤兰淑丽"
SECOND = "军强伟斌峰平刚勇涛杰辉亮鹏飞林山河民华生才贵田良友来顺成元祥旺武岩松柏波超龙虎磊鑫宁静娟燕霞梅芳英萍敏慧"


def name(random: Random) -> str:
    """Return a made-up name (虚构姓名) of two or three characters, common surnames first."""
    surname = SURNAMES[min(int(random.expovariate(1 / 22)), len(SURNAMES) - 1)]
    given = random.choice(SECOND)
    return surname + (random.choice(FIRST) + given if random.random() < 0.82 else given)
