"""Japanese: the words of the sample portal. Every place, person, office and event is made up.

Some names and the rarities hold characters outside JIS X 0208 (髙, 﨑, ①, ㈱).
"""

from __future__ import annotations

from sample_portal.languages.language import CreditShape, Labels, Language, Table, Topic, listed, unspaced

_MONTHS = listed("1月 | 2月 | 3月 | 4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 10月 | 11月 | 12月")
_APPROX = listed("およそ | 少なくとも | ほぼ")
_DAYS = listed("平日 | 土日 | 祝日")
_SEASONS = listed("春先 | 夏場 | 秋口 | 冬場")
_DIRECTIONS = listed("北側 | 南側 | 東側 | 西側")
_PRICES = listed("無料 | 半額 | 会員限定")
_ORDINALS = listed("第1期 | 第2期 | 第3期 | 第4期")
_ORIGINS = listed("地元企業 | 外資系企業 | 民間企業")

_TOPICS = (
    Topic(
        agency="交通局",
        projects=listed("湾内フェリー航路 | 臨海路面電車 | パークアンドライド駅 | 深夜バス網 | 自転車専用道"),
        people=listed("通勤者 | 離島の住民 | 乗客 | 大学生"),
        benefits=listed("島への移動時間の短縮 | ラッシュ時の待ち時間の短縮 | 空港への直通便の確保"),
        units=listed("乗車 | 乗船券の発行 | 利用 | 予約"),
        scenes=listed("""
            {place}で朝一番のフェリーに乗り込む乗客 | {place}の海岸沿いを走る路面電車 |
            {project}の線路を点検する技術者
        """),
    ),
    Topic(
        agency="文化観光局",
        projects=listed("灯籠アートシーズン | 野外博物館 | 島巡りウオーク | 人形劇工房 | 歌劇庭園"),
        people=listed("観光客 | 親子連れ | 美術愛好家 | 市民劇団の団員"),
        benefits=listed("貴重な収蔵品の公開 | 伝統芸能の新たな舞台の提供 | 冬の週末の楽しみの充実"),
        units=listed("来場 | 公演 | ガイドツアー | 入場券の発行"),
        scenes=listed("""
            {place}で手作りの灯籠に見入る来場者 | {place}で子どもたちに技を披露する人形遣い |
            {project}に向けて稽古する出演者
        """),
    ),
    Topic(
        agency="産業情報局",
        projects=listed("""
            半導体試験センター | ロボット産業団地 | スマート造船所 | 新素材実証施設 |
            ドローン試験場
        """),
        people=listed("中小企業の経営者 | 若手技術者 | 起業家 | 部品メーカーの社員"),
        benefits=listed("試験設備の割安な利用 | 取引先に近い事業用地の確保 | 特許出願の支援"),
        units=listed("受注 | 特許出願 | 試験報告 | 試作品の検査"),
        scenes=listed("""
            {place}の{project}でセンサーを調べる技術者 | {place}の工場で部品を仕分けるロボットアーム |
            {project}の新興企業が公開した試作機
        """),
    ),
    Topic(
        agency="環境局",
        projects=listed("マングローブ再生区 | 雨水公園 | 河川清掃運動 | 野鳥観察路 | ごみ分別センター"),
        people=listed("ボランティア | 漁業者 | 小中学生 | 自然観察の案内人"),
        benefits=listed("下流の水質の改善 | 木陰の散策路の整備 | 渡り鳥の休息地の保全"),
        units=listed("植樹 | 水質検査 | 野鳥の観察 | 清掃活動"),
        scenes=listed("""
            {place}の干潟で苗を植えるボランティア | 干潮時に{place}付近で羽を休めるサギ |
            児童に{project}を説明する案内人
        """),
    ),
    Topic(
        agency="教育委員会",
        projects=listed("職業訓練校 | 科学キャンプ | バイリンガル幼稚園 | 読書推進事業 | スポーツ拠点校"),
        people=listed("児童生徒 | 教員 | 保護者 | 職業訓練生"),
        benefits=listed("""
            少人数学級の実現と図書館の開館延長 | 手に職をつける場の提供 | 研究者による授業の実施
        """),
        units=listed("入学の申し込み | 図書の貸し出し | 修了証の交付 | 体験入学"),
        scenes=listed("""
            {place}の学校で模型船を作る児童 | {project}の実験室を試す教員 |
            {place}の小さな図書館で本を読む子どもたち
        """),
    ),
    Topic(
        agency="健康福祉局",
        projects=listed("地域診療所 | 高齢者ケアセンター | リハビリ病院 | 予防接種事業 | 救急ステーション"),
        people=listed("患者 | 高齢者 | かかりつけ医 | 市外からの受診者"),
        benefits=listed("徒歩15分圏内での受診 | 健診の待ち時間の短縮 | 追加料金のない訪問診療"),
        units=listed("診療の予約 | 健診 | 訪問診療 | 相談"),
        scenes=listed("""
            {place}で住民の血圧を測る看護師 | {project}の庭で体操する高齢者 |
            {place}の催しで健康相談に応じる医師
        """),
    ),
    Topic(
        agency="経済局",
        projects=listed("保税展示場 | 夜市 | コーヒー取引所 | 越境通販団地 | 海鮮市場"),
        people=listed("商店主 | 買い付け業者 | 輸出業者 | 出店者"),
        benefits=listed("保管費用の引き下げ | 通関の即日完了 | 手頃な価格での品ぞろえの拡大"),
        units=listed("荷物の取り扱い | 商談 | 通関申告 | 出店許可"),
        scenes=listed("""
            {place}の夜市の路地を埋める買い物客 | {project}で荷を下ろす作業員 |
            {place}の見本市でコーヒーを味わう買い付け業者
        """),
    ),
    Topic(
        agency="市民雇用局",
        projects=listed("若者向け住宅 | 合同就職説明会 | 総合窓口 | 技能競技会 | 住宅支援事業"),
        people=listed("新卒者 | 転入者 | 熟練技能者 | 求職者"),
        benefits=listed("転入後数年間の家賃補助 | 一つの窓口での手続き完了 | 労働契約や保険の相談"),
        units=listed("申請 | 求人への応募 | 許可証の交付 | 住民登録"),
        scenes=listed("""
            {place}の説明会で企業の担当者と話す求職者 | {project}で転入者を案内する職員 |
            {place}の競技会で配管を溶接する出場者
        """),
    ),
)

