"""Wrongs (不正之事): what somebody who is accused is said to have done, as it is told in letters.

Each group names one kind of wrong, so that a way of telling it that is missing has a place to go to. Whose wrong it
is, is judged in `accusing`.
"""

from __future__ import annotations

import re

from .folding import fold
from .mentions import TITLES, TOPS

CLAUSE = "[^，,。；;：:！!？?\\n]"
"""A sign within a clause (小句内)."""
_GOODS = "(?:红包|礼(?!堂|拜|貌)|好处|回扣|黑钱|押金|辛苦费|协调费|烟|酒|卡(?!轨|扣|车|具))"
_TAKING = (f"受贿|索贿|行贿|索要|勒索|敲诈|贪污|贪[了占]|吃?回扣|吃拿卡要|吃?空饷|份子钱|乱罚款|乱收费|小金库|"
           "送礼(?!堂|[品物盒包])|孝敬(?![父母老爹娘爸妈公婆长])|"
           "(?<![矿井面早晚网班车地楼厂])上供(?![水电应热暖风气货餐饭菜氧料油])|进贡|意思意思|"
           f"吃差价|猫腻|黑幕|明码标价|卖(?:钱|名额|指标|岗位|班长)|卡着{CLAUSE}{{0,6}}不(?:给|办|批|放|发)|"
           f"收{CLAUSE}{{0,4}}(?:红包|礼(?!堂|拜)|好处|黑钱)|[拿塞送]{CLAUSE}{{0,3}}(?:红包|回扣|好处费)|"
           f"(?<!多)收(?:了|受|过|我们?|职工|工人|人家?){CLAUSE}{{0,6}}(?:{_GOODS}|钱)|"
           f"不?给(?:钱|烟|红包|好处)(?:的人?)?就?不?(?:放|发|办|批|安排|排)")
"""Who takes what is not theirs to take, or is given it to be well disposed (收受索取、送礼办事)."""
_FUNDS = ("(?:钱|款|费|奖金?|奖励|补助|补贴|津贴|慰问品|物资|材料|配件|锚杆|电缆|煤泥|米面油?)")
_PUBLIC = (f"挪用|公款|套取|骗取|冒名|[拿用]{CLAUSE}{{0,4}}{_FUNDS}(?:去|来)?(?:请|送|吃|喝|旅游|打牌)|"
           f"[把将]{CLAUSE}{{0,10}}{_FUNDS}{CLAUSE}{{0,3}}报了?(?:自家|自己|家里)|给[他她]家(?:干|装|盖|修|拉)|"
           f"私[分吞设]|侵[吞占]|截[留下]|中饱|克扣|[倒变]卖|偷着?卖|偷偷{CLAUSE}{{0,2}}卖|公车私用|"
           f"公家{CLAUSE}{{0,2}}(?:车|司机)|大吃大喝|(?:自家|自己|个人)的?腰包|自己(?:分|花|吞|拿|卖)了|"
           f"[把将]{CLAUSE}{{0,10}}{_FUNDS}{CLAUSE}{{0,4}}(?:[拿搬拉]回了?(?:自己|自家|家)|扣[下了]?(?:请客|吃喝))|"
           f"[把将]{CLAUSE}{{0,4}}(?:安措费|安全费用|专款|公款|工程款|救济金|慰问金)(?:都|全)?分了|扣着{CLAUSE}{{0,10}}(?:工资|{_FUNDS})|{_FUNDS}{CLAUSE}{{0,2}}送人情|"
           f"[把将]{CLAUSE}{{0,10}}{_FUNDS}{CLAUSE}{{0,7}}(?:吃|贪|吞|截|卖|刮)[了掉走下]|"
           f"[把将]{CLAUSE}{{1,10}}{_FUNDS}{CLAUSE}{{0,2}}[给分]给?了?(?:自己|自家|亲戚|亲属|关系户|不上班)")
