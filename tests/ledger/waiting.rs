//! Which notices wait to be seen is kept in step with every fact: it equals a naive recount, whatever happened.

use crate::drafts;
use lookout::domain::fact::Fact;
use lookout::domain::fact::alarm::AlarmFact;
use lookout::domain::fact::case::{CaseFact, Matter};
use lookout::domain::fact::notice::{About, Deputy, NoticeFact, Telling};
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{
    AlarmId, CaseId, ChannelId, MoveId, NoticeId, OperatorId, StageId, TaskId, UnitId,
};
use lookout::domain::ledger::{Entry, Stream};
use lookout::domain::notice::Notice;
use lookout::domain::person::{Actor, ROLES, Role};
use lookout::domain::state::State;
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use proptest::prelude::*;

/// What may happen to one of few things.
#[derive(Clone, Copy, Debug)]
enum What {
    Open,
    Enter(u8),
    Close,
    Revert,
    Late,
    Raise,
    Acknowledge,
    Return,
    Order,
    Fail,
    Deliver,
    SendAgain,
    Withdraw,
    /// About the thing as it stands now: late, entered, unseen, undelivered.
    Tell(u8, Role, bool),
    /// To the notice of that place among all.
    Sent(u8),
    Unsent(u8),
    Readdress(u8, bool),
    Seen(u8),
}

fn what() -> impl Strategy<Value = What> {
    let role = prop_oneof![Just(Role::Operator), Just(Role::Leader), Just(Role::Section)];
    let thing = prop_oneof![
        2 => Just(What::Open),
        2 => (0..3_u8).prop_map(What::Enter),
        1 => Just(What::Close),
        1 => Just(What::Revert),
        2 => Just(What::Late),
        2 => Just(What::Raise),
        1 => Just(What::Acknowledge),
        1 => Just(What::Return),
        2 => Just(What::Order),
        1 => Just(What::Fail),
        1 => Just(What::Deliver),
        1 => Just(What::SendAgain),
        1 => Just(What::Withdraw),
    ];
    let notice = prop_oneof![
        6 => (0..4_u8, role, any::<bool>()).prop_map(|(about, role, to)| What::Tell(about, role, to)),
        1 => (0..9_u8).prop_map(What::Sent),
        2 => (0..9_u8).prop_map(What::Unsent),
        1 => (0..9_u8, any::<bool>()).prop_map(|(n, seated)| What::Readdress(n, seated)),
        2 => (0..9_u8).prop_map(What::Seen),
    ];
    prop_oneof![3 => thing, 2 => notice]
}

/// A thing of each kind, by its number.
struct Things(CaseId, AlarmId, TaskId);

impl Things {
    fn of(n: u8) -> Self {
        let case = CaseId::new(&format!("F{n}"));
        let alarm = AlarmId::new(&format!("firms/{n}"));
        Self(case, alarm, TaskId::new(&format!("F{n}.1")))
    }

    /// The fact, where it can happen now.
    fn fact(&self, what: What, state: &State, at: Moment) -> Option<(Stream, Fact)> {
        let stage = state.cases.get(&self.0).map(|case| case.state.stage.clone());
        let stage = stage.unwrap_or_default();
        Some(match what {
            What::Open => self.case(CaseFact::Opened(Box::new(Matter {
                stage: StageId::new("0"),
                detected: at,
                ..Matter::default()
            }))),
            What::Enter(to) => self.case(moved(&stage, &to.to_string(), false)),
            What::Close => self.case(moved(&stage, "closed", true)),
            What::Revert => {
                let (from, to) = (stage, StageId::new("0"));
                self.case(CaseFact::Reverted { from, to })
            }
            What::Late => self.case(CaseFact::Late { stage, due: at }),
            What::Raise => (Stream::Alarm(self.1.clone()), drafts::raised("火情")),
            What::Acknowledge => (Stream::Alarm(self.1.clone()), drafts::acknowledged("")),
            What::Return => (Stream::Alarm(self.1.clone()), Fact::Alarm(AlarmFact::Returned)),
            What::Order => self.task(TaskFact::Ordered(Box::default())),
            What::Fail => self.task(TaskFact::Refused {
                why: Clean::new("404"),
            }),
            What::Deliver => self.task(TaskFact::Delivered {
                receipt: Clean::default(),
            }),
            What::SendAgain => self.task(TaskFact::Routed {
                way: ChannelId::default(),
            }),
            What::Withdraw => self.task(TaskFact::Withdrawn),
            What::Tell(about, role, to) => return self.told(state, about, (role, to)),
            What::Sent(n) => return of_notice(state, n, sent()),
            What::Unsent(n) => return of_notice(state, n, unsent()),
            What::Readdress(n, seated) => return of_notice(state, n, readdressed(seated)),
            What::Seen(n) => return of_notice(state, n, NoticeFact::Seen),
        })
    }