_TITLES = unspaced("""
    - {city}の{project}がオープン　{people}{count}人が来場
    - {city}、{project}に{money}を投資へ
    - {people}に朗報　{project}で{benefit}
    - {place}の{project}、{people}{count}人でにぎわう
    - {place}の{project}で{units}が{count}件に
    - {city}の「{project}」が{ordinal}に
    - {place}の{project}、工事の進み具合は{percent}％
    - {place}の{people}、{project}を歓迎
""")

_OPENINGS = unspaced("""
    - {city}{agency}は{date}、{people}のための{project}を{place}に開設したと発表した。{benefit}につなが
      るという。
    - {city}は今後{few}年間で、{place}の{project}に{money}を投じる。{agency}が{date}の記者会見で明らか
      にした。
    - {place}の{project}で{earlier}から{date}まで行われた試験運用に、{people}{approx}{count}人が参加し
      た。{city}{agency}がまとめた。
    - {place}の{project}の工事が{date}、{ordinal}に入った。{city}{agency}によると、現場では作業員
      {approx}{hundreds}人が働いている。
    - {benefit}が期待される{place}の{project}が完成検査に合格したと、{city}{agency}が{date}、文書で発表
      した。
""")

_FACTS = unspaced("""
    - {project}の面積は{decimal}ヘクタールで、週に{approx}{count}人の{people}を受け入れる計画だ。
    - {month}末までの{units}は{count}件で、前年の同じ時期より{percent}％増えた。
    - {ordinal}の工事は{year}年{month}に始まり、今年{month}に完了する予定となっている。
    - 昨年の{units}{count}件のうち、{percent}％は市のオンライン窓口で手続きされた。
    - 利用時間は{days}の午前{hour}時から午後{hour}時までで、料金は1人{hundreds}円とした。
    - 建設費は{money}で、このうち{percent}％を市が負担した。
    - {earlier}以降、近隣の{few}市から{people}{approx}{count}人が申し込んでいる。
    - {agency}は、中国語や英語、ポルトガル語で質問に答えられるよう、{direction}の各区で職員{hundreds}人
      に研修を行った。
    - {month}の調査では{people}の{percent}％が満足と答え、{year}年の{percent}％から変化した。
    - 来年の{season}には{place}と{place}でも同様の事業が計画されており、予算は合わせて{money}に上る。
    - 跡地の歴史を伝える展示では写真や資料{hundreds}点が並び、{later}まで{price}で公開される。
    - 予約システムの{ordinal}の改修により、平均の待ち時間は{minutes}分から{few}分に縮まった。
    - {few}つの大学の専門家が{month}に計画を審査し、{direction}の入り口の見直しを求めた。
    - {city}での{units}は{year}年以降、年平均で{percent}％ずつ増えている。
    - 希望する{people}は{date}から{later}まで、電話または{place}の窓口で申し込むことができる。
    - {agency}は、{season}の間に保留となった{units}{hundreds}件の一覧も公表した。
    - {direction}の屋根に置いた太陽光パネルで電気の使用量が{percent}％減り、1日{approx}{hundreds}円の節
      約になった。
    - 資材{money}分は{local}から調達し、最大の取引先は{place}に本社を置く。
    - {month}に市へ寄せられた意見は{hundreds}件で、{percent}％が{units}に関するものだった。
    - 計画では{place}の{direction}に{decimal}ヘクタールを確保し、{people}向けに整備する。
""")

