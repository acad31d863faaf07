"""Which script a Chinese text is written in: Simplified or Traditional."""

from __future__ import annotations

from enum import StrEnum


class Script(StrEnum):
    """A Chinese script, and where it has them, its regional forms."""

    HANS = "hans"
    """Simplified (简体)."""
    HANT = "hant"
    """Traditional (繁體), no region's forms in particular."""
    TW = "tw"
    """Traditional as in Taiwan."""
    HK = "hk"
    """Traditional as in Hong Kong."""

    @property
    def language(self) -> str:
        """The BCP 47 language tag of Chinese in this script."""
        return {"hans": "zh-Hans", "hant": "zh-Hant", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK"}[self.value]


# Common characters that exist in one script only, pair by pair: the most frequent differences in running text.
_HANS = (
    "这个们来为国时说会对发过产进动还没开见现关无问应长门间业东实给让学经点从么两种处条头样区单东"
    "与书买乱争于亏云亚亲亿仅仓仪价众优伟传伤伦体余侨侧债倾偿储儿兑党兰兴养内册写军农冲决况冻净准减凤凯"
    "击创别剂剑剧劝办务励劲劳势区医协单卖卢卫却厂厅历厉压厌厕县叁双变叙叶号叹吗听启吴员响哑团园围图圆圣场坏块坚"
    "坛坝坟坠垄垒备复够头夹夺奋奖妇妈妆娱娄孙宁宝实宠审宪宫宽宾寝导寿将尔尘尝层属岁岂岗岛岭峡币师帐带帮库庙庞废"
    "张弥弯弹强归当录彻径忆忧怀态怜总恋恳恶悬惊惧惨惯愤愿戏战户扑执扩扫扬扰抚抢护报担拟拥择挂挤损换据掷摄摆摇撑敌"
    "数断无旧时显晋晓晕暂权杀杂杨极构枪柜标栏树栋桥梦检楼欢欧残毁毕气汇汉沟泪泽洁济浅测浏浓涛润涨渐渔湾湿滚满滨灭灯"
    "灵灾烂烟烦烧热爱牵犹独狭狮猎猪献玛环现电画畅疗疯痒监盖盘矿码砖确碍礼祸离种积称稳穷窃竞笔笼筑签简类粮紧纠红约级纪纯纲"
    "纳纵纷纸线练组细终经绍绍结绕绘给络绝统继绩绪续维绵综绿编缘缩罚罗职联聪肃胜脉脏脑脚脱脸腾艺节苏荐荣药获营虑虽蚀补装见"
    "观规视览觉触计订认讨训议讯记讲许论设访证评识诉词译试诗诚话该详语误说请诸读课谁调谈谊谋谢谱贝负财责贤败货质贩贫购贯贵贷费贸资"
    "赏赔赖赛赞赢赵趋跃践车转轮软轰轻载较辅辆辈输辞边达迁迈运还进远连迟适选递逻遗邮邻释里针钟钢钱铁银销锁错键镇镜长门闭问闲间闻阅阔"
    "队阳阴阵阶际陆陈险随隐难雾静韩页顶项顺须顾顿预领频题额颜风飞饭饮馆首马驱驶驾验骗鱼鲁鲜鸟鸡鸣黄齐齿龄龙"
)
_HANT = (
    "這個們來為國時說會對發過產進動還沒開見現關無問應長門間業東實給讓學經點從麼兩種處條頭樣區單東"
    "與書買亂爭於虧雲亞親億僅倉儀價眾優偉傳傷倫體餘僑側債傾償儲兒兌黨蘭興養內冊寫軍農衝決況凍淨準減鳳凱"
    "擊創別劑劍劇勸辦務勵勁勞勢區醫協單賣盧衛卻廠廳歷厲壓厭廁縣參雙變敘葉號嘆嗎聽啟吳員響啞團園圍圖圓聖場壞塊堅"
    "壇壩墳墜壟壘備復夠頭夾奪奮獎婦媽妝娛婁孫寧寶實寵審憲宮寬賓寢導壽將爾塵嘗層屬歲豈崗島嶺峽幣師帳帶幫庫廟龐廢"
    "張彌彎彈強歸當錄徹徑憶憂懷態憐總戀懇惡懸驚懼慘慣憤願戲戰戶撲執擴掃揚擾撫搶護報擔擬擁擇掛擠損換據擲攝擺搖撐敵"
    "數斷無舊時顯晉曉暈暫權殺雜楊極構槍櫃標欄樹棟橋夢檢樓歡歐殘毀畢氣匯漢溝淚澤潔濟淺測瀏濃濤潤漲漸漁灣濕滾滿濱滅燈"
    "靈災爛煙煩燒熱愛牽猶獨狹獅獵豬獻瑪環現電畫暢療瘋癢監蓋盤礦碼磚確礙禮禍離種積稱穩窮竊競筆籠築簽簡類糧緊糾紅約級紀純綱"
    "納縱紛紙線練組細終經紹紹結繞繪給絡絕統繼績緒續維綿綜綠編緣縮罰羅職聯聰肅勝脈臟腦腳脫臉騰藝節蘇薦榮藥獲營慮雖蝕補裝見"
    "觀規視覽覺觸計訂認討訓議訊記講許論設訪證評識訴詞譯試詩誠話該詳語誤說請諸讀課誰調談誼謀謝譜貝負財責賢敗貨質販貧購貫貴貸費貿資"
    "賞賠賴賽贊贏趙趨躍踐車轉輪軟轟輕載較輔輛輩輸辭邊達遷邁運還進遠連遲適選遞邏遺郵鄰釋裡針鐘鋼錢鐵銀銷鎖錯鍵鎮鏡長門閉問閒間聞閱闊"
    "隊陽陰陣階際陸陳險隨隱難霧靜韓頁頂項順須顧頓預領頻題額顏風飛飯飲館首馬驅駛駕驗騙魚魯鮮鳥雞鳴黃齊齒齡龍"
)
_ONLY_HANS = frozenset(_HANS) - frozenset(_HANT)
_ONLY_HANT = frozenset(_HANT) - frozenset(_HANS)


def script_of(text: str) -> Script | None:
    """`Script.HANS` or `Script.HANT`, by the characters that exist in one of them only; None where none or as many do.

    >>> script_of("這個問題"), script_of("这个问题"), script_of("人口")
    (<Script.HANT: 'hant'>, <Script.HANS: 'hans'>, None)
    """
    simplified = sum(map(text.count, _ONLY_HANS & set(text)))
    traditional = sum(map(text.count, _ONLY_HANT & set(text)))
    if simplified == traditional:
        return None
    return Script.HANS if simplified > traditional else Script.HANT
