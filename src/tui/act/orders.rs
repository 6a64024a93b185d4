//! Orders for many at once: how many go to whom by which way, and one comment; each by the step of its own loop.

use crate::desk::Command;
use crate::domain::decide::opening::Opening;
use crate::domain::fact::case::MoveInput;
use crate::domain::fact::task::Order;
use crate::domain::id::CaseId;
use crate::domain::ledger::Stream;
use crate::domain::playbook::Need;
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::act::object::{Object, objects};
use crate::tui::act::sending::{Sending, sending};
use crate::tui::act::{ActCtx, After, Dialog, LeftOut, key};
use crate::tui::form::field::text;
use crate::tui::form::{Flaw, Form, FormCtx, Slot, order, said};

/// Send one order for each of these.
#[derive(Debug)]
pub struct Orders(pub Vec<Sending>);

/// Those of the objects that get an order, and what is left out.
pub(super) fn sendings(ctx: &ActCtx<'_>, objects: &[Object]) -> (Vec<Sending>, LeftOut) {
    let (mut sent, mut out) = (Vec::new(), LeftOut::new());
    for object in objects {
        match sending(ctx, object) {
            Ok(sending) => sent.push(sending),
            Err(why) => out.push((object.text().to_owned(), why)),
        }
    }
    (sent, out)
}

impl Dialog for Orders {
    fn key(&self) -> String {
        key("orders", self.0.iter().map(Sending::text))
    }

    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let all = &self.0;
        let orders: Vec<Order> = all.iter().filter_map(|sending| sending.order(ctx)).collect();
        (!orders.is_empty()).then_some(())?;
        let verb = Tui::Dispatch.text(ctx.lang);
        form.title = fill(Tui::DoMany.text(ctx.lang), &[("verb", &verb), ("n", &all.len())]);
        form.verb.clone_from(&form.title);
        form.about = said::orders(ctx, verb, &orders.iter().collect::<Vec<_>>());
        form.seen = all.iter().filter_map(|one| one.stream(ctx.board)).collect();
        let steps = all.iter().filter_map(|sending| sending.step(ctx.board));
        let needed = steps
            .flat_map(|step| &step.needs)
            .any(|need| *need == Need::Comment);
        let label = Tui::Comment.text(ctx.lang);
        form.fields.push(text(Slot::Comment, label, "", needed));
        for case in all.iter().filter_map(|one| one.case(ctx.board)) {
            order::on_site(form, ctx, case);
        }
        Some(())
    }

    fn command(&self, form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let comment = Clean::from(form.text(&Slot::Comment));
        let one = |sending: &Sending| {
            let unknown = || fill(Tui::UnitUnknown.text(ctx.lang), &[("which", &sending.text())]);
            let order = sending.order(ctx).ok_or_else(unknown)?;
            Ok(send(ctx, sending, order, &comment))
        };
        let all = self.0.iter().map(one).collect::<Result<_, String>>();
        all.map(Command::All).map_err(Flaw::from)
    }

    fn left_out(&self, ctx: &ActCtx<'_>) -> Option<LeftOut> {
        let out = |object: &Object| {
            let why = match sending(ctx, object) {
                Ok(own) => (!self.0.contains(&own)).then(|| Tui::OtherLoop.text(ctx.lang).to_owned()),
                Err(why) => Some(why),
            };
            Some((object.text().to_owned(), why?))
        };
        Some(objects(ctx.board, ctx.rows).iter().filter_map(out).collect())
    }

    /// Each was asked for by itself.
    fn may(&self, _ctx: &ActCtx<'_>) -> bool {
        true
    }

    fn after(&self, touched: Vec<Stream>, _opened: Option<&CaseId>) -> After {
        After::undoable(touched)
    }
}

fn send(ctx: &FormCtx<'_>, sending: &Sending, order: Order, comment: &Clean) -> Command {
    match sending {
        Sending::Step(case, id) => {
            let to_unit = sending.step(ctx.board).is_some_and(|step| !step.to_enterprise);
            Command::Move {
                case: case.clone(),
                step: id.clone(),
                given: MoveInput {
                    unit: to_unit.then(|| order.unit.clone()),
                    comment: comment.clone(),
                    ..MoveInput::default()
                },
                order: Some(order),
            }
        }
        Sending::Further(_) => Command::Dispatch(Box::new(order::because(ctx.board, order, comment))),
        Sending::Open(alarm, playbook) => Command::Open {
            playbook: playbook.clone(),
            opening: Box::new(Opening {
                alarm: Some(alarm.clone()),
                order: Some(Box::new(order)),
                ..Opening::default()
            }),
        },
    }
}