_SAYINGS = unspaced("""
    - 今年の{season}には、{people}の皆さんに違いを実感していただけると思います
    - {people}にとって大切なのは{benefit}であり、そこが何より重要です
    - 敷地の{direction}が水に囲まれているため、{ordinal}が最も難しい工事でした
    - ここは{city}の『玄関口』と呼ばれています。その扉を開けておきたいのです
    - 設計を始める前に、{approx}{count}人の{people}から話を聞きました
    - {year}年の{place}にはこうした施設がなく、すべてが手探りでした
    - {month}の数字は予想を上回りましたが、目標まではまだ{percent}％足りません
    - 規模の大きさではなく、{days}に役立つことを目指しています
""")

_CITED = unspaced("""
    - {city}{agency}の{person}{role}は{date}、{place}を視察し、「{saying}」と述べた。
    - 「{saying}」。{agency}の{person}{role}は{date}、記者団にこう語った。
    - 開所式で{city}{agency}の{person}{role}は{people}に感謝し、「{saying}」とあいさつした。
""")

_CITED_AGAIN = unspaced("""
    - {surname}{role}は「{saying}」と話す。
    - 「{saying}」と{surname}{role}は付け加えた。
    - {year}年から{place}で働く{surname}{role}は「{saying}」と振り返った。
""")

_CLOSINGS = unspaced("""
    - {agency}は{month}末に、{project}の進み具合を改めて公表する。
    - {people}向けの次の催しは、{later}に{place}で予定されている。
    - {agency}は、{city}での{units}を{future}年までに{count}件に増やすとしている。
""")

_RARITIES = unspaced("""
    - 対象は①{place}の{people}、②{direction}の事業者、③{year}年以降の転入者で、費用は{fee}€まで補助される。
    - ㈱髙﨑組の髙橋社長は「{saying}」と話し、{money}の契約に満足を示した。
    - 工事は№{few}の区画から始まり、Ⅰ期に{decimal}㌶、Ⅱ期に{decimal}㌶を整備すると、{agency}の山﨑氏が
      説明した。
    - 美術家の草彅珉氏と德永濵子氏が壁画を手がけ、{date}の除幕式には{people}{count}人が集まった。
""")

_FILES = unspaced("""
    - {project}実施計画（PDF）
    - {month}の{units}一覧（PDF）
    - {people}向けの手引き（PDF）
    - {agency}告示第{few}号（PDF）
""")

