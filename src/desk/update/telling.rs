//! Notices: a role is told what waits for it, and a person of the role says that it was seen.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::desk::{Effect, Request};
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::Fact;
use crate::domain::fact::notice::NoticeFact;
use crate::domain::id::{ChannelId, NoticeId};
use crate::domain::ledger::Stream;
use crate::domain::notice::{Notice, Unsent};
use crate::domain::telling;
use crate::domain::telling::Grounds;
use crate::domain::text::Clean;
use crate::domain::time::Moment;

impl Desk {
    /// What is to be told by now.
    pub(super) fn pass_notices(&self, at: Moment, batch: &mut Batch) {
        let grounds = Grounds {
            state: &self.board.state,
            playbooks: &self.board.room.playbooks,
            policy: &self.board.room.notices,
            directory: &self.board.room.directory,
        };
        for (id, fact) in grounds.due(at) {
            batch.push(&self.board.state, Stream::Notice(id), Fact::Notice(fact));
        }
    }

    /// An attempt to send a notice ended.
    pub(super) fn carried(
        &self,
        id: &NoticeId,
        (channel, came): (ChannelId, Result<Clean, Unsent>),
        at: Moment,
    ) -> Vec<Effect> {
        let fact = match came {
            Ok(receipt) => NoticeFact::Sent { channel, receipt },
            Err(Unsent { why, until }) => NoticeFact::Unsent { channel, why, until },
        };
        let mut batch = Batch::of_desk(at);
        if self.board.state.notices.contains_key(id) {
            let stream = Stream::Notice(id.clone());
            batch.push(&self.board.state, stream, Fact::Notice(fact));
        }
        batch.into_effects(None)
    }

    /// A person has seen notices. Among several, those that somebody else saw first, or that are over, are passed over.
    pub(super) fn see(&self, request: &Request, ids: &[NoticeId], batch: &mut Batch) -> Result<(), Refusal> {
        let mut refused = None;
        let mut some = false;
        for id in ids {
            match self
                .notice(id)
                .and_then(|notice| telling::seen(notice, &request.by))
            {
                Ok(fact) => {
                    some = true;
                    let stream = Stream::Notice(id.clone());
                    batch.push(&self.board.state, stream, Fact::Notice(fact));
                }
                Err(why) => refused = Some(why),
            }
        }
        match refused {
            Some(why) if !some => Err(why),
            Some(_) | None => Ok(()),
        }
    }

    fn notice(&self, id: &NoticeId) -> Result<&Notice, Refusal> {
        let gone = || Refusal::Gone(Stream::Notice(id.clone()));
        self.board.state.notices.get(id).ok_or_else(gone)
    }
}
