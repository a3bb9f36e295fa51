"""Chinese (simplified): the words of the sample portal. All places, persons and offices are made up.

Some names and the rarities hold characters outside GB 2312; one (㛃) takes four bytes in GB 18030.
"""

from __future__ import annotations

from sample_portal.languages.language import CreditShape, Labels, Language, Table, Topic, listed, unspaced

_MONTHS = listed("1月 | 2月 | 3月 | 4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 10月 | 11月 | 12月")
_APPROX = listed("超过 | 接近 | 大约")
_DAYS = listed("工作日 | 双休日 | 法定节假日")
_SEASONS = listed("春季 | 夏季 | 秋季 | 冬季")
_DIRECTIONS = listed("北部 | 南部 | 东部 | 西部")
_PRICES = listed("免费 | 半价 | 优惠价")
_ORDINALS = listed("一期 | 二期 | 三期 | 四期")
_ORIGINS = listed("本地企业 | 外资企业 | 民营企业")

_TOPICS = (
    Topic(
        agency="交通运输局",
        projects=listed("跨海湾轮渡航线 | 滨海有轨电车线 | 换乘停车枢纽 | 夜间公交网络 | 自行车专用道"),
        people=listed("通勤市民 | 海岛居民 | 乘客 | 大学城学生"),
        benefits=listed("更快捷的进岛通道 | 更短的高峰候车时间 | 直达机场的便捷出行"),
        units=listed("出行 | 购票 | 乘车 | 预约"),
        scenes=listed("""
            乘客在{place}登上首班轮渡 | 有轨电车驶过{place}海滨 | 工程师正在检查{project}的轨道
        """),
    ),
    Topic(
        agency="文化和旅游局",
        projects=listed("花灯艺术季 | 露天博物馆 | 海岛徒步节 | 木偶戏工坊 | 戏曲公园"),
        people=listed("游客 | 市民 | 艺术爱好者 | 业余演员"),
        benefits=listed("近距离欣赏珍贵馆藏的机会 | 民间艺人的新舞台 | 更丰富的冬日周末生活"),
        units=listed("参观 | 演出 | 导览 | 购票"),
        scenes=listed("""
            游客在{place}观赏手工花灯 | 木偶戏老艺人在{place}向孩子们展示技艺 |
            演员们正在为{project}排练
        """),
    ),
    Topic(
        agency="工业和信息化局",
        projects=listed("芯片检测中心 | 机器人产业园 | 智慧船厂 | 新材料中试基地 | 无人机试飞基地"),
        people=listed("中小企业主 | 青年工程师 | 创业者 | 配套厂商代表"),
        benefits=listed("价格更低的检测设备 | 贴近客户的发展空间 | 专利申请方面的帮助"),
        units=listed("订单 | 专利申请 | 检测报告 | 样品送检"),
        scenes=listed("""
            技术人员在{place}的{project}检查传感器 | {place}一车间内，机械臂正在分拣零件 |
            {project}创业团队研制的样机亮相
        """),
    ),
    Topic(
        agency="生态环境局",
        projects=listed("红树林修复区 | 雨水公园 | 河道清洁行动 | 观鸟步道 | 垃圾分类中心"),
        people=listed("志愿者 | 渔民 | 中小学生 | 自然讲解员"),
        benefits=listed("更清洁的下游水质 | 绿树成荫的散步去处 | 候鸟的安全栖息地"),
        units=listed("苗木栽种 | 水样检测 | 鸟类观测 | 志愿服务"),
        scenes=listed("""
            志愿者在{place}滩涂种植树苗 | 退潮时分，白鹭在{place}附近栖息 |
            讲解员向小学生介绍{project}
        """),
    ),
    Topic(
        agency="教育局",
        projects=listed("职业技术学校 | 科学夏令营 | 双语幼儿园 | 阅读联盟 | 体育校区"),
        people=listed("学生 | 教师 | 家长 | 学徒"),
        benefits=listed("更小的班额和更长的图书馆开放时间 | 学习一技之长的场所 | 科学家亲自授课的机会"),
        units=listed("入学报名 | 图书借阅 | 结业证书 | 学位申请"),
        scenes=listed("""
            {place}一所学校的学生在制作船模 | 教师们试用{project}的实验室 |
            孩子们在{place}的街角图书馆阅读
        """),
    ),
    Topic(
        agency="卫生健康局",
        projects=listed("社区门诊 | 养老服务中心 | 康复医院 | 疫苗接种行动 | 急救站"),
        people=listed("患者 | 老年市民 | 家庭医生 | 港澳居民"),
        benefits=listed("步行十五分钟可达的医疗服务 | 更短的体检等候时间 | 不另收费的上门服务"),
        units=listed("预约挂号 | 体检 | 上门服务 | 咨询"),
        scenes=listed("""
            护士在{place}为居民测量血压 | 老人们在{project}的院子里锻炼身体 |
            医生在{place}街头义诊活动中提供咨询
        """),
    ),
    Topic(
        agency="商务局",
        projects=listed("保税展示大厅 | 夜间集市 | 咖啡交易中心 | 跨境电商产业园 | 海鲜码头"),
        people=listed("店主 | 采购商 | 外贸从业者 | 摊主"),
        benefits=listed("更低的仓储成本 | 一日之内完成的通关服务 | 品类更多、价格公道的商品"),
        units=listed("包裹 | 成交 | 报关 | 摊位许可"),
        scenes=listed("""
            市民挤满了{place}夜市的巷子 | 工人在{project}卸货 | 采购商在{place}的展会上品尝咖啡
        """),
    ),
    Topic(
        agency="人力资源和社会保障局",
        projects=listed("人才公寓 | 系列招聘会 | 一站式服务大厅 | 职业技能竞赛 | 安居工程"),
        people=listed("高校毕业生 | 新市民 | 技能人才 | 求职者"),
        benefits=listed("来蓝海头几年的租房补贴 | 只进一扇窗的办事体验 | 劳动合同和保险方面的咨询"),
        units=listed("申请 | 岗位投递 | 许可办理 | 居住证申领"),
        scenes=listed("""
            求职者在{place}招聘会上与用人单位交谈 | 工作人员在{project}为新市民办理业务 |
            选手在{place}举行的技能竞赛中焊接管道
        """),
    ),
)