"""Who makes private what is public, or keeps from others what is theirs (化公为私、克扣)."""
_LYING = (f"虚报|瞒报|谎报|瞒着{CLAUSE}{{0,6}}不报|隐瞒不报(?![会要就])|弄虚作假|造假|做?假账|假条子|冒领|以次充好|"
          "偷工减料|过期(?:肉|菜|食品|药)|"
          f"(?:探头|传感器){CLAUSE}{{0,5}}(?:捂|蒙(?![了着上满]{{0,2}}[一1]?层?[煤粉]?[煤尘灰泥])|"
          "屏蔽(?![线层电罩网接])|短接(?!头|线)|"
          "(?<![护外承])[包套](?:[上住起着了紧严进]|个?(?:塑料|袋|布|膜|毛巾)))|"
          f"签{CLAUSE}{{0,3}}假(?![期日])|假的?(?:体检|记录|签字|数据|考试)|[改编]{CLAUSE}{{0,4}}(?:数据|条子|记录)")
"""Who tells or sells what is not so, or lets a sensor tell it (弄虚作假、遮探头)."""
_KIN = "(?:亲戚|亲属|家属|儿子|女儿|闺女|老婆|媳妇|小舅子|侄子|外甥|弟弟|妹妹|小姨子)"
_FAVOURING = ("以权谋私|徇私|包庇|包揽?了?工程|暗箱操作|给了?关系户|任人唯亲|[卖买]官|官官相护|穿[一1]条裤子|"
              "知情不报|拉帮结派|合伙|勾结|串通|欺上瞒下|"
              f"[把将]?(?:自己|自家|[他她]家?)的?{_KIN}{CLAUSE}{{0,4}}(?:安排|调|弄|塞|招)[进到在去]")
"""Who favours some over others (徇私)."""
_HURTING = ("(?:打击)?报复|(?<![被所])逼(?:[着迫]|我|咱|俺|大家|大伙|职工|工人)|"
            f"[给让]{CLAUSE}{{1,5}}(?<![太偏])小鞋穿|"
            "(?<![管机架绳链车锤棍])打人(?![多少])|打骂|骂人|辱骂|威胁|恐吓|要挟|动手动脚|骚扰|猥亵|"
            "下流话|赌博|嫖|包养|耳光|拳打脚踢|推搡|踢人|草菅人命|(?:违章|违规|胡?乱|瞎|盲目)指挥|"
            "强令|(?<!被)强迫|冒险(?:作业|蛮干|生产|施工)|蛮干|超能力(?:生产|组织)|脱岗(?!培训|学习)|睡岗|空班|漏检|黑社会|"
            f"(?:值班|带班|跟班|当班){CLAUSE}{{0,6}}喝(?:[了过醉]酒|酒了)|谁不{CLAUSE}{{1,6}}谁就?(?:下岗|走人|滚|停班)|"
            f"空白合同|(?:收走|扣(?!缴)){CLAUSE}{{0,4}}(?:身份证|工资卡)|(?:身份证|工资卡){CLAUSE}{{0,3}}(?:扣|收走)|"
            "(?:喝[了醉过着]?酒|酒后|醉酒)(?:就|来|去)?(?:下井|上岗|上班|值班)|喝多(?!少)")
"""Who harms, forces or endangers others (欺压、强逼、危害)."""
_BETRAYING = (f"泄[露密]|走漏|通风报信|出卖(?:我|咱|俺|举报|反映|工友)|把(?:我|咱|俺)们?卖了|"
              f"(?:信(?![号息])|举报|反映|名字|姓名)(?:(?![水电气油风煤]){CLAUSE}){{0,8}}"
              "漏(?:出去|了?给(?!我?们?[补登发加]))|"
              f"[把将]{CLAUSE}{{0,8}}(?:信|名字|姓名|举报人?|反映人?){CLAUSE}{{0,4}}"
              f"(?:告诉|透露|给{CLAUSE}{{1,4}}看)|"
              f"压信(?!号)|[把将]{CLAUSE}{{0,8}}(?:信|来件|材料){CLAUSE}{{0,3}}[压扣](?:了|下|着|住|起)|"
              f"信(?!号){CLAUSE}{{0,2}}(?:就|都|总)压[着了下住起]|"
              f"压(?:(?:着|住|下|了){CLAUSE}{{0,6}}|(?:我们?|职工|群众|举报|大家|工友)的?{CLAUSE}{{0,3}})"
              "(?:信(?!号)|信访件|来件|(?<=的)件|材料(?!费))")
