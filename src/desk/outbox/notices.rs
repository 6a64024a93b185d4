//! Notices on their way to who stands for a role, by the channels of a unit: each is tried once a telling, the next channel
//! where one fails. A notice is repeated by its own clock, so an attempt that nobody wrote down may be made again.

use crate::channels::{Channel, Letter, Receipt, Reminder};
use crate::desk::Event;
use crate::desk::board::Board;
use crate::desk::outbox::Outbox;
use crate::domain::id::{ChannelId, NoticeId};
use crate::domain::notice::{Notice, Unsent};
use crate::domain::text::Clean;
use crate::domain::time::Moment;
use crate::net::Ask;
use std::sync::Arc;

impl Outbox {
    /// An attempt to send a notice ended.
    pub(in crate::desk) fn carried(&mut self, notice: &NoticeId) {
        self.told.remove(notice);
    }

    /// Starts every attempt to send a notice that is due; says when to look again.
    pub(in crate::desk) fn tell(&mut self, board: &Board, now: Moment) -> Option<Moment> {
        let (state, room) = (&board.state, &board.room);
        let mut again = Vec::new();
        for (role, unit) in &room.notices.to {
            let Some(unit) = room.directory.unit(unit) else {
                continue;
            };
            for notice in state.waiting(*role).filter(|notice| notice.telling.role == *role) {
                again.extend(notice.next(&room.notices, now));
                let due = notice.way_due(&unit.channels, &room.notices, now);
                let due = due.filter(|_| !self.told.contains(&notice.id));
                let at = due.and_then(|way| self.tell_by(way, (board, notice), now));
                again.extend(at);
            }
        }
        again.into_iter().min()
    }

    /// Sends it by one channel; gives the moment that its pace allows that, where that is not yet.
    fn tell_by(
        &mut self,
        way: &ChannelId,
        (board, notice): (&Board, &Notice),
        now: Moment,
    ) -> Option<Moment> {
        let Some(channel) = self.way(way) else {
            self.could_not(notice, way, unsent(&format!("no channel: {way}")), now);
            return None;
        };
        if let Some(block) = board.state.block(way, now) {
            let (why, until) = (block.words.clone(), Some(block.until));
            self.could_not(notice, way, Unsent { why, until }, now);
            return None;
        }
        let when = self.pace(way, now);
        if when > now {
            return Some(when);
        }
        let reminder = Reminder::of(notice, board.state.genesis, &board.room.notices, now);
        match channel.reminder(&reminder, (&board.state, &board.room.playbooks), now) {
            Letter::Send(ask) => {
                self.sent.entry(way.clone()).or_default().push_back(now);
                self.carry(&notice.id, way, (channel, *ask));
            }
            Letter::Call => self.could_not(notice, way, unsent(TELEPHONE), now),
        }
        None
    }

    fn carry(&mut self, notice: &NoticeId, way: &ChannelId, (channel, ask): (Arc<dyn Channel>, Ask)) {
        self.told.insert(notice.clone());
        let (client, clock, events) = (self.client.clone(), self.clock.clone(), self.events.clone());
        let (notice, way) = (notice.clone(), way.clone());
        self.runtime.spawn(async move {
            let came = match client.send(&ask).await {
                Ok(reply) => taken(channel.receipt(&reply), clock.now()),
                Err(trouble) => Err(unsent(&trouble.code())),
            };
            tracing::info!(%notice, %way, ?came, "notice sent");
            let carried = Event::Carried {
                notice,
                channel: way,
                came,
                at: clock.now(),
            };
            if events.send(carried).is_err() {
                tracing::warn!("the desk is gone; what came of the notice is not recorded");
            }
        });
    }

    /// What is known without an attempt.
    fn could_not(&mut self, notice: &Notice, way: &ChannelId, why: Unsent, at: Moment) {
        self.told.insert(notice.id.clone());
        let carried = Event::Carried {
            notice: notice.id.clone(),
            channel: way.clone(),
            came: Err(why),
            at,
        };
        if self.events.send(carried).is_err() {
            tracing::warn!("the desk is gone");
        }
    }
}

/// Why a telephone sends nothing.
const TELEPHONE: &str = "to be telephoned";

fn unsent(why: &str) -> Unsent {
    Unsent {
        why: Clean::new(why),
        until: None,
    }
}

fn taken(receipt: Receipt, at: Moment) -> Result<Clean, Unsent> {
    let (why, until) = match receipt {
        Receipt::Delivered(words) => return Ok(words),
        Receipt::Blocked(why, span) => (why, Some(at + span)),
        Receipt::Retry(why, _) | Receipt::Doubtful(why) | Receipt::Unknown(why) | Receipt::Refused(why) => {
            (why, None)
        }
    };
    Err(Unsent { why, until })
}