_TITLES = unspaced("""
    - {city}{project}正式启用 惠及{approx}{count}名{people}
    - {city}投资{money}建设{project}
    - 为{people}带来{benefit} {city}{project}亮相
    - {place}{project}迎来{count}名{people}
    - {place}{project}{units}量突破{count}
    - {city}“{project}”进入{ordinal}建设
    - {place}{project}工程完成{percent}%
    - {place}{people}喜迎{project}
""")

_OPENINGS = unspaced("""
    - {date}，{city}{agency}发布消息，位于{place}的{project}正式对外开放，将为{people}带来{benefit}。
    - {city}{agency}在{date}举行的新闻发布会上透露，未来{few}年，全市将投入{money}用于{place}的
      {project}建设。
    - 记者从{city}{agency}获悉，{earlier}至{date}，{approx}{count}名{people}参加了{place}{project}的试运行。
    - 据{city}{agency}介绍，{place}的{project}于{date}转入{ordinal}建设，现场施工人员{approx}{hundreds}人。
    - {date}，位于{place}的{project}通过竣工验收。{city}{agency}表示，该项目将为{people}带来{benefit}。
""")

_FACTS = unspaced("""
    - {project}占地{decimal}平方公里，设计每周可服务{approx}{count}名{people}。
    - 截至{month}底，市{agency}登记的{units}量达{count}，同比增长{percent}%。
    - {ordinal}工程于{year}年{month}动工，预计今年{month}完工。
    - 去年全市{units}总量为{count}，其中{percent}%通过网上办事大厅完成。
    - 服务时间为{days}早上{hour}时至晚上{hour}时，收费标准为每人{fee}元。
    - 工程总投资{money}，其中市级财政承担{percent}%。
    - 自{earlier}以来，来自周边{few}个城市的{approx}{count}名{people}已报名登记。
    - 市{agency}在{direction}各区培训了{hundreds}名工作人员，可用中文、英文和葡萄牙文解答咨询。
    - {month}进行的一项调查显示，{percent}%的{people}表示满意，{year}年这一比例为{percent}%。
    - 今年{season}，{place}和{place}还将启动同类项目，总预算为{money}。
    - 介绍该地块历史的展览共展出{hundreds}件照片和文献，{price}开放至{later}。
    - 预约系统完成{ordinal}升级后，平均等候时间由{minutes}分钟缩短至{few}分钟。
    - 来自{few}所高校的专家在{month}评审了该方案，并对{direction}入口的设计提出了修改意见。
    - {year}年以来，{city}的{units}量年均增长{percent}%。
    - {people}可于{date}至{later}通过电话或前往{place}服务窗口办理登记手续。
    - 市{agency}同时公布了{season}期间暂缓办理的{hundreds}项{units}名单。
    - 得益于{direction}屋顶的光伏板，该场所能耗下降{percent}%，每天节省开支{approx}{fee}元。
    - 项目向{local}采购物资，金额共计{money}，其中最大的一家供应商位于{place}。
    - 根据规划，{place}{direction}还将预留{decimal}万平方米用地，供{people}使用。
    - {month}，市{agency}收到群众来信{hundreds}件，其中{percent}%与{units}有关，均已答复。
""")

