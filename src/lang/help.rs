//! What each command and flag does, in both languages. Joined with the flags by `cli::help`.

/// One row a command or flag: its name as people write it, Chinese, English. A test compares it with the flags there are.
pub const HELP: &[(&str, &str, &str)] = &[
    (
        "",
        "瞭望：生态环境值班室的终端控制台。不带命令即打开控制台；没有配置时打开训练城。",
        "Lookout: the duty room's console for environmental supervision. Opens the console; the training city where nothing is configured.",
    ),
    (
        "watch",
        "打开控制台（不带命令时即此）",
        "open the console; what happens where no command is given",
    ),
    (
        "serve",
        "无界面采集：轮询、研判、派发，直到被终止",
        "collect without a screen: poll, judge, deliver, until stopped",
    ),
    (
        "check",
        "检查配置，并逐个试采数据源",
        "check the configuration and poll each source once",
    ),
    (
        "check --offline",
        "只检查配置，不采数据源",
        "the configuration alone, without asking any source",
    ),
    ("check --json", "以 JSON 输出", "write JSON"),
    (
        "config",
        "查看、核对、新建配置",
        "show, describe or begin a configuration",
    ),
    (
        "config show",
        "每个值及其出处（文件、环境变量、默认）；密钥显示为 ***",
        "every value and where it comes from (file, environment, default); secrets as ***",
    ),
    ("config schema", "配置的 JSON Schema", "its JSON schema"),
    (
        "config parts",
        "派单文字可用的各部分",
        "the parts of an order's text",
    ),
    ("config init", "写出带注释的范例", "an example to begin with"),
    (
        "config init <file>",
        "写入此文件（不覆盖已有文件）；省略则输出到屏幕",
        "write to this file (never over one that exists) instead of standard output",
    ),
    ("audit", "核验台账", "verify the ledger"),
    (
        "audit verify",
        "重算整条哈希链，指出第一条不符的条目",
        "recompute the whole hash chain; name the first entry that does not fit",
    ),
    (
        "audit verify --against",
        "再与锚点对照：锚点文件、另一份台账文件，或纸上抄来的「编号:哈希」；指出从哪一条起不同",
        "hold it against an anchor as well (an anchor file, another ledger's file, or number:hash typed from paper) and name where it differs",
    ),
    (
        "audit verify --key",
        "锚点文件必须出自这把公钥的签名（64 位十六进制）",
        "the anchors of the file must be signed by this public key (64 hexadecimal digits)",
    ),
    (
        "audit key",
        "显示值班室公钥；没有密钥则生成，此后写出的锚点都带签名",
        "show the room's public key; one is made where there is none, and signs every anchor from then on",
    ),
    (
        "audit draws",
        "复算台账中每次随机抽取",
        "draw every recorded draw of stations again",
    ),
    (
        "backup",
        "把台账另存为一个完整、核对过的文件；值班照常进行",
        "copy the ledger into one whole, verified file; the room goes on meanwhile",
    ),
    (
        "backup <file>",
        "另存到哪个文件；不得已存在",
        "the file to write; it must not exist yet",
    ),
    (
        "restore",
        "用备份换回台账：先核对备份，原文件另存在旁边",
        "put a backup in the ledger's place: it is verified first, and what was there is kept beside it",
    ),
    ("restore <file>", "哪个备份", "which backup"),
    (
        "salvage",
        "抢救有损坏的台账：能读出的全部写入新台账；原文件不动",
        "read all that can be read of a damaged ledger into a new one; the damaged file stays as it is",
    ),
    ("salvage <ledger>", "有损坏的台账", "the damaged ledger"),
    (
        "salvage <new>",
        "新台账；不得已存在。缺口之后的条目另写在旁边，名尾 -beyond.jsonl",
        "the new one; it must not exist yet. Entries behind a gap go beside it, into …-beyond.jsonl",
    ),
    ("alarms", "告警列表", "the alarms"),
    ("alarms --json", "以 JSON 输出", "write JSON"),
    (
        "alarms --filter",
        "筛选：词、字段:值、-排除，如「火 severity:red,orange -state:shelved」",
        "words, field:value, -unwanted: “smoke severity:red,orange -state:shelved”",
    ),
    ("cases", "事件列表", "the cases"),
    ("cases --json", "以 JSON 输出", "write JSON"),
    (
        "cases --filter",
        "筛选：词、字段:值、-排除，如「stage:dispatched 泗门」",
        "words, field:value, -unwanted: “stage:dispatched simen”",
    ),
    ("points", "点位的最新读数", "the newest readings of the points"),
    ("points --json", "以 JSON 输出", "write JSON"),
    (
        "points --filter",
        "筛选：词、字段:值、-排除，如「quantity:pm25 -flag:invalid」",
        "words, field:value, -unwanted: “quantity:pm25 -flag:invalid”",
    ),
    (
        "sources",
        "数据源：状态、行数、缺陷、最近错误、下次采集、由谁采集",
        "the sources: state, rows, flaws, last error, next poll, who collects",
    ),
    ("sources --json", "以 JSON 输出", "write JSON"),
    (
        "sources --filter",
        "筛选：词、字段:值、-排除，如「-standing:ok」",
        "words, field:value, -unwanted: “-standing:ok”",
    ),
    (
        "aqi",
        "管道：读入浓度行，原样写出并附上空气质量指数",
        "a pipe: rows of concentrations in, the same rows out with their air quality index",
    ),
    (
        "aqi --standard",
        "标准：auto、hj633-2012、hj633-2026、epa-2024、eaqi；auto 按每行日期选择",
        "auto, hj633-2012, hj633-2026, epa-2024 or eaqi; auto chooses by each row's date",
    ),
    (
        "aqi --period",
        "每行的时段：hour 或 day",
        "what a row is about: hour or day",
    ),
    (
        "aqi --realtime",
        "HJ 633-2012 的小时口径：published（发布）或 text（标准原文）",
        "how HJ 633-2012 reads an hour: published or text",
    ),
    (
        "aqi --json",
        "以 JSON 行代替 CSV 输入输出",
        "lines of JSON instead of CSV, in and out",
    ),
    (
        "report",
        "生成一份报告：日报、班报、周报、月报、年度数据",
        "make one of the room's documents: daily, shift, weekly, monthly, the figures of the year",
    ),
    ("report <name>", "报告名称", "which report"),
    ("report --date", "所属时段中的一天", "a day in the time it covers"),
    (
        "report --from",
        "第一天（代替其自身周期）",
        "the first day, instead of its own rhythm",
    ),
    ("report --to", "最后一天", "the last day"),
    ("report --month", "整月，如 2026-11", "a month, such as 2026-11"),
    ("report --year", "整年，如 2026", "a whole year, such as 2026"),
    (
        "report --case",
        "所述事件的编号（突发环境事件报告）",
        "the number of the case it is about (report of an emergency)",
    ),
    ("report --csv", "以 CSV 输出表格", "write its tables as CSV"),
    (
        "report --records",
        "列出某一数据背后的记录编号",
        "list the numbers of the records behind a figure",
    ),
    (
        "report --shift",
        "班次编号，如 20261123-night（交接班记录、值班日志）",
        "the name of the shift, such as 20261123-night (hand-over, shift log)",
    ),
    (
        "report --issue",
        "发布：留存全文并记入台账；同一时段再次发布为更正",
        "issue it: its text is kept and the ledger records it; again for the same time is a correction",
    ),
    (
        "report --draft",
        "已发布的也重新生成，不显示留存件",
        "make it anew though it was issued, instead of showing what was kept",
    ),
    (
        "stats",
        "统计：由小时或日浓度得出优良率、均值、百分位、有效性与综合指数",
        "the figures of a period: good-day ratio, means, percentiles, validity, composite index",
    ),
    (
        "stats --standard",
        "日指数的标准：auto、hj633-2012、hj633-2026、epa-2024；auto 按日期选择",
        "what judges the days: auto, hj633-2012, hj633-2026 or epa-2024; auto chooses by date",
    ),
    (
        "stats --period",
        "每行的时段：hour 或 day",
        "what a row is about: hour or day",
    ),
    (
        "stats --label",
        "小时标签：end（时段末，国内平台）或 start（时段始）",
        "what an hour's label means: end (Chinese platforms) or start",
    ),
    (
        "stats --by",
        "unit（全部站点合为一个单元）或 station（逐站）",
        "unit (all stations as one) or station (each alone)",
    ),
    (
        "stats --background",
        "对照（背景）站，不计入单元均值；可重复",
        "a background station, left out of the unit; may be repeated",
    ),
    (
        "stats --formula",
        "综合指数的限值：auto、2012、2026-transition、2026-final",
        "limits of the composite index: auto, 2012, 2026-transition or 2026-final",
    ),
    (
        "stats --reach-back",
        "臭氧8小时滑动平均可跨入前一日",
        "let the 8-hour means of ozone reach into the evening before",
    ),
    (
        "stats --year-on-year",
        "与上年同期按同一标准比较优良天数",
        "compare the good days with the same days a year before, both by one standard",
    ),
    (
        "stats --point",
        "取台账中此点位的读数，不读标准输入；可重复",
        "a point of the ledger instead of standard input; may be repeated",
    ),
    ("stats --from", "首日（YYYY-MM-DD）", "the first day (YYYY-MM-DD)"),
    ("stats --to", "末日（YYYY-MM-DD）", "the last day (YYYY-MM-DD)"),
    (
        "stats --json",
        "输出 JSON，每站一个对象",
        "JSON, one object a station",
    ),
    (
        "completions",
        "输出命令行补全脚本",
        "write a shell's completion script",
    ),
    (
        "completions <shell>",
        "bash、elvish、fish、powershell 或 zsh",
        "bash, elvish, fish, powershell or zsh",
    ),
    ("man", "输出手册页（roff）", "write the manual page (roff)"),
    (
        "words",
        "用词：每个词指什么，不要与什么混淆",
        "the words used here: what each stands for, and what it is not",
    ),
    (
        "--config",
        "配置文件；默认 $LOOKOUT_CONFIG，其次 $XDG_CONFIG_HOME/lookout/lookout.toml，都没有则为训练城",
        "the configuration; else $LOOKOUT_CONFIG, else $XDG_CONFIG_HOME/lookout/lookout.toml if it exists, else the training city",
    ),
    (
        "--db",
        "台账文件（SQLite），优先于配置；也可用 $LOOKOUT_DB",
        "the ledger's file (SQLite), before the configuration's; also $LOOKOUT_DB",
    ),
    (
        "--lang",
        "语言：zh 或 en；默认按环境 LANG",
        "language: zh or en; by LANG where absent",
    ),
    (
        "drill",
        "演练：按脚本走完一年，台账数字与年报逐项对照",
        "a drill: a scripted year through the real engine, store and outbox; the ledger's figures beside the yearly report's",
    ),
    (
        "drill <name>",
        "year-2023：2023 年年报的一年",
        "year-2023: the year of the yearly report of 2023",
    ),
    ("drill --json", "以 JSON 输出", "write JSON"),
    (
        "drill --days",
        "只演练前若干天，数字按比例（12～365）",
        "only so many days of it, with their share of the figures (12 to 365)",
    ),
    (
        "drill --store",
        "台账写入此文件并保留；省略则用临时目录，演练后删除",
        "keep the ledger in this file; otherwise it is in the temporary folder and deleted with the drill",
    ),
    (
        "--theme",
        "主题：dark、light、contrast、mono，或主题文件；也可用 $LOOKOUT_THEME",
        "dark, light, contrast, mono, or a theme file; also $LOOKOUT_THEME",
    ),
    (
        "--training",
        "打开训练城，即使已有配置；台账另存",
        "open the training city even where a configuration exists; its ledger is apart",
    ),
    (
        "--speed",
        "训练城的时间倍速（1～3600，或 max）",
        "how many times as fast the training city's time runs (1 to 3600, or max)",
    ),
    (
        "--seed",
        "训练城的随机种子：同一种子，同一天",
        "the training city's seed: the same seed, the same day",
    ),
    ("--help", "显示帮助", "show this help"),
    (
        "--version",
        "显示版本与构建信息",
        "show the version and how it was built",
    ),
];
