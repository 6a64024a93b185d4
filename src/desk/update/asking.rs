//! A source that a person wants asked at once: a fact, so that whoever collects hears of it and it stays known who did it.

use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::decide::refusal::Refusal;
use crate::domain::fact::Fact;
use crate::domain::fact::room::RoomFact;
use crate::domain::id::SourceId;
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};

/// How long a source is left alone after a poll, whoever wants it asked: an upstream is nobody's door bell.
const LEFT_ALONE: Span = Span::secs(5);

impl Desk {
    pub(super) fn ask(&self, source: &SourceId, at: Moment, batch: &mut Batch) -> Result<(), Refusal> {
        let unknown = || Refusal::Unknown(Clean::from(source.clone()));
        let feed = self.board.feeds.get(source).ok_or_else(unknown)?;
        if !self.board.collects && self.board.collector.is_empty() {
            return Err(Refusal::NobodyCollects);
        }
        let lately = |polled: &Moment| (*polled..*polled + LEFT_ALONE).contains(&at);
        if let Some(polled) = feed.last_poll.filter(lately) {
            return Err(Refusal::AskedLately(polled));
        }
        let wanted = RoomFact::Asked {
            source: source.clone(),
        };
        batch.push(&self.board.state, Stream::Room, Fact::Room(wanted));
        Ok(())
    }
}