_SAYINGS = unspaced("""
    - 我们希望{people}在今年{season}就能感受到变化
    - 对{people}来说，这个项目意味着{benefit}，这才是最重要的
    - {ordinal}工程难度最大，因为场地{direction}三面环水
    - 有人把它叫作{city}的‘门面’，我们要让这扇门一直敞开
    - 动工之前，我们听取了{approx}{count}名{people}的意见
    - {year}年的时候，{place}还没有类似的项目，一切都得边干边学
    - {month}的数据好于预期，但离我们的目标还有{percent}%的差距
    - 不求规模最大，只求在{days}真正派上用场
""")

_CITED = unspaced("""
    - “{saying}。”{date}，{city}{agency}{role}{person}在{place}调研时说。
    - 市{agency}{role}{person}{date}对记者表示：“{saying}。”
    - 在启用仪式上，{city}{agency}{role}{person}向{people}表示感谢。“{saying}。”他说。
""")

_CITED_AGAIN = unspaced("""
    - “{saying}。”{person}说。
    - {person}补充道：“{saying}。”
    - “{saying}。”{year}年起就在{place}工作的{person}这样说。
""")

_CLOSINGS = unspaced("""
    - 市{agency}将于{month}底再次公布{project}的进展情况。
    - 面向{people}的后续活动计划于{later}在{place}举行。
    - 市{agency}表示，到{future}年，{city}的{units}量力争达到{count}。
""")

_RARITIES = unspaced("""
    - 参与设计的市{agency}退休干部陈镕介绍，项目从欧洲引进设备，合同金额为{decimal}万€，分{few}批交付。
    - 家住{place}水埗路的居民冯㛃说，自{year}年起，她每逢{days}都来做义工，至今已服务{hundreds}小时。
    - 书法家王喆、李堃为{project}题写了匾额，{count}名{people}在现场见证了揭牌。
    - 施工单位负责人赵玥珺表示，{direction}围堰采用了㙍式结构，每延米造价为{fee}€。
""")

_FILES = unspaced("""
    - {project}实施方案（PDF）
    - {month}{units}批准名单（PDF）
    - {people}办事指南（PDF）
    - 市{agency}第{few}号公告（PDF）
""")

_SIDE_STORIES = unspaced("""
    - 海岸来信：{place}的{season}
    - 聚焦：{benefit}
    - 关于{project}的十个问题
    - 与{people}在{place}的一天
""")

_HEADINGS = unspaced("""
    - {people}将得到哪些便利
    - {project}的由来
    - {place}的下一步计划
    - 投资与进度
    - {benefit}
    - {month}数据一览
    - 如何参与
    - 规划到{future}年
""")

_LIST_LEADS = unspaced("""
    - 市{agency}的方案提出以下措施：
    - 有意参加的{people}请注意以下事项：
    - {date}发布的通知列出了后续安排：
    - {ordinal}工程的主要目标如下：
    - {project}在{days}提供以下服务：
""")

