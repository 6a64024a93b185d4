//! Telling (告知): who is to be told of what now, and who may say that it was seen. Pure; called by the desk.

use crate::domain::alarm::Alarm;
use crate::domain::case::clock::StageClock;
use crate::domain::case::{Case, drill};
use crate::domain::decide::refusal::Refusal;
use crate::domain::directory::Directory;
use crate::domain::fact::notice::{About, Deputy, NoticeFact, Telling};
use crate::domain::id::{CaseId, NoticeId};
use crate::domain::ledger::Stream;
use crate::domain::notice::{Notice, Policy};
use crate::domain::person::{Actor, Operator, Role};
use crate::domain::playbook::Playbook;
use crate::domain::signal::Severity;
use crate::domain::state::State;
use crate::domain::task::Task;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

/// What is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    /// What is in hand.
    pub state: &'a State,
    /// The loops.
    pub playbooks: &'a [Playbook],
    /// How the room tells its people.
    pub policy: &'a Policy,
    /// Its units.
    pub directory: &'a Directory,
}

/// What is to be written down of notices.
type Due = Vec<(NoticeId, NoticeFact)>;

/// What tells the notice of an order from others about it.
const UNDELIVERED: &str = "undelivered";

/// A person says that it was seen.
///
/// # Errors
/// It is for another role, or somebody has seen it already.
pub fn seen(notice: &Notice, by: &Operator) -> Result<NoticeFact, Refusal> {
    if !notice.is_for(by.role) {
        return Err(Refusal::Role(by.role));
    }
    match &notice.seen {
        Some((who, at)) => Err(Refusal::Changed {
            stream: Stream::Notice(notice.id.clone()),
            by: Some(Actor::Person(who.clone())),
            at: Some(*at),
        }),
        None => Ok(NoticeFact::Seen),
    }
}

