//! Shelve alarms (搁置): out of the lists for a while, with a reason, as long as the room allows at most.

use crate::desk::Command;
use crate::domain::decide;
use crate::domain::id::{AlarmId, CaseId};
use crate::domain::ledger::Stream;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::alarms::{Judge, able, ends, key, left_out, named};
use crate::tui::act::object::alarms_of;
use crate::tui::act::{Act, ActCtx, After, Dialog, LeftOut, Place, Purpose};
use crate::tui::action::Action;
use crate::tui::form::field::{choices, text};
use crate::tui::form::{Flaw, Form, FormCtx, Slot};

/// The ends that are offered, where the room allows them.
const ENDS: &[Span] = &[
    Span::mins(30),
    Span::hours(1),
    Span::hours(2),
    Span::hours(4),
    Span::hours(8),
];

const JUDGE: Judge = |alarm, _| decide::alarm::may_hold(alarm);

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: Some((Action::Shelve, ask)),
    offered: |ctx| {
        let there = !alarms_of(ctx.board, ctx.rows).is_empty();
        let offer = || ctx.offer_of(Tui::Shelve, Action::Shelve, ask(ctx));
        there.then(offer).into_iter().collect()
    },
};

fn ask(ctx: &ActCtx<'_>) -> Result<Purpose, String> {
    able(ctx, JUDGE, Tui::Shelve).map(|ids| Purpose::new(Shelve(ids)))
}

/// Shelve these alarms.
#[derive(Debug)]
pub struct Shelve(pub Vec<AlarmId>);

impl Dialog for Shelve {
    fn key(&self) -> String {
        key("shelve", &self.0)
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        named(form, ctx, &self.0, Tui::Shelve)?;
        let most = ctx.board.room.longest_shelf;
        let within = ENDS.iter().copied().filter(|span| *span < most);
        let all = ends(ctx, within.chain(std::iter::once(most)));
        form.fields = vec![
            text(Slot::Comment, Tui::Reason.text(ctx.lang), "", true),
            choices(Slot::Until, Tui::Until.text(ctx.lang), all, ""),
        ];
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let end = Tui::Until.text(ctx.lang);
        let none = || {
            Flaw::of(
                Slot::Until,
                &fill(Tui::StillEmpty.text(ctx.lang), &[("what", &end)]),
            )
        };
        Ok(Command::Shelve {
            alarms: self.0.clone(),
            reason: Clean::from(form.text(&Slot::Comment)),
            until: form.moment(&Slot::Until).ok_or_else(none)?,
        })
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        Some(left_out(ctx, &self.0, JUDGE))
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}