    fn case(&self, fact: CaseFact) -> (Stream, Fact) {
        (Stream::Case(self.0.clone()), Fact::Case(fact))
    }

    fn task(&self, fact: TaskFact) -> (Stream, Fact) {
        (Stream::Task(self.2.clone()), Fact::Task(fact))
    }

    /// The thing as it stands, told to a role of which nobody sits there.
    fn told(&self, state: &State, about: u8, (role, to): (Role, bool)) -> Option<(Stream, Fact)> {
        let case = state.cases.get(&self.0);
        let about = match about {
            0 => About::Late {
                case: self.0.clone(),
                stage: case?.state.late.clone()?,
                entered: case?.state.entered,
                due: case?.state.told?,
                rung: None,
            },
            1 => About::Entered {
                case: self.0.clone(),
                stage: case?.state.stage.clone(),
                at: case?.state.entered,
            },
            2 => About::Unseen {
                alarm: self.1.clone(),
                raised: state.alarms.get(&self.1)?.raised,
            },
            _ => About::Undelivered {
                task: self.2.clone(),
                sent: state.tasks.get(&self.2).map(|task| task.sent),
            },
        };
        let id = NoticeId::new(&format!("{}/{}/{}", Stream::of(&about), state.seq, role.key()));
        let telling = Telling {
            about,
            role,
            title: Clean::default(),
            drill: false,
            to: to.then(|| Deputy {
                unit: UnitId::default(),
                contact: Clean::default(),
                phone: Clean::default(),
                channel: Some(ChannelId::default()),
            }),
            unseated: true,
        };
        let told = NoticeFact::Told(Box::new(telling));
        Some((Stream::Notice(id), Fact::Notice(told)))
    }
}

fn moved(from: &StageId, to: &str, closes: bool) -> CaseFact {
    CaseFact::Moved {
        step: MoveId::default(),
        from: from.clone(),
        to: StageId::new(to),
        closes,
        verdict: None,
        given: Box::default(),
        again: None,
        extends: None,
        means: None,
    }
}

fn sent() -> NoticeFact {
    NoticeFact::Sent {
        channel: ChannelId::default(),
        receipt: Clean::default(),
    }
}

fn unsent() -> NoticeFact {
    NoticeFact::Unsent {
        channel: ChannelId::default(),
        why: Clean::default(),
        until: None,
    }
}

fn readdressed(seated: bool) -> NoticeFact {
    NoticeFact::Readdressed {
        to: None,
        unseated: !seated,
    }
}

fn of_notice(state: &State, n: u8, fact: NoticeFact) -> Option<(Stream, Fact)> {
    let id = state.notices.keys().nth(usize::from(n))?;
    Some((Stream::Notice(id.clone()), Fact::Notice(fact)))
}

/// All notices looked through anew.
fn recount(state: &State, role: Role) -> Vec<&Notice> {
    let waits = |notice: &&Notice| {
        notice.seen.is_none() && notice.is_for(role) && state.stands(&notice.telling.about)
    };
    let mut own: Vec<&Notice> = state.notices.values().filter(waits).collect();
    own.sort_by_key(|notice| (notice.told, notice.id.clone()));
    own
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_waits_to_be_seen_is_what_a_recount_finds(all in proptest::collection::vec((0..2_u8, what()), 1..80)) {
        let mut state = State::staying(Some(Span::hours(12)));
        for (n, what) in all {
            let at = Moment::from_ms(0) + Span::hours(i64::try_from(state.seq).unwrap_or(0));
            let Some((stream, fact)) = Things::of(n).fact(what, &state, at) else {
                continue;
            };
            let person = OperatorId::new("li");
            state.apply(&Entry {
                seq: state.seq + 1,
                nth: state.version(&stream) + 1,
                stream,
                at,
                by: Actor::Person(person),
                seat: None,
                fact,
                hash: [0; 32],
            });
            for (role, _) in ROLES {
                let found: Vec<&Notice> = state.waiting(*role).collect();
                prop_assert_eq!(&found, &recount(&state, *role), "{:?} after {:?}", role, what);
                prop_assert_eq!(state.waiting_count(*role), found.len());
            }
        }
    }
}
