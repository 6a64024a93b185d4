//! The log that writes itself (值班日志): each entry of the ledger as one line of words.
//!
//! Routine entries (deliveries, links between an alarm and its case) have no line. Called by the Shift screen and reports.

use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Hold};
use crate::domain::fact::case::CaseFact;
use crate::domain::fact::declared::Subject;
use crate::domain::fact::forecast::ForecastDay;
use crate::domain::fact::notice::NoticeFact;
use crate::domain::fact::room::RoomFact;
use crate::domain::fact::shift::ShiftFact;
use crate::domain::fact::task::TaskFact;
use crate::domain::id::{CaseId, NoticeId};
use crate::domain::ledger::{Entry, Stream};
use crate::domain::notice::Notice;
use crate::domain::playbook::Playbook;
use crate::domain::state::State;
use crate::domain::time::Span;
use crate::lang::domain::actor;
use crate::lang::screens::fires::answer_kind;
use crate::lang::{Lang, alarm, domain as say, duty, fill, letter, notice, report, trouble, when};

/// What words are made from besides the entry itself.
#[derive(Clone, Copy, Debug)]
pub struct JournalBasis<'a> {
    /// Titles of cases and units of orders in hand.
    pub state: &'a State,
    /// Names of stages and steps.
    pub playbooks: &'a [Playbook],
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// Who.
    pub who: String,
    /// What, the thing's title included.
    pub what: String,
    /// The alarm, case, order, shift or report it is about.
    pub about: String,
}

/// The line of an entry; `None` for routine.
pub fn line(lang: Lang, entry: &Entry, known: JournalBasis<'_>) -> Option<JournalLine> {
    let what = match &entry.fact {
        Fact::Alarm(fact) => alarm(lang, fact, known),
        Fact::Case(fact) => case(lang, fact, (known, about_case(&entry.stream))),
        Fact::Task(fact) => task(lang, fact, (known, &entry.stream)),
        Fact::Notice(fact) => notice(lang, fact, (known, entry)),
        Fact::Shift(fact) => Some(shift(lang, fact)),
        Fact::Room(fact) => room(lang, fact),
    }?;
    Some(JournalLine {
        who: actor(lang, &entry.by),
        what,
        about: number(&entry.stream),
    })
}

/// The number that a thing is read by; that of the matter for what is told of it.
fn number(stream: &Stream) -> String {
    match stream {
        Stream::Alarm(id) => id.to_string(),
        Stream::Case(id) => id.to_string(),
        Stream::Task(id) => id.to_string(),
        Stream::Notice(id) => Stream::told_in(id).map_or_else(String::new, |of| number(&of)),
        Stream::Shift(id) => id.to_string(),
        Stream::Room => String::new(),
    }
}

/// A word, and what follows it where there is something.
fn with(word: &str, rest: &str) -> String {
    if rest.is_empty() {
        word.to_owned()
    } else {
        format!("{word} · {rest}")
    }
}

fn alarm(lang: Lang, fact: &AlarmFact, known: JournalBasis<'_>) -> Option<String> {
    Some(match fact {
        AlarmFact::Raised(cause) => {
            let word = format!(
                "{}{}",
                say::severity(lang, cause.severity),
                lang.pick("告警", " alarm")
            );
            with(&word, &alarm::title(lang, cause))
        }
        AlarmFact::Regraded { severity, title } => {
            let word = format!(
                "{}{}",
                lang.pick("告警变为", "alarm now "),
                say::severity(lang, *severity)
            );
            with(&word, &trouble::reasons(lang, title.as_str()))
        }
        AlarmFact::Returned => lang.pick("告警恢复", "alarm cleared").to_owned(),
        // Whoever moves a case has seen its alarms: told by the case's own line.
        AlarmFact::Acknowledged { comment, .. }
            if known.state.cases.contains_key(&CaseId::new(comment.as_str())) =>
        {
            return None;
        }
        AlarmFact::Acknowledged { comment, .. } => {
            with(lang.pick("确认告警", "acknowledged"), comment.as_str())
        }
        AlarmFact::Unacknowledged { .. } => lang.pick("告警重新待确认", "unacknowledged again").to_owned(),
        AlarmFact::Held(Hold::Shelved { reason, .. }) => {
            with(lang.pick("搁置告警", "shelved"), reason.as_str())
        }
        AlarmFact::Held(Hold::Suppressed { why }) => with(lang.pick("抑制告警", "suppressed"), why.as_str()),
        AlarmFact::Held(Hold::OutOfService { reason, .. }) => {
            with(lang.pick("停用告警", "out of service"), reason.as_str())
        }
        AlarmFact::Released => lang.pick("放开告警", "released").to_owned(),
        AlarmFact::Joined { .. } => return None,
    })
}

