//! What acts on alarms have in common: which of the rows' alarms one can be done to, how a dialog names them, until when.

use crate::domain::alarm::Alarm;
use crate::domain::decide::refusal::Refusal;
use crate::domain::id::AlarmId;
use crate::domain::ledger::Stream;
use crate::domain::time::{Moment, Span};
use crate::lang::tui::Tui;
use crate::lang::{alarm, fill};
use crate::tui::act::object::alarms_of;
use crate::tui::act::{ActCtx, LeftOut};
use crate::tui::form::field::until;
use crate::tui::form::name::{alarm_words, short};
use crate::tui::form::{Choice, Form, FormCtx, said};
use crate::tui::view::RowId;
use std::fmt::Display;

/// So many alarms are named one by one.
const NAMED: usize = 4;

/// Whether something can be done to an alarm, whatever is given with it: the desk's own judgement.
pub(super) type Judge = fn(&Alarm, Moment) -> Result<(), Refusal>;

/// Those of the rows' alarms that something can be done to.
///
/// # Errors
/// There is none; why, in words that name the act where the rows have no alarm at all.
pub(super) fn able(ctx: &ActCtx<'_>, judge: Judge, verb: Tui) -> Result<Vec<AlarmId>, String> {
    let all = alarms_of(ctx.board, ctx.rows);
    let alarm = |id: &AlarmId| ctx.board.state.alarms.get(id);
    let (can, cannot): (Vec<AlarmId>, Vec<AlarmId>) = all
        .into_iter()
        .filter(|id| alarm(id).is_some())
        .partition(|id| alarm(id).is_some_and(|alarm| judge(alarm, ctx.now).is_ok()));
    if !can.is_empty() {
        return Ok(can);
    }
    Err(match &cannot[..] {
        [] => ctx.not_here(verb.text(ctx.lang)),
        [one] => why(ctx, one, judge).unwrap_or_default(),
        _ => said::left_out(ctx.lang, &left_out(ctx, &[], judge)).unwrap_or_default(),
    })
}

fn why(ctx: &ActCtx<'_>, id: &AlarmId, judge: Judge) -> Option<String> {
    let why = judge(ctx.board.state.alarms.get(id)?, ctx.now).err()?;
    Some(ctx.why(&why))
}

/// What is left out where `ids` are those it is done to.
pub(super) fn left_out(ctx: &ActCtx<'_>, ids: &[AlarmId], judge: Judge) -> LeftOut {
    let rest = alarms_of(ctx.board, ctx.rows);
    let rest = rest.into_iter().filter(|id| !ids.contains(id));
    let judged = rest.filter_map(|id| Some((id.to_string(), why(ctx, &id, judge)?)));
    let bare = ctx.rows.iter().filter(|row| is_bare(ctx, row));
    let bare = bare.map(|row| (row.text().to_owned(), Tui::NoAlarm.text(ctx.lang).to_owned()));
    judged.chain(bare).collect()
}

/// Whether a row is no alarm and has none that is in hand.
fn is_bare(ctx: &ActCtx<'_>, row: &RowId) -> bool {
    let own = alarms_of(ctx.board, std::slice::from_ref(row));
    !own.iter().any(|id| ctx.board.state.alarms.contains_key(id))
}

/// Names the alarms and takes their versions along; those that are no more are left out.
pub(super) fn named(form: &mut Form, ctx: &FormCtx<'_>, ids: &[AlarmId], verb: Tui) -> Option<()> {
    let found = ids.iter().filter_map(|id| ctx.board.state.alarms.get(id));
    let found: Vec<&Alarm> = found.collect();
    let first = found.first()?;
    let version = |alarm: &&Alarm| (Stream::Alarm(alarm.id.clone()), alarm.version);
    form.seen.extend(found.iter().map(version));
    let named = found.iter().take(NAMED);
    form.about = named.map(|alarm| alarm_words(ctx.lang, alarm, ctx.now)).collect();
    let more = found.len().saturating_sub(NAMED);
    form.about
        .extend((more > 0).then(|| fill(Tui::AndMore.text(ctx.lang), &[("n", &more)])));
    let verb = verb.text(ctx.lang);
    verb.clone_into(&mut form.title);
    form.verb = if found.len() == 1 {
        let what = short(&alarm::title(ctx.lang, &first.cause));
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("what", &what)];
        fill(Tui::DoOne.text(ctx.lang), &given)
    } else {
        let given: [(&str, &dyn Display); 2] = [("verb", &verb), ("n", &found.len())];
        fill(Tui::DoMany.text(ctx.lang), &given)
    };
    Some(())
}

/// The ends to choose from, each after so long from now.
pub(super) fn ends(ctx: &FormCtx<'_>, spans: impl Iterator<Item = Span>) -> Vec<Choice> {
    let zone = ctx.board.room.zone;
    spans
        .map(|span| until(ctx.lang, ctx.now + span, ctx.now, zone))
        .collect()
}

/// The key of a dialog over alarms.
pub(super) fn key(what: &str, ids: &[AlarmId]) -> String {
    super::key(what, ids.iter().map(AlarmId::as_str))
}