_ITEMS = unspaced("""
    - 在{place}新设{few}个服务点
    - 到{future}年将{units}量提高到{count}
    - 为{local}培训{hundreds}名工作人员
    - 将平均等候时间缩短到{minutes}分钟以内
    - {days}服务大厅延长开放至晚上{hour}时
    - 每年{season}公布{project}的账目
    - 为{people}提供{price}咨询服务
    - 投入{money}修缮{place}{direction}的设施
    - {month}邀请{approx}{count}名{people}参加听证会
    - 与{year}年相比节约能源{percent}%
    - 设置中文、英文和葡萄牙文标识
    - {later}前向市政府提交报告
    - 为{people}预留{percent}%的名额
    - 复核与{few}家供应商签订的合同
""")

_TABLES = (
    Table(("区域", "{units}量", "同比变化"), ("{count}", "{percent}%")),
    Table(("区域", "申请数", "批准数", "占比（%）"), ("{count}", "{hundreds}", "{percent}")),
    Table(("地点", "投资额", "完工时间"), ("{money}", "{future}年{month}")),
    Table(("服务点", "开放时间", "咨询电话"), ("{hour}:30至21:00", "{phone}")),
)

_DETAILS = unspaced("""
    - 时间：{later}
    - 开放时段：上午{hour}时30分至晚上{hour}时
    - 地点：{place}{road}{fee}号
    - 联系地址：{city}{place}{road}{fee}号
    - 电话：{phone}
    - 报名时间：{date}至{later}
    - 主办单位：市{agency}
    - 票价：{fee}元，{days}{price}
    - 公交站：{road}站（步行{few}分钟）
    - 服务语种：中文、英文
""")

_PROSE_ALTS = unspaced("""
    - {place}{season}景色
    - 人们站在{place}一栋建筑前
    - 从{direction}眺望{project}
    - 两名男子在桌前握手
    - {project}现场的{people}
    - 航拍{place}
    - {project}宣传海报
""")

_CREDITS = (
    CreditShape("图/{press}记者 {name}", "（）"),
    CreditShape("{name} 摄", "（）"),
    CreditShape("{press}记者 {name} 摄"),
    CreditShape("摄影：{name}"),
    CreditShape("{name} 摄"),
    CreditShape("图片来源：{app}客户端"),
    CreditShape("图源：微信公众号“{account}”", "（）"),
    CreditShape("{press}供图", "（）"),
    CreditShape("受访单位供图", "（）"),
    CreditShape("资料图", "【】"),
    CreditShape("资料图片", "（）"),
    CreditShape("Photo/{name}", "()"),
    CreditShape(None),
    CreditShape(None),
)

_LABELS = Labels(
    colon="：",
    updated="更新时间",
    published="发布时间",
    source="来源",
    byline="作者",
    editor="责任编辑",
    photo="图片",
    views="浏览次数",
    home="首页",
    nav="导航",
    search="搜索",
    menu="菜单",
    close="关闭窗口",
    breadcrumb_here="您现在的位置",
    share="分享到",
    print="打印本页",
    font_size="字体大小",
    top="返回顶部",
    more="更多",
    related="相关新闻",
    most_read="热点排行",
    attachments="附件",
    download="下载",
    next="下一页",
    previous="上一页",
    page="页码",
    of="/",
    contact="联系我们",
    about="关于我们",
    privacy="隐私声明",
    sitemap="网站地图",
    sponsor="主办：蓝海市人民政府办公室",
    copyright="版权所有 © 蓝海市人民政府 未经许可不得转载",
    licence="蓝ICP备26000417号-2",
    today="今天是",
    login="登录",
    language_switch="语言",
    accessibility="无障碍浏览",
    follow="关注我们",
    scan_code="扫一扫在手机打开当前页",
    cookie_notice="本网站使用运行所必需的Cookie，继续浏览即表示您同意使用。",
    accept="同意",
    not_found="页面不存在",
    moved_or_deleted="您访问的页面已被移动或删除。",
    back_home="返回首页",
    alerts=(
        "台风黄色预警：清湾岛航线自即日起停航，恢复时间另行通知。",
        "停水通知：今晚10时至次日凌晨5时，梅溪镇部分区域将暂停供水。",
        "服务提示：洞庭路政务服务大厅节假日不对外办公，请使用网上办事服务。",
    ),
    weekdays=listed("星期一 | 星期二 | 星期三 | 星期四 | 星期五 | 星期六 | 星期日"),
)