fn about_case(stream: &Stream) -> Option<&CaseId> {
    match stream {
        Stream::Case(id) => Some(id),
        Stream::Alarm(_) | Stream::Task(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => None,
    }
}

fn case(lang: Lang, fact: &CaseFact, (known, id): (JournalBasis<'_>, Option<&CaseId>)) -> Option<String> {
    let case = id.and_then(|id| known.state.cases.get(id));
    let is_drill = case.is_some_and(|case| known.state.is_drill(case));
    let marked = |title: &str| letter::marked(title, is_drill && !title.is_empty(), lang);
    let title = &marked(case.map_or("", |case| case.matter.title.as_str()));
    let playbook = case.and_then(|case| known.playbooks.iter().find(|p| p.id == case.matter.playbook));
    Some(match fact {
        CaseFact::Opened(matter) => {
            let playbook = known.playbooks.iter().find(|p| p.id == matter.playbook);
            let name = playbook.map_or(matter.playbook.as_str(), |p| lang.of(&p.words));
            let word = format!("{}{name}", lang.pick("登记：", "opened: "));
            with(&word, &marked(matter.title.as_str()))
        }
        CaseFact::Moved { step, given, .. } => {
            let words = playbook
                .and_then(|p| p.step(step))
                .map(|step| lang.of(&step.words));
            let said = with(words.unwrap_or(step.as_str()), title);
            with(&said, given.comment.as_str())
        }
        CaseFact::Reverted { .. } => with(lang.pick("撤销上一步", "took the last step back"), title),
        CaseFact::Late { stage, .. } => {
            let words = playbook.and_then(|p| p.stage(stage)).map(|s| lang.of(&s.words));
            let word = format!(
                "{}{}",
                lang.pick("超时：", "late: "),
                words.unwrap_or(stage.as_str())
            );
            with(&word, title)
        }
        CaseFact::Noted { words } => with(lang.pick("备注", "note"), words.as_str()),
        CaseFact::Joined { .. } | CaseFact::Ordered { .. } => return None,
    })
}

fn task(lang: Lang, fact: &TaskFact, (known, stream): (JournalBasis<'_>, &Stream)) -> Option<String> {
    let own = match stream {
        Stream::Task(id) => known.state.tasks.get(id).map(|task| &task.order),
        Stream::Alarm(_) | Stream::Case(_) | Stream::Notice(_) | Stream::Shift(_) | Stream::Room => None,
    };
    let unit = own.map_or_else(String::new, |own| {
        letter::marked(own.unit_name.as_str(), own.drill, lang)
    });
    Some(match fact {
        TaskFact::Ordered(order) => {
            let word = format!("{}{}", lang.pick("派单：", "dispatched: "), order.unit_name);
            with(&word, order.text.as_str())
        }
        TaskFact::Refused { why } => {
            let word = format!("{}{unit}", lang.pick("未送达：", "not delivered: "));
            with(&word, &trouble::of_code(lang, why.as_str()))
        }
        TaskFact::Withdrawn => format!("{}{unit}", lang.pick("撤回派单：", "order withdrawn: ")),
        TaskFact::Answered {
            kind, text, photo, ..
        } => {
            let word = format!("{unit} {}", answer_kind(lang, kind.as_str()));
            let said = with(word.trim(), text.as_str());
            match photo {
                Some(photo) => with(&said, photo.as_str()),
                None => said,
            }
        }
        TaskFact::Routed { way } => {
            let word = format!("{}{unit}", lang.pick("改走渠道：", "by another way: "));
            with(&word, way.as_str())
        }
        TaskFact::Doubted { why } => {
            let word = format!("{}{unit}", lang.pick("送达存疑：", "delivery in doubt: "));
            with(&word, &trouble::of_code(lang, why.as_str()))
        }
        TaskFact::Call => format!("{}{unit}", lang.pick("请电话通知：", "telephone now: ")),
        TaskFact::Delivered { .. }
        | TaskFact::Failed { .. }
        | TaskFact::Trying
        | TaskFact::Waiting { .. } => return None,
    })
}

/// A notice as it was then. What was told stands in the fact itself; the rest needs the notice.
fn notice(lang: Lang, fact: &NoticeFact, (known, entry): (JournalBasis<'_>, &Entry)) -> Option<String> {
    let then = notice::NoticeBasis {
        state: known.state,
        playbooks: known.playbooks,
        now: entry.at,
    };
    if let NoticeFact::Told(telling) = fact {
        let told = Notice::told(NoticeId::default(), (**telling).clone(), entry.at, entry.nth);
        return Some(notice::line(lang, &told, fact, then));
    }
    let told = known_by(known, &entry.stream)?;
    Some(notice::line(lang, told, fact, then))
}

fn known_by<'a>(known: JournalBasis<'a>, stream: &Stream) -> Option<&'a Notice> {
    match stream {
        Stream::Notice(id) => known.state.notices.get(id),
        Stream::Alarm(_) | Stream::Case(_) | Stream::Task(_) | Stream::Shift(_) | Stream::Room => None,
    }
}

fn shift(lang: Lang, fact: &ShiftFact) -> String {
    match fact {
        ShiftFact::Opened(_) => lang.pick("接班", "took the shift").to_owned(),
        ShiftFact::Noted { kind, words } => with(duty::note_kind(lang, *kind), words.as_str()),
        ShiftFact::Prepared => lang.pick("准备交班", "hand-over ready").to_owned(),
        ShiftFact::Read => lang
            .pick("接班人开始阅读", "began to read the hand-over")
            .to_owned(),
        ShiftFact::Overridden { blockers, reason } => {
            let word = format!(
                "{}{}",
                lang.pick("带班放行：", "let pass: "),
                duty::blockers(lang, blockers)
            );
            with(&word, reason.as_str())
        }
        ShiftFact::Signed { side, .. } => {
            format!("{}{}", duty::side(lang, *side), lang.pick("签字", " signed"))
        }
        ShiftFact::Closed => lang.pick("交接完成", "handed over").to_owned(),
    }
}

fn room(lang: Lang, fact: &RoomFact) -> Option<String> {
    match fact {
        RoomFact::Collecting { .. } | RoomFact::Snapshot { .. } | RoomFact::Readings(_) => None,
        RoomFact::ClockStepped { by } => Some(when::stepped(lang, Span::from_ms(*by))),
        RoomFact::Declared(what) => {
            let of = match &what.of {
                Subject::Point(id) => id.as_str(),
                Subject::Enterprise(id) => id.as_str(),
            };
            let word = format!("{}{of}", lang.pick("申报：", "declared: "));
            Some(with(&word, what.words.as_str()))
        }
        RoomFact::DeclarationEnded { id } => {
            Some(format!("{} {id}", lang.pick("申报结束", "declared state ended")))
        }
        RoomFact::Noted { words } => Some(words.to_string()),
        RoomFact::Asked { source } => Some(fill(
            lang.pick("立即询问数据源 {source}", "source {source} to be asked now"),
            &[("source", source)],
        )),
        RoomFact::Forecast(forecast) => {
            let index = |day: &ForecastDay| day.aqi.map_or_else(|| "—".to_owned(), |aqi| aqi.to_string());
            let days: Vec<String> = forecast.days.iter().map(index).collect();
            let word = fill(
                lang.pick("空气质量预报（{source}）", "air forecast of {source}"),
                &[("source", &forecast.source)],
            );
            Some(with(&word, &days.join(lang.pick("、", ", "))))
        }
        RoomFact::Drawn(draw) => Some(fill(
            lang.pick(
                "抽取巡查名单：{all} 站中抽 {n}，排除 {out}，种子 {seed}",
                "drew {n} of {all} stations, {out} left out, seed {seed}",
            ),
            &[
                ("all", &draw.among.len()),
                ("n", &draw.drawn.len()),
                ("out", &draw.excluded.len()),
                ("seed", &draw.seed),
            ],
        )),
        RoomFact::Reported { kind, correction, .. } => {
            let name = report::name(lang, kind.as_str());
            let word = lang.pick("发布报告", "issued a report");
            Some(match correction {
                0 => with(word, &name),
                nth => format!("{} · {}", with(word, &name), report::correction(lang, *nth)),
            })
        }
    }
}