"""Who gives a speaker away, or holds a letter back (泄密、压信): 压风自救装置缺件 is a machine."""
WRONGS = "|".join((_TAKING, _PUBLIC, _LYING, _FAVOURING, _HURTING, _BETRAYING))
"""What is a wrong whoever does it (不正之事)."""
MANNERS = ("骂|欺负|欺压|刁难|穿小鞋|态度(?:恶劣|极差|很差|蛮横)|作风(?:粗暴|霸道|恶劣|败坏|不正|有?问题)|"
           "霸道|(?<![反防治])腐败")
"""Who treats others badly (作风): a wrong of one, or of several together."""
ROUGH = (f"收黑?钱|{MANNERS}|红包|好处|"
         f"(?:收|要(?!回|来|求)){CLAUSE}{{0,8}}(?:礼(?!堂|拜|貌)|钱|卡(?!轨|扣|车|具))")
"""What is a wrong only of somebody, not of an office or a machine (人之过)."""
_ANY = re.compile(WRONGS)
ILL = re.compile(f"{WRONGS}|{MANNERS}")
"""A wrong or ill treatment (不正或欺压)."""
_DENIED = re.compile("(?:没有?|不(?!知)|未|别|防止|杜绝|禁止?|避免|以免|担心|"
                     "(?<![恐可])怕(?!是)(?:被|受)?|(?<!难)免(?:被|受)?|"
                     f"(?<![和跟对把给向])我(?!们)(?:自己|先|也|当时)?){CLAUSE}{{0,2}}$")
"""Before these words a wrong is denied, forbidden, or one's own (否认、禁止、自述)."""


def wrong(text: str, ways: re.Pattern[str] = _ANY) -> bool:
    """Return whether words tell of a wrong of somebody else (有无不正之事), whoever did it, or of other `ways`.

    >>> wrong("管材料的把锚杆一车车拉出去卖了"), wrong("領導把給困難戶的慰問品送人情")
    (True, True)
    >>> wrong("压风管漏气，压信号线了，卡扣和料堆"), wrong("收了旧钥匙，说月底发新的；礼堂收拾好了")
    (False, False)
    >>> wrong("生产矿长乱指挥"), wrong("强迫我们带病下井"), wrong("脱岗培训一周"), wrong("跟班的人脱岗睡觉")
    (True, True, False, True)
    >>> wrong("饭馆多收我们钱"), wrong("交接班走过场"), wrong("传感器护套和屏蔽线坏了，矿上供的餐凉")
    (False, False, False)
    >>> wrong("没有瞒报，是我先骂人的，液压管打人，怕报复不写名字"), wrong("不知谁瞒报了，恐怕贪污不少，难免受贿")
    (False, True)
    """
    text = fold(text)
    return any(not _DENIED.search(text, max(0, at.start() - 8), at.start()) for at in ways.finditer(text))


_HEADED = re.compile(f"{TITLES}|支书|{'|'.join(TOPS)}")


def ill(text: str) -> bool:
    """Return whether words tell of a wrong, or in one sentence of whoever leads and of ill treatment (不正或欺压).

    Who does it is hardly ever said twice.

    >>> ill("队长知道是我写的，天天骂我"), ill("队长人好，从不刁难我。食堂阿姨态度恶劣")
    (True, False)
    """
    return wrong(text) or any(
        _HEADED.search(one) and wrong(one, ILL) for one in re.split("[。！!？?\\n]", fold(text)))