_SIDE_STORIES = unspaced("""
    - 海辺からの便り　{place}の{season}
    - 特集　{benefit}
    - {project}をめぐる十の質問
    - {people}と過ごす{place}の一日
""")

_HEADINGS = unspaced("""
    - {people}にとっての利点
    - {project}の経緯
    - {place}での今後の予定
    - 費用と日程
    - {benefit}に向けて
    - {month}の数字
    - 参加するには
    - {future}年までの計画
""")

_LIST_LEADS = unspaced("""
    - {agency}の計画には、次の取り組みが盛り込まれている。
    - 参加を希望する{people}は、次の点に注意してください。
    - {date}の発表によると、今後の予定は次のとおり。
    - {agency}は{ordinal}の目標を次のように定めた。
    - {project}では{days}に次のサービスを受けられる。
""")

_ITEMS = unspaced("""
    - {place}に窓口を{few}か所新設する
    - {units}を{future}年までに{count}件に増やす
    - {local}の従業員{hundreds}人に研修を行う
    - 平均の待ち時間を{minutes}分に短縮する
    - {days}は午後{hour}時まで窓口を開ける
    - {project}の収支を毎年{season}に公表する
    - {people}の相談に{price}で応じる
    - {place}の{direction}の補修に{money}を充てる
    - {month}の公聴会に{people}{approx}{count}人を招く
    - エネルギー消費を{year}年比で{percent}％減らす
    - 中国語、英語、ポルトガル語の案内板を置く
    - {later}までに市長へ報告する
    - 定員の{percent}％を{people}に割り当てる
    - 取引先{few}社との契約を見直す
""")

_TABLES = (
    Table(("地区", "{units}（件）", "前年比"), ("{count}", "{percent}％")),
    Table(("地区", "申請", "承認", "割合（％）"), ("{count}", "{hundreds}", "{percent}")),
    Table(("場所", "事業費", "完成時期"), ("{money}", "{future}年{month}")),
    Table(("窓口", "受付時間", "電話番号"), ("午前{hour}時30分～午後{hour}時", "{phone}")),
)

_DETAILS = unspaced("""
    - 日時：{later}
    - 受付時間：午前{hour}時30分～午後{hour}時
    - 会場：{place}{road}{fee}番地
    - 事務局所在地：{city}{place}{road}{fee}番地
    - 電話：{phone}
    - 申込期間：{date}～{later}
    - 主催：{city}{agency}
    - 参加費：{hundreds}円（{days}は{price}）
    - 最寄りのバス停：{road}（徒歩{few}分）
    - 対応言語：日本語、英語
""")

_PROSE_ALTS = unspaced("""
    - {season}の{place}の風景
    - {place}の建物の前に立つ人々
    - {direction}から見た{project}
    - 机を挟んで握手する2人の男性
    - {project}に集まった{people}
    - 上空から撮影した{place}
    - {project}のポスター
""")

_CREDITS = (
    CreditShape("写真：{press}"),
    CreditShape("写真：{name}撮影", "（）"),
    CreditShape("撮影：{name}"),
    CreditShape("{name}撮影", "（）"),
    CreditShape("写真／{name}", "（）"),
    CreditShape("提供：蘭海市", "（）"),
    CreditShape("{press}提供", "（）"),
    CreditShape("写真提供：{app}"),
    CreditShape("公式アカウント「{account}」より", "（）"),
    CreditShape("資料写真", "【】"),
    CreditShape("資料写真", "（）"),
    CreditShape("{name}／{press}"),
    CreditShape(None),
    CreditShape(None),
)

