//! The words of the field as they are used here: one word, one thing, on screens, in documents, commands and code alike.
//!
//! The table at the head of the library, the one in the README and `lookout words` are made from these rows.

use crate::lang::{Lang, fill};

/// A word and what it stands for.
pub struct Word {
    /// The word: Chinese and English.
    pub name: (&'static str, &'static str),
    /// What it is.
    pub what: (&'static str, &'static str),
    /// What it is not to be confused with.
    pub not: (&'static str, &'static str),
}

const fn word(
    name: (&'static str, &'static str),
    what: (&'static str, &'static str),
    not: (&'static str, &'static str),
) -> Word {
    Word { name, what, not }
}

/// The words, those of one matter side by side.
pub const WORDS: &[Word] = &[
    word(
        ("值班室", "room"),
        (
            "一个单位的值班场所，一份配置、一本台账",
            "one duty room: a configuration, a ledger",
        ),
        ("席位：其中一人的终端", "seat: one person's terminal in it"),
    ),
    word(
        ("值班台", "desk"),
        (
            "采集、研判、记账、派发的程序主体；落款为“系统”",
            "the part that polls, judges, records and delivers; signs as the desk",
        ),
        ("值守员：人", "operator: a person"),
    ),
    word(
        ("台账", "ledger"),
        ("全部事实，逐条编号、首尾相扣", "all facts, numbered and chained"),
        (
            "日志：值班日志，或程序自身的日志",
            "log: the shift's, or the program's own",
        ),
    ),
    word(
        ("条目", "entry"),
        ("台账中的一条", "one fact of the ledger"),
        ("读数：不入台账，另存", "reading: kept beside the ledger"),
    ),
    word(
        ("数据源", "source"),
        ("定时询问的一个上游", "an upstream that is polled"),
        ("水源：饮用水水源地", "intake: where drinking water is taken"),
    ),
    word(
        ("点位", "point"),
        ("测得读数的地方", "where readings are measured"),
        ("位置：一件事发生的地方", "place: where a matter is"),
    ),
    word(
        ("读数", "reading"),
        (
            "一个点位、一个因子、一个时刻的数值",
            "one value of a point, a quantity, a moment",
        ),
        (
            "信号：上游报来的一件事",
            "signal: a matter that an upstream reports",
        ),
    ),
    word(
        ("缺陷", "flaw"),
        (
            "上游数据中无法解析的一行",
            "a row of an upstream that cannot be understood",
        ),
        (
            "故障：数据源或仪器不工作",
            "fault: a source or an instrument that does not work",
        ),
    ),
    word(
        ("告警", "alarm"),
        (
            "规则或信号提出、须人看到的异常",
            "an abnormal state that a person must see, raised by a rule or a signal",
        ),
        ("预警：气象等部门发布的", "warning: issued by an authority"),
    ),
    word(
        ("恢复", "cleared"),
        ("告警的条件不再成立", "the condition of an alarm holds no more"),
        ("退回：单位不接派单", "returned: a unit does not take an order"),
    ),
    word(
        ("确认", "acknowledge"),
        (
            "有人看到并负责这条告警",
            "a person has seen the alarm and answers for it",
        ),
        ("属实：核实后确有其事", "true: verified, it is so"),
    ),
    word(
        ("搁置", "shelve"),
        ("由人限时移出待处置", "held back by a person for a time"),
        (
            "抑制：由申报或规则移出",
            "suppressed: held back by a declaration or a rule",
        ),
    ),
    word(
        ("报警泛滥", "flood"),
        (
            "十分钟内告警多得看不过来",
            "more alarms in ten minutes than a person can take in",
        ),
        (
            "数据源泛滥：一个源报得过多",
            "a source that floods: one raises too many",
        ),
    ),
    word(
        ("事件", "case"),
        ("按流程办理的一件事", "a matter that goes through a loop"),
        ("突发环境事件：其中一类", "emergency: one kind of it"),
    ),
    word(
        ("子事项", "sub-case"),
        ("上级事件之下的事件", "a case under another, its parent"),
        ("重复：同一件事再次出现", "repeat: the same matter again"),
    ),
    word(
        ("流程", "loop"),
        (
            "一类事件的阶段与步骤，一份文件",
            "the stages and steps of a kind of case: one file, its playbook",
        ),
        ("规则：何时告警", "rule: when an alarm is raised"),
    ),
    word(
        ("阶段", "stage"),
        ("事件现处何处", "where a case stands"),
        ("状态：告警的", "state: of an alarm"),
    ),
    word(
        ("登记", "register"),
        ("把一件事列为事件", "make a matter a case"),
        ("立案：依法查处", "prosecute: by law"),
    ),
    word(
        ("销号", "close (a problem)"),
        (
            "问题整改到位、核实后了结",
            "a problem rectified, verified and done with",
        ),
        ("办结：其他事件了结", "close: any other case that is done with"),
    ),
    word(
        ("整改", "rectify"),
        (
            "企业或单位把问题改正",
            "an enterprise or unit mends what was wrong",
        ),
        ("订正：上游更正读数", "corrected: an upstream mends a reading"),
    ),
    word(
        ("督办", "expedite"),
        ("超时后催办", "press on what is late"),
        ("约谈：由上级当面问责", "summons: called to account in person"),
    ),
    word(
        ("派单", "order"),
        (
            "要一个单位办一件事，有单号",
            "what a unit is to do, with a number",
        ),
        (
            "指令：指挥部的；排序：列表的",
            "directive: of the command; sort: of a list",
        ),
    ),
    word(
        ("交办", "assign"),
        (
            "把信访、问题交给责任单位",
            "give a petition or problem to the unit responsible",
        ),
        ("转办：移交其他部门", "transfer: to another department"),
    ),
    word(
        ("撤回派单", "withdraw"),
        ("收回已发出的派单", "take an order back"),
        ("撤回：撤销自己的上一步", "undo: take back one's own last step"),
    ),
    word(
        ("指令", "directive"),
        (
            "指挥部启动管控的文件，有文号",
            "the command's paper that starts an episode, with a number",
        ),
        (
            "命令：命令行和命令面板的",
            "command: of the command line and the palette",
        ),
    ),
    word(
        ("须知", "notice"),
        (
            "告知一个角色某事须他处理",
            "tells a role that something awaits it",
        ),
        ("派单：发给单位", "order: goes to a unit"),
    ),
    word(
        ("渠道", "channel"),
        ("派单与须知送出的途径", "a way out for orders and notices"),
        ("数据源：数据进来的途径", "source: a way in"),
    ),
    word(
        ("反馈", "answer"),
        ("单位对派单的答复", "what a unit says to an order"),
        ("回执：渠道收下了", "receipt: the channel took it"),
    ),
    word(
        ("时限", "due"),
        ("最晚何时完成", "by when a thing must be done"),
        ("限值：数值不得超过", "limit: what a value must not exceed"),
    ),
    word(
        ("超时", "late"),
        ("过了时限", "its time has passed"),
        (
            "过期：读数太旧；滞后：数据源太旧",
            "stale: an old reading; a late source: old data",
        ),
    ),
    word(
        ("管控", "episode"),
        (
            "一次应急管控，从启动到解除",
            "one time of emergency control, from start to lifting",
        ),
        ("应急事件：突发环境事件", "emergency: an accident"),
    ),
    word(
        ("限产", "curtailment"),
        (
            "管控期间企业减产",
            "an enterprise that runs less under an episode",
        ),
        ("停产申报：企业自报停产", "declared stop: its own"),
    ),
    word(
        ("企业", "enterprise"),
        ("被监管的工厂", "a works that is supervised"),
        (
            "单位：接派单的部门或乡镇",
            "unit: who takes orders, a department or a township",
        ),
    ),
    word(
        ("目标", "target"),
        ("全年要达到的数", "what the year must reach"),
        ("限值：每个数值的", "limit: of each value"),
    ),
    word(
        ("交接班", "hand-over"),
        ("双方签字的换班", "a change of shift that both sign"),
        ("移交：事件转给他人", "transfer: of a case"),
    ),
    word(
        ("演练", "drill"),
        (
            "按脚本走一遍，对外内容标【演练】",
            "a rehearsal by a script; all that leaves the room is marked DRILL",
        ),
        ("训练：模拟的县市", "training: the simulated county"),
    ),
];

impl Word {
    /// One line for a person: the word in both languages, what it is and what it is not.
    pub fn line(&self, lang: Lang) -> String {
        let other = lang.pick(self.name.1, self.name.0);
        let of = |pair: (&'static str, &'static str)| lang.pick(pair.0, pair.1);
        let words = lang.pick(
            "{name}（{other}）：{what}；≠ {not}",
            "{name} ({other}): {what}; not {not}",
        );
        fill(
            words,
            &[
                ("name", &of(self.name)),
                ("other", &other),
                ("what", &of(self.what)),
                ("not", &of(self.not)),
            ],
        )
    }
}