CHINESE = Language(
    tag="zh-CN",
    rtl=False,
    spaced=False,
    stop="。",
    paragraph=(70, 120),
    day="{month}{day}日",
    dated="{year}年{month}{day}日",
    digits={},
    city="蓝海市",
    places=listed("""
        北岭区 | 河口新区 | 梅溪镇 | 清湾岛 | 老港片区 | 霞澜港 | 松柏谷 | 洞庭路沿线 | 月湖街道 |
        珍珠湾畔
    """),
    surnames=listed("""
        李 | 陈 | 王 | 赵 | 蒋 | 黄 | 林 | 梁 | 何 | 徐 | 邓 | 罗 | 唐 | 冯 | 彭 | 曾 | 萧 | 田 | 潘 | 袁 |
        蔡 | 贾 | 丁 | 魏 | 薛 | 叶 | 严 | 余 | 杜
    """),
    given=listed("""
        明 | 振梅 | 伟 | 晓玲 | 建国 | 雨婷 | 浩然 | 丽华 | 国强 | 美芳 | 子涵 | 佳琪 | 文博 | 淑芬 | 天宇 |
        敏华 | 锐 | 强 | 艳红 | 鹏 | 思远 | 凯文 | 堃 | 镕 | 喆
    """),
    roles=listed("局长 | 副局长 | 总工程师 | 新闻发言人 | 规划科科长 | 公共服务负责人"),
    apps=listed("今日蓝海 | 港湾之声 | 海湾新闻 | 观海"),
    accounts=listed("蓝海发布 | 蓝海文旅 | 梅溪小镇 | gh_3fa81c07 | lanhai_culture | 河口2020"),
    agencies=listed("新华社 | 蓝海日报 | 海湾图片社"),
    sources=listed("蓝海日报 | 蓝海特区报 | 海湾晚报 | 蓝海市人民政府网"),
    file_names=listed("""
        微信图片_20260207113542.jpg | 640.webp (2).jpg | 图片1.jpg | 港口_副本.jpg | 未标题-1.jpg | 1.jpg |
        IMG_20260118_104233.jpg | 微信截图_20260121090355.png
    """),
    prose_alts=_PROSE_ALTS,
    credits=_CREDITS,
    months=_MONTHS,
    slots={
        "approx": _APPROX,
        "days": _DAYS,
        "season": _SEASONS,
        "direction": _DIRECTIONS,
        "price": _PRICES,
        "ordinal": _ORDINALS,
        "local": _ORIGINS,
        "count": ("{whole}", "{plain}", "{decimal}万"),
        "money": ("{million}亿元", "{plain}万元"),
        "road": listed("海滨路 | 洞庭路 | 月湖东路 | 松柏大道 | 老码头街"),
    },
    word_groups=(
        _APPROX,
        _DAYS,
        _SEASONS,
        _DIRECTIONS,
        _PRICES,
        _ORDINALS,
        _MONTHS,
        _ORIGINS,
        listed("副局长 | 总工程师 | 新闻发言人"),
        listed("表示满意 | 表示不满意"),
    ),
    topics=_TOPICS,
    titles=_TITLES,
    openings=_OPENINGS,
    facts=_FACTS,
    sayings=_SAYINGS,
    cited=_CITED,
    cited_again=_CITED_AGAIN,
    closings=_CLOSINGS,
    rarities=_RARITIES,
    files=_FILES,
    file_sentence="全文见《{file}》。",
    side_stories=_SIDE_STORIES,
    headings=_HEADINGS,
    list_leads=_LIST_LEADS,
    items=_ITEMS,
    tables=_TABLES,
    details=_DETAILS,
    labels=_LABELS,
)