_LABELS = Labels(
    colon="：",
    updated="更新日",
    published="掲載日",
    source="出典",
    byline="文",
    editor="編集",
    photo="写真",
    views="閲覧数",
    home="ホーム",
    nav="ナビゲーション",
    search="検索",
    menu="メニュー",
    close="閉じる",
    breadcrumb_here="現在位置",
    share="シェア",
    print="印刷",
    font_size="文字サイズ",
    top="ページの先頭へ戻る",
    more="もっと見る",
    related="関連記事",
    most_read="よく読まれている記事",
    attachments="添付ファイル",
    download="ダウンロード",
    next="次へ",
    previous="前へ",
    page="ページ",
    of="／",
    contact="お問い合わせ",
    about="このサイトについて",
    privacy="個人情報の取り扱い",
    sitemap="サイトマップ",
    sponsor="発行：蘭海市役所広報課",
    copyright="Copyright © 蘭海市 All Rights Reserved. 無断転載を禁じます。",
    licence="法人番号 2000020260417",
    today="本日は",
    login="ログイン",
    language_switch="言語",
    accessibility="ウェブアクセシビリティ",
    follow="公式SNS",
    scan_code="スマートフォンでこのページを読む",
    cookie_notice="当サイトは運営に必要なクッキーを使用しています。閲覧を続けると使用に同意したものとみなします。",
    accept="同意する",
    not_found="ページが見つかりません",
    moved_or_deleted="お探しのページは移動または削除されました。",
    back_home="ホームへ戻る",
    alerts=(
        "暴風警報：清湾島行きフェリーは当面の間、運航を見合わせます。",
        "断水のお知らせ：梅渓町の一部で今夜10時から翌朝5時まで断水します。",
        "窓口のお知らせ：洞庭通り総合窓口は祝日休業です。オンライン窓口をご利用ください。",
    ),
    weekdays=listed("月曜日 | 火曜日 | 水曜日 | 木曜日 | 金曜日 | 土曜日 | 日曜日"),
)

JAPANESE = Language(
    tag="ja",
    rtl=False,
    spaced=False,
    stop="。",
    paragraph=(70, 120),
    day="{month}{day}日",
    dated="{year}年{month}{day}日",
    digits={},
    city="蘭海市",
    places=listed("""
        北嶺区 | 河口新区 | 梅渓町 | 清湾島 | 旧港地区 | 霞浜港 | 松柏谷 | 洞庭通り周辺 | 月湖地区 | 真珠湾岸
    """),
    surnames=listed("""
        佐藤 | 鈴木 | 髙橋 | 田中 | 伊藤 | 渡辺 | 山本 | 中村 | 小林 | 加藤 | 吉田 | 山田 | 山﨑 | 森 | 池田 |
        橋本 | 石川 | 前田 | 藤田 | 岡田 | 長谷川 | 村上 | 近藤 | 坂本 | 遠藤
    """),
    given=listed("""
        明 | 健一 | 美咲 | 大輔 | 由美子 | 翔太 | 恵子 | 直樹 | 真理 | 拓也 | 千尋 | 和夫 | 彩香 | 誠 | 裕子 |
        浩 | 玲奈 | 隆 | 智子 | 亮 | 純 | 文雄
    """),
    roles=listed("局長 | 次長 | 技師長 | 報道官 | 企画課長 | 市民サービス課長"),
    apps=listed("蘭海トゥデイ | 港の声 | 湾岸ニュース | 観海"),
    accounts=listed("蘭海市広報 | 蘭海カルチャー | 梅渓まちだより | lanhai_culture | 河口2020"),
    agencies=listed("蘭海通信社 | 蘭海新聞 | 湾岸フォト"),
    sources=listed("蘭海新聞 | 蘭海タイムス | 湾岸夕刊 | 広報らんかい"),
    file_names=listed("""
        写真1.jpg | 港_コピー.jpg | IMG_0417.JPG | 蘭海市①.jpg | 1.jpg | 無題.png | DSC_0417.jpg |
        スクリーンショット 2026-02-07 113542.png
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
        "money": ("{million}億円", "{plain}万円"),
        "road": listed("海浜通り | 洞庭通り | 月湖東通り | 松柏大通り | 旧埠頭通り"),
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
        listed("次長 | 技師長 | 報道官"),
        listed("満足と答え | 不満と答え"),
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
    file_sentence="全文は「{file}」を参照。",
    side_stories=_SIDE_STORIES,
    headings=_HEADINGS,
    list_leads=_LIST_LEADS,
    items=_ITEMS,
    tables=_TABLES,
    details=_DETAILS,
    labels=_LABELS,
)
