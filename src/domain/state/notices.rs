//! What the state keeps of notices: those about what is in hand, and which of them wait to be seen. They leave with
//! what they are about.

use crate::domain::fact::notice::{About, NoticeFact};
use crate::domain::id::NoticeId;
use crate::domain::ledger::{Entry, Stream};
use crate::domain::notice::Notice;
use crate::domain::person::Role;
use crate::domain::state::{State, WayBlock};
use imbl::OrdSet;

impl Stream {
    /// What a notice is about.
    pub fn of(about: &About) -> Self {
        match about {
            About::Late { case, .. } | About::Entered { case, .. } => Self::Case(case.clone()),
            About::Unseen { alarm, .. } => Self::Alarm(alarm.clone()),
            About::Undelivered { task, .. } => Self::Task(task.clone()),
        }
    }

    /// The same by a notice's name: that of the thing, which time of it, and the role.
    pub fn told_in(id: &NoticeId) -> Option<Self> {
        id.as_str().rsplitn(3, '/').nth(2).and_then(Self::parse)
    }
}

impl State {
    /// Whether what a notice tells of is still so: a matter that has moved on ends it.
    pub fn stands(&self, about: &About) -> bool {
        match about {
            About::Late {
                case,
                stage,
                entered,
                due,
                rung,
            } => self.cases.get(case).is_some_and(|case| {
                let told = case.state.told == Some(rung.unwrap_or(*due));
                let late = case.state.late.as_ref() == Some(stage);
                case.is_open() && late && told && case.state.entered == *entered
            }),
            About::Entered { case, at, .. } => {
                let case = self.cases.get(case);
                case.is_some_and(|case| case.is_open() && case.state.entered >= *at)
            }
            About::Unseen { alarm, raised } => {
                let alarm = self.alarms.get(alarm);
                alarm.is_some_and(|alarm| alarm.state().needs_person() && alarm.raised == *raised)
            }
            About::Undelivered { task, sent } => {
                let task = self.tasks.get(task).filter(|task| task.is_undelivered());
                task.is_some_and(|task| sent.is_none_or(|sent| sent == task.sent))
            }
        }
    }

    /// The notices that wait to be seen by people of `role`, the first told first.
    pub fn waiting(&self, role: Role) -> impl Iterator<Item = &Notice> {
        let own = self.tally.waiting.get(&role).into_iter().flatten();
        own.filter_map(|(_, id)| self.notices.get(id))
    }

    /// How many they are.
    pub fn waiting_count(&self, role: Role) -> usize {
        self.tally.waiting.get(&role).map_or(0, OrdSet::len)
    }

    /// The notices about a thing, in the order of their names, which begin with its own.
    pub fn notices_of<'a>(&'a self, of: &Stream) -> impl Iterator<Item = &'a Notice> + use<'a> {
        let (of, from) = (of.clone(), format!("{of}/"));
        let own = self.notices.range(NoticeId::new(&from)..);
        let own = own.take_while(move |(id, _)| id.as_str().starts_with(&from));
        let own = own.map(|(_, notice)| notice);
        own.filter(move |notice| Stream::of(&notice.telling.about) == of)
    }

    pub(super) fn apply_notice(&mut self, id: &NoticeId, fact: &NoticeFact, entry: &Entry) {
        if let NoticeFact::Unsent {
            channel,
            why,
            until: Some(until),
        } = fact
        {
            let block = WayBlock {
                since: entry.at,
                until: *until,
                words: why.clone(),
            };
            self.blocked_by(channel, block);
        }
        if let Some(notice) = self.notices.get_mut(id) {
            notice.apply(fact, &entry.by, entry.at, entry.nth);
        } else if let NoticeFact::Told(telling) = fact {
            let notice = Notice::told(id.clone(), (**telling).clone(), entry.at, entry.nth);
            self.notices.insert(id.clone(), notice);
        } else {
            self.put_by(&entry.stream, entry.nth);
        }
    }

    /// Keeps in step who waits for what is told of a thing that has changed.
    pub(super) fn tally_notices(&mut self, of: &Stream) {
        if self.notices.is_empty() || self.tally.later {
            return;
        }
        let own: Vec<Notice> = match of {
            Stream::Notice(id) => self.notices.get(id).cloned().into_iter().collect(),
            Stream::Alarm(_) | Stream::Case(_) | Stream::Task(_) => self.notices_of(of).cloned().collect(),
            Stream::Shift(_) | Stream::Room => Vec::new(),
        };
        for notice in own {
            let waits = notice.seen.is_none() && self.stands(&notice.telling.about);
            self.tally_notice(&notice, waits);
        }
    }

    /// Lets go of the notices about a thing that is let go itself. They stay in the ledger.
    pub(super) fn let_notices_go(&mut self, of: &Stream) {
        if self.notices.is_empty() {
            return;
        }
        let gone: Vec<Notice> = self.notices_of(of).cloned().collect();
        for notice in gone {
            self.notices.remove(&notice.id);
            self.tally_notice(&notice, false);
            self.put_by(&Stream::Notice(notice.id), notice.version);
        }
    }
}