impl Grounds<'_> {
    /// What is to be told by `now` and has not been, each to one role; and whom that was told reaches now, where the
    /// configuration changed it.
    pub fn due(&self, now: Moment) -> Due {
        let mut found = Vec::new();
        self.entered(&mut found);
        self.late(now, &mut found);
        self.unseen(now, &mut found);
        self.undelivered(now, &mut found);
        found
    }

    /// Stages that are told of as soon as a case enters them.
    fn entered(&self, found: &mut Due) {
        let tells = |own: &&Playbook| own.stages.iter().any(|stage| !stage.tells.is_empty());
        for playbook in self.playbooks.iter().filter(tells) {
            for case in self.state.open_of(&playbook.id) {
                for (stage, at) in case.walk().entered() {
                    let about = || About::Entered {
                        case: case.id.clone(),
                        stage: stage.clone(),
                        at,
                    };
                    let mark = format!("{stage}.{}", at.ms());
                    for role in playbook.stage(stage).into_iter().flat_map(|own| &own.tells) {
                        self.tell((&mark, about()), (*role, &case.matter.title), found);
                    }
                }
            }
        }
    }

    /// Rungs that late cases have reached.
    fn late(&self, now: Moment, found: &mut Due) {
        for case in self.state.open_cases().filter(|case| case.state.late.is_some()) {
            let Some(clock) = self.clock(case) else { continue };
            let told = clock.rung_told(case);
            let reached = clock
                .escalated(now)
                .map(|rung| (rung.role, rung.since - clock.stepped));
            for (role, since) in reached.filter(|rung| Some(rung.1) > told) {
                let about = About::Late {
                    case: case.id.clone(),
                    stage: clock.stage.clone(),
                    entered: case.state.entered,
                    due: clock.named(),
                    rung: told,
                };
                let mark = format!("{}.{}.{}", clock.stage, case.state.entered.ms(), since.ms());
                self.tell((&mark, about), (role, &case.matter.title), found);
            }
        }
    }

    /// Red alarms that nobody acknowledges. For one in an open case its clock speaks.
    fn unseen(&self, now: Moment, found: &mut Due) {
        let red = self.state.unseen_from(Severity::Red);
        let old = red.filter_map(|rank| self.state.alarms.get(&rank.3));
        let old = old.filter(|alarm| now.age_of(alarm.since()) >= self.policy.red_after);
        for alarm in old.filter(|alarm| !self.is_spoken_for(alarm)) {
            let about = About::Unseen {
                alarm: alarm.id.clone(),
                raised: alarm.raised,
            };
            let mark = alarm.raised.ms().to_string();
            self.tell((&mark, about), (self.policy.red_to, &alarm.cause.title), found);
        }
    }

    fn is_spoken_for(&self, alarm: &Alarm) -> bool {
        let case = alarm.case.as_ref().and_then(|case| self.state.cases.get(case));
        let clock = case.and_then(|case| self.clock(case));
        clock.is_some_and(|clock| !clock.escalate.is_empty())
    }

    /// Orders that do not arrive, or have not when the unit should have answered: the operators' at once, the leader's
    /// where that has not helped.
    fn undelivered(&self, now: Moment, found: &mut Due) {
        let state = self.state;
        let overdue = |task: &&Task| task.limit().is_some_and(|limit| limit <= now);
        let leaving = state.outbox.iter().filter_map(|id| state.tasks.get(id));
        let leaving = leaving.filter(overdue).filter(|task| !task.needs_person());
        let failed = state
            .failed()
            .filter(|task| task.failing().is_some() || overdue(task));
        for task in failed.chain(leaving) {
            let about = About::Undelivered {
                task: task.id.clone(),
                sent: Some(task.sent),
            };
            let mark = format!("{UNDELIVERED}.{}", task.sent.ms());
            let unit = &task.order.unit_name;
            let Some(first) = self.who(Role::Operator, &about) else {
                continue;
            };
            let told = self
                .told(&about, &mark, first)
                .map(|notice| notice.told + notice.stepped);
            self.tell((&mark, about.clone()), (Role::Operator, unit), found);
            if told.is_some_and(|told| now.age_of(told) >= self.policy.undelivered_after) {
                self.tell((&mark, about), (Role::Leader, unit), found);
            }
        }
    }

    fn clock(&self, case: &Case) -> Option<StageClock> {
        let own = self.playbooks.iter().find(|own| own.id == case.matter.playbook);
        StageClock::of(case, own?)
    }

    /// Adds it, unless it was told already or is no longer so. What a loop keeps to some roles is told to those alone; where
    /// nobody sits in one of them, it is the leader's and not the operator's to pass on, who may not know of it.
    fn tell(&self, (mark, about): (&str, About), (role, title): (Role, &Clean), found: &mut Due) {
        let Some(role) = self.who(role, &about).filter(|_| self.state.stands(&about)) else {
            return;
        };
        let unseated = !self.policy.seated.contains(&role);
        let passed_on = self.is_seen_by(Role::Operator, &about);
        if unseated && !passed_on && role != Role::Leader && self.is_seen_by(Role::Leader, &about) {
            self.tell((mark, about.clone()), (Role::Leader, title), found);
        }
        let (to, unseated) = (self.deputy(role), unseated && passed_on);
        if let Some(notice) = self.told(&about, mark, role) {
            found.extend(readdressed(notice, to, unseated));
            return;
        }
        let id = name(&about, mark, role);
        let is_new = self.state.version(&Stream::Notice(id.clone())) == 0;
        if is_new && found.iter().all(|own| own.0 != id) {
            let drill = self.is_drill(&about);
            let telling = Telling {
                about,
                role,
                title: title.clone(),
                drill,
                to,
                unseated,
            };
            found.push((id, NoticeFact::Told(Box::new(telling))));
        }
    }

    /// The notice that told it; of an order also one of before notices named the sending, where it was told since that.
    fn told(&self, about: &About, mark: &str, role: Role) -> Option<&Notice> {
        let by = |mark| self.state.notices.get(&name(about, mark, role));
        let of_old = || {
            let About::Undelivered { sent, .. } = about else {
                return None;
            };
            by(UNDELIVERED).filter(|notice| Some(notice.told) >= *sent)
        };
        by(mark).or_else(of_old)
    }

    /// The role that is told where `role` is to be: itself, or the leader where it may not know of the matter.
    fn who(&self, role: Role, about: &About) -> Option<Role> {
        let mut both = [role, Role::Leader].into_iter();
        both.find(|role| self.is_seen_by(*role, about))
    }

    /// Whether `role` may know of it: every loop that the matter belongs to may be seen by it.
    fn is_seen_by(&self, role: Role, about: &About) -> bool {
        let loop_of = |case: &CaseId| self.state.cases.get(case).map(|case| &case.matter.playbook);
        let own = match about {
            About::Late { case, .. } | About::Entered { case, .. } => loop_of(case),
            About::Undelivered { task, .. } => {
                let task = self.state.tasks.get(task);
                task.and_then(|task| loop_of(&task.order.case))
            }
            About::Unseen { alarm, .. } => {
                let alarm = self.state.alarms.get(alarm);
                let kept = |own: &&Playbook| !own.is_seen_by(role);
                let mut kept = self.playbooks.iter().filter(kept);
                return alarm.is_some_and(|alarm| !kept.any(|own| own.takes(alarm.cause.code.as_str())));
            }
        };
        let own = self.playbooks.iter().find(|playbook| own == Some(&playbook.id));
        own.is_some_and(|own| own.is_seen_by(role))
    }

    /// Whether it is about a drill.
    fn is_drill(&self, about: &About) -> bool {
        match about {
            About::Late { case, .. } | About::Entered { case, .. } => {
                let case = self.state.cases.get(case);
                case.is_some_and(|case| self.state.is_drill(case))
            }
            About::Undelivered { task, .. } => {
                let task = self.state.tasks.get(task);
                task.is_some_and(|task| task.order.drill)
            }
            About::Unseen { alarm, .. } => {
                let alarm = self.state.alarms.get(alarm);
                alarm.is_some_and(|alarm| drill::is_marked(alarm.cause.title.as_str()))
            }
        }
    }

    /// The unit that stands for the role, where one does.
    fn deputy(&self, role: Role) -> Option<Deputy> {
        let own = self.policy.to.iter().find(|own| own.0 == role)?;
        let unit = self.directory.unit(&own.1)?;
        Some(Deputy {
            unit: unit.id.clone(),
            contact: unit.contact.clone(),
            phone: unit.phone.clone(),
            channel: unit.channels.first().cloned(),
        })
    }
}

/// The fact that a notice which nobody has seen reaches somebody else now.
fn readdressed(notice: &Notice, to: Option<Deputy>, unseated: bool) -> Option<(NoticeId, NoticeFact)> {
    let before = &notice.telling;
    let is_same = before.to == to && before.unseated == unseated;
    let to = to.map(Box::new);
    let fact = NoticeFact::Readdressed { to, unseated };
    (notice.seen.is_none() && !is_same).then(|| (notice.id.clone(), fact))
}

/// Its name: the thing's own, what tells this occurrence from another, and the role.
fn name(about: &About, mark: &str, role: Role) -> NoticeId {
    NoticeId::new(&format!("{}/{mark}/{}", Stream::of(about), role.key()))
}
