//! Words of the command line: exit codes, and what is said about a wrong command.

use crate::texts;

texts! {
    /// Texts of the command line.
    CliText {
        Usage: "用法：", "Usage:";
        Commands: "命令", "Commands";
        CommandName: "命令", "COMMAND";
        Options: "选项", "Options";
        Arguments: "参数", "Arguments";
        ExitCodes: "退出码：", "Exit codes:";

        ExitGood: "一切正常", "all well";
        ExitFindings: "已执行，但发现问题：数据源不通、条目损坏、行有缺陷", "it ran and found something wrong: a source that fails, a broken entry, a flawed row";
        ExitUsage: "命令行或配置不可用", "the command line or the configuration cannot be used";
        ExitStore: "台账无法打开、读取或写入", "the ledger cannot be opened, read or written";
        ExitOutside: "外部原因失败，或数据源不新鲜、无人采集、渠道限流；稍后重试可能成功", "something outside did not work, sources are not fresh, nobody collects or a channel takes nothing; trying again may help";
        ExitInterrupted: "被 Ctrl-C 中断", "interrupted by Ctrl-C";
        NoDesk: "值班台已意外终止，不再采集", "the desk has ended unexpectedly; nothing is collected any more";
        SeeLog: "原因见日志；重新启动即从台账继续", "the log says why; started again it goes on from the ledger";
        NoTerminal: "终端不可用（{why}）；无终端时请用 lookout serve 采集，或用 lookout alarms、cases、points 查看", "the terminal cannot be used ({why}); without one, lookout serve collects, and lookout alarms, cases and points show";
        LogLink: "{path} 是指向别处的链接，请删除", "{path} is a link elsewhere: remove it";
        NoLog: "日志不可写（{why}）", "the log cannot be written ({why})";
        Collecting: "正在采集；台账 {path}", "collecting; the ledger is {path}";
        StandingBy: "待命：采集由 {who} 进行；台账 {path}", "standing by, collected by {who}; the ledger is {path}";
        ExitTerminated: "被 SIGTERM 终止", "ended by SIGTERM";
        ExitBySignal: "控制台被信号 n 终止", "the console was ended by signal n";

        UnknownArgument: "没有「{what}」这个选项", "no such option: “{what}”";
        UnknownCommand: "没有「{what}」这个命令", "no such command: “{what}”";
        BadValue: "{arg} 不接受「{what}」", "{arg} does not take “{what}”";
        NeedsValue: "{what} 需要一个值", "{what} needs a value";
        MissingArgument: "缺少：{what}", "missing: {what}";
        Conflict: "{what} 不能与其他选项同时使用", "{what} cannot stand together with the others";
        BadUsage: "命令行无法理解", "the command line cannot be understood";
        DidYouMean: "是否应为「{near}」？", "did you mean “{near}”?";
        KnownAre: "可用：{list}", "known: {list}";
        SeeHelp: "用法见 lookout --help", "see lookout --help";

        NoConfigFile: "没有这个配置文件：{path}", "there is no such configuration: {path}";
        WriteExample: "用 lookout config init {path} 新建一份", "begin one with lookout config init {path}";
        FileExists: "文件已存在，未改动：{path}", "the file exists and was left as it is: {path}";
        CannotWrite: "无法写入 {path}：{why}", "{path} cannot be written: {why}";
        Written: "已写入 {path}", "{path} was written";
        NoHome: "找不到主目录：请设置 HOME 或 XDG_STATE_HOME", "no home folder is known: set HOME or XDG_STATE_HOME";
        TrainingHasNoFile: "训练城没有配置文件；用 --config 指定一份", "the training city has no configuration file; name one by --config";

        OriginFile: "第 {line} 行", "line {line}";
        OriginDefault: "默认", "default";
        OriginEnv: "环境变量 {name}", "environment variable {name}";
        OriginFlag: "命令行 {name}", "command line {name}";

NoReport: "没有「{what}」这种报告", "there is no report “{what}”";
        NoPeriod: "「{what}」的时段无法确定；用 --date 2026-11-23、--month 2026-11、--year 2026、--shift 20261123-night", "the time of “{what}” is not known; use --date 2026-11-23, --month 2026-11, --year 2026, --shift 20261123-night";
        NoFigure: "此报告没有「{what}」这一数据", "this report has no figure “{what}”";
        NoSuchCase: "台账中没有事件「{what}」，或您无权查看；编号见 lookout cases", "the ledger has no case “{what}”, or you may not see it; lookout cases lists the numbers";
        MayNotIssue: "{what} 无权发布报告", "{what} may not issue reports";
        Unwritable: "台账 {path} 写不了：{why}", "the ledger {path} cannot be written: {why}";
                NoLedger: "没有台账：{path}", "there is no ledger: {path}";
        NameLedger: "先打开控制台，或用 --db 指定台账", "open the console first, or name a ledger by --db";
        DrawGood: "第 {seq} 条 {at} 种子 {seed}：{all} 站，排除 [{out}]，复算一致：{drawn}", "entry {seq} {at} seed {seed}: {all} stations, left out [{out}], drawn again the same: {drawn}";
        DrawBad: "第 {seq} 条 {at} 种子 {seed}：{all} 站，排除 [{out}]，复算不一致，记录为 {drawn}", "entry {seq} {at} seed {seed}: {all} stations, left out [{out}], NOT the same when drawn again; recorded: {drawn}";
        BackupDone: "已另存 {count} 条到 {path}，逐条核对完好，末条哈希 {head}", "{count} entries kept as {path}, every one verified, head {head}";
        BackupExists: "{path} 已存在；换一个文件名", "{path} is there already; name another file";
        RestoreDone: "台账 {path} 已换回：{count} 条，末条哈希 {head}", "the ledger {path} is restored: {count} entries, head {head}";
        RestoreAccepted: "就用现有的台账 {path}：{count} 条，末条哈希 {head}", "the ledger {path} is taken as it is: {count} entries, head {head}";
        RestoreKept: "原来的台账另存为 {path}", "what was there is kept as {path}";
        LastGood: "{path}：{why}。以下是最后完好状态，到第 {n} 条为止", "{path}: {why}; this is the last good state, up to entry {n}";
        NotIssued: "{why}；不能据此发布报告", "{why}; no report goes out on it";
        SalvagedEntries: "条目：第 1 至 {n} 条首尾相接，已写入 {path}，末条哈希 {head}", "entries: 1 to {n} hold and are written to {path}, head {head}";
        SalvagedNone: "条目：第 1 条已读不出，{path} 中没有条目", "entries: the first one cannot be read; {path} has none";
        SalvagedBeyond: "缺口之后：{n} 条写在 {path}，其中 {unfit} 条与前一条不符", "behind the gap: {n} entries in {path}, {unfit} of them do not fit the one before";
        SalvagedMissing: "读不出的条目：{list}（已知共 {last} 条）", "entries that cannot be read: {list} (known: {last})";
        SalvagedReadings: "读数：{series} 个序列 {n} 个，更正前的 {older} 个", "readings: {n} of {series} series, {older} as they were before a correction";
        SalvagedPapers: "报告：{n} 份", "papers: {n}";
        SalvagedLost: "报告：{n} 份；读不出的 {list}", "papers: {n}; those that cannot be read: {list}";
        SalvagedPages: "有损坏的页：{n}", "damaged pages: {n}";
        SalvagedNext: "采集记录与快照不带过来。换回台账：lookout restore {path}", "notes of polls and the snapshot are left behind. To put it in place: lookout restore {path}";
        Killed: "控制台被信号 {n} 终止，终端已恢复原状", "the console was ended by signal {n}; the terminal is as it was";
        LogIn: "日志在 {path}", "the log is in {path}";
        NotWhole: "{path} 不完好：第 {seq} 条：{why}", "{path} is not whole: entry {seq}: {why}";
        AuditGood: "完好：{count} 条，末条哈希 {head}", "whole: {count} entries, head {head}";
        AgainstHolds: "与 {what} 相符，直到第 {to} 条", "it fits {what}, up to entry {to}";
        AgainstShort: "台账止于第 {from} 条，{what} 知道第 {to} 条：末尾被截去，或换上了旧副本", "the ledger ends at entry {from}, {what} knows entry {to}: its end was cut off, or an older copy stands in its place";
        AgainstEntry: "从第 {to} 条起与 {what} 不同：台账被改写", "from entry {to} on it is not what {what} has: the ledger was written anew";
        AgainstDiffers: "第 {from} 至 {to} 条之间起与 {what} 不同：台账被改写", "it is not what {what} has, from an entry between {from} and {to} on: the ledger was written anew";
        AgainstOther: "第 1 条起就与 {what} 不同：是另一本台账的，或整本被改写", "from its first entry on it is not what {what} has: that is another ledger's, or this one was written anew from the first";
        AgainstForged: "{what}：第 {to} 条的锚点签名不符，锚点是伪造的或被改动", "{what}: the signature of the anchor at entry {to} is wrong; that anchor was forged or changed";
        AgainstUnsigned: "{what}：第 {to} 条的锚点不是用这把密钥签的：没有签名，或出自另一值班室的密钥", "{what}: the anchor at entry {to} is not signed by that key: by none, or by another room's";
        KeyUnusable: "值班室密钥 {path} 不可用：{why}", "the room's key {path} cannot be used: {why}";
        KeyOfOther: "台账 {path} 属于另一账号（UID {owner}）：值班室密钥只有它的所有者能读，请以该账号运行本命令", "the ledger {path} belongs to the account with UID {owner}: only the owner of the room's key can read it; run this command as that account";
        AgainstKeyless: "--key 只用于锚点文件；{what} 不是锚点文件", "--key is for a file of anchors; {what} is none";
        AgainstNothing: "「{what}」既不是文件，也不是「编号:哈希」", "“{what}” is neither a file nor number:hash";
        AgainstSlip: "「{what}」的校验位不符：可能抄错了一位", "the check of “{what}” does not fit: perhaps a letter was mistaken";
        AgainstEmpty: "{what} 中没有锚点", "{what} holds no anchor";
        AgainstLine: "{what} 第 {nth} 行不是锚点", "{what}, line {nth}: no anchor";
        AuditEmpty: "台账是空的：一条也没有，无从核对。若是运行中拷出来的，旁边的 -wal 也要一起拷，或用 lookout backup",
            "the ledger is empty: no entry, nothing to verify. If it was copied while a room ran on it, its -wal belongs to it; lookout backup makes a whole copy";
        AuditBroken: "第 {seq} 条不符：{why}（此前 {count} 条完好）", "entry {seq} does not fit: {why} ({count} good entries before it)";

        ColumnSeverity: "级别", "severity";
        ColumnState: "状态", "state";
        ColumnRaised: "发生时间", "raised";
        ColumnCode: "代码", "code";
        ColumnTownship: "属地", "township";
        ColumnTitle: "内容", "title";
        ColumnCase: "事件", "case";
        ColumnStage: "阶段", "stage";
        ColumnDetected: "发现时间", "detected";
        ColumnUnit: "单位", "unit";
        ColumnLate: "超时", "late";
        ColumnDueTo: "应报", "due to";
        ColumnPoint: "点位", "point";
        ColumnName: "名称", "name";
        ColumnQuantity: "因子", "quantity";
        ColumnPeriod: "时段", "period";
        ColumnValue: "数值", "value";
        ColumnMeasure: "计量单位", "unit of measure";
        ColumnFlag: "标记", "flag";
        ColumnAt: "时间", "at";
        ColumnAge: "距今", "age";
        ColumnTimeliness: "时效", "timeliness";
        ColumnClass: "水质", "water";
        ColumnSource: "数据源", "source";
        ColumnKind: "类型", "kind";
        ColumnReadings: "读数", "readings";
        ColumnSignals: "信号", "signals";
        ColumnFlaws: "缺陷", "flaws";
        ColumnRows: "行", "rows";
        ColumnLastGood: "上次成功", "last good";
        ColumnNext: "下次", "next";
        ColumnTrouble: "问题", "trouble";
        ColumnWaiting: "待发", "waiting";
        ColumnNewest: "最新数据", "newest";
        LateData: "最新数据已超过时限", "its newest data are older than they may be";

        CheckGood: "配置正确：{path}", "the configuration is good: {path}";
        CheckFaults: "{count} 处错误", "faults: {count}";
        CheckImport: "{file}：{rows} 行", "{file}: {rows} rows";
        CheckBadRows: "{file}：{rows} 行有错误", "{file}: rows with faults: {rows}";
    }
}
