//! To whom an order goes: unit, person, channel, deadline and words are proposed from the directory and the playbook.

use crate::desk::board::Board;
use crate::domain::case::clock::StageClock;
use crate::domain::case::{Case, ahead, drill};
use crate::domain::decide::opening;
use crate::domain::decide::opening::Opening;
use crate::domain::directory::{Enterprise, Responder};
use crate::domain::episode;
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, ChannelId, UnitId};
use crate::domain::person::Actor;
use crate::domain::playbook::{Move, Playbook};
use crate::domain::text::Clean;
use crate::domain::time::{Moment, Span};
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, letter};
use crate::tui::form::{Choice, Field, Form, FormCtx, Slot, demand, drawn, field};

/// The deadlines that are offered beside the playbook's own.
const DEADLINES: &[Span] = &[
    Span::mins(15),
    Span::mins(30),
    Span::hours(1),
    Span::hours(2),
    Span::hours(24),
];

/// Whom an order goes to, and by which way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Recipient {
    unit: UnitId,
    name: Clean,
    contact: Clean,
    phone: Clean,
    /// `None` where no way to it is known.
    channel: Option<ChannelId>,
}

impl Recipient {
    /// As it was filled in: the unit that was chosen, or the enterprise where the notice goes to that.
    fn of_form(form: &Form, board: &Board, case: Option<&Case>) -> Self {
        let proposed = || case.and_then(|case| recipient(board, case));
        let (unit, name) = if form.field(&Slot::Unit).is_none() {
            let title = || case.map(|case| case.matter.title.clone()).unwrap_or_default();
            let to = proposed().map(|to| (to.unit, to.name));
            to.unwrap_or_else(|| (UnitId::default(), title()))
        } else {
            let unit = UnitId::new(&form.text(&Slot::Unit));
            let known = board.room.directory.unit(&unit);
            (unit, known.map(|known| known.name.clone()).unwrap_or_default())
        };
        Self {
            unit,
            name,
            contact: Clean::from(form.text(&Slot::Contact)),
            phone: Clean::from(form.text(&Slot::Phone)),
            channel: Some(ChannelId::new(&form.text(&Slot::Channel))),
        }
    }
}

/// The unit of the case, or its enterprise where the step of its stage tells that; `None` where nobody is known, or an
/// enterprise cannot be reached by any way: another's channel is none.
pub(super) fn recipient(board: &Board, case: &Case) -> Option<Recipient> {
    if tells_enterprise(board, case) {
        let firm = board
            .room
            .directory
            .enterprise(case.matter.enterprise.as_ref()?)?;
        return Some(Recipient {
            unit: UnitId::new(firm.id.as_str()),
            name: firm.name.clone(),
            contact: firm.contact.clone(),
            phone: firm.phone.clone(),
            channel: Some(firm.channels.first().or_else(|| telephone(board)).cloned()?),
        });
    }
    let unit = proposed(board, case)?;
    Some(Recipient {
        unit: unit.id.clone(),
        name: unit.name.clone(),
        contact: unit.contact.clone(),
        phone: unit.phone.clone(),
        channel: channel_of(board, unit),
    })
}

/// Whom an order for a case goes to that asks for no unit: its enterprise.
pub fn told(ctx: &FormCtx<'_>, case: &CaseId) -> Option<UnitId> {
    let case = ctx.board.state.cases.get(case)?;
    recipient(ctx.board, case).map(|to| to.unit)
}

/// The case as it would be opened, for an order that goes out with it.
pub fn to_be(board: &Board, playbook: &Playbook, opening: &Opening, now: Moment) -> Case {
    let when = (now, board.room.zone);
    let (id, matter) = opening::open(&board.state, playbook, opening.clone(), when, 0);
    Case::opened(id, matter, Actor::Desk, now, 0)
}

/// The order with the reason why somebody must go there, where one was asked for.
pub fn because(board: &Board, mut order: Order, why: &Clean) -> Order {
    if !why.is_empty() {
        let pieces: [(&str, &dyn std::fmt::Display); 2] = [("text", &order.text), ("why", why)];
        order.text = Clean::new(&fill(Tui::OrderBecause.text(board.room.letters.lang), &pieces));
    }
    order
}

/// The step that sends an order from where the case is.
fn dispatching<'a>(board: &'a Board, case: &'a Case) -> Option<&'a Move> {
    let playbook = board
        .room
        .playbooks
        .iter()
        .find(|p| p.id == case.matter.playbook)?;
    playbook.dispatching(case.stage_in(playbook))
}

fn tells_enterprise(board: &Board, case: &Case) -> bool {
    dispatching(board, case).is_some_and(|step| step.to_enterprise)
}

/// The fields of an order for `case`, proposed.
pub fn fields(board: &Board, case: &Case, lang: Lang, now: Moment) -> Vec<Field> {
    let to = recipient(board, case);
    let units = board.room.directory.units.iter();
    let units = units
        .map(|u| field::choice(u.id.as_str(), u.name.as_str()))
        .collect();
    let own = |of: fn(&Recipient) -> &str| to.as_ref().map_or("", of);
    let known = to.as_ref().and_then(|to| to.channel.clone());
    let mut fields = vec![
        field::asked(
            Slot::Unit,
            Tui::Unit.text(lang),
            units,
            own(|to| to.unit.as_str()),
            lang,
        ),
        field::text(
            Slot::Contact,
            Tui::Contact.text(lang),
            own(|to| to.contact.as_str()),
            false,
        ),
        field::text(
            Slot::Phone,
            Tui::Phone.text(lang),
            own(|to| to.phone.as_str()),
            false,
        ),
        way(board, lang, known.as_ref()),
        field::choices(
            Slot::Deadline,
            Tui::Deadline.text(lang),
            deadlines(board, case, lang, now),
            "",
        ),
    ];
    let deadline = fields.last().and_then(|last| match &last.value {
        super::Filled::Choice(choices, at) => choices.get(*at)?.at,
        super::Filled::Text(_) => None,
    });
    let drawn = words(board, case, (deadline, &to.unwrap_or_default()), now);
    let label = Tui::OrderText.text(lang);
    fields.push(field::text(Slot::Text, label, drawn.text.as_str(), true));
    if tells_enterprise(board, case) {
        fields.retain(|field| field.slot != Slot::Unit);
    }
    fields
}

/// The order as it is proposed, for those that go out together; `None` where no unit is known to answer for it, or
/// no way to that.
pub fn proposal(board: &Board, case: &Case, lang: Lang, now: Moment) -> Option<Order> {
    let to = recipient(board, case)?;
    let deadline = deadlines(board, case, lang, now)
        .first()
        .and_then(|choice| choice.at);
    to.channel.as_ref()?;
    Some(words(board, case, (deadline, &to), now))
}

/// The order as it was filled in, to the letter as it goes out.
pub fn filled(form: &Form, board: &Board, id: &CaseId) -> Order {
    let case = board.state.cases.get(id);
    let to = Recipient::of_form(form, board, case);
    let deadline = form.moment(&Slot::Deadline);
    let drawn = case.map(|case| words(board, case, (deadline, &to), form.opened));
    let mut order = drawn.unwrap_or_default();
    let text = letter::marked(&form.text(&Slot::Text), order.drill, board.room.letters.lang);
    order.text = Clean::from(text);
    order.case = id.clone();
    if form.says_why {
        order = because(board, order, &Clean::from(form.text(&Slot::Comment)));
    }
    order
}

/// The enterprise that an order for `case` would send somebody to, where it is on the positive list: that is said, and
/// a reason is asked for, before anyone goes there.
fn positive<'a>(board: &'a Board, case: &Case) -> Option<&'a Enterprise> {
    let owner = |point| board.points.get(point)?.owner.as_ref();
    let firm = case.matter.enterprise.as_ref();
    let firm = firm.or_else(|| owner(case.matter.point.as_ref()?))?;
    let firm = board.room.directory.enterprise(firm)?;
    firm.positive_list.then_some(firm)
}

/// Says that the enterprise is on the positive list, and asks why somebody is sent there all the same.
pub fn on_site(form: &mut Form, ctx: &FormCtx<'_>, case: &Case) {
    let Some(firm) = positive(ctx.board, case) else {
        return;
    };
    let words = Tui::PositiveList.text(ctx.lang);
    form.about.push(fill(words, &[("name", &firm.name)]));
    if let Some(comment) = form.fields.iter_mut().find(|field| field.slot == Slot::Comment) {
        comment.needed = true;
    } else {
        let label = Tui::WhyOnSite.text(ctx.lang);
        form.fields.push(field::text(Slot::Comment, label, "", true));
    }
}

/// After the unit or the deadline changed: what a person has not changed follows it.
pub fn follow(form: &mut Form, board: &Board, changed: &Slot) {
    if *changed == Slot::Unit {
        let id = UnitId::new(&form.text(&Slot::Unit));
        if let Some(unit) = board.room.directory.unit(&id) {
            form.propose(&Slot::Contact, unit.contact.as_str());
            form.propose(&Slot::Phone, unit.phone.as_str());
            let way = channel_of(board, unit).unwrap_or_default();
            form.propose(&Slot::Channel, way.as_str());
        }
    }
    let case = form.case.as_ref().and_then(|id| board.state.cases.get(id));
    let asked = [
        Slot::Deadline,
        Slot::Channel,
        Slot::Unit,
        Slot::Contact,
        Slot::Phone,
    ];
    if let Some(case) = case.filter(|_| asked.contains(changed)) {
        let to = Recipient::of_form(form, board, Some(case));
        let drawn = words(board, case, (form.moment(&Slot::Deadline), &to), form.opened);
        form.propose(&Slot::Text, drawn.text.as_str());
    }
}

/// The unit the case was given to, or the one that answers for its township; else a person is asked.
fn proposed<'a>(board: &'a Board, case: &Case) -> Option<&'a Responder> {
    let directory = &board.room.directory;
    let given = case.state.unit.as_ref().and_then(|id| directory.unit(id));
    given.or_else(|| directory.unit_of(case.matter.township.as_ref()?))
}

/// The unit's channel, or else the telephone; no other way is guessed.
fn channel_of(board: &Board, unit: &Responder) -> Option<ChannelId> {
    let own = unit.channels.first();
    own.or_else(|| telephone(board)).cloned()
}

/// By which way an order leaves: the one that is `known` for whom it is to, else it is asked. A room without any way has
/// nothing to choose.
pub fn way(board: &Board, lang: Lang, known: Option<&ChannelId>) -> Field {
    let (label, known) = (Tui::Channel.text(lang), known.map_or("", |way| way.as_str()));
    let ways = board.room.channels.iter();
    let ways: Vec<Choice> = ways
        .map(|way| field::choice(way.as_str(), way.as_str()))
        .collect();
    if ways.is_empty() {
        return field::choices(Slot::Channel, label, ways, known);
    }
    field::asked(Slot::Channel, label, ways, known, lang)
}

/// The telephone: a person calls and records it.
pub(super) fn telephone(board: &Board) -> Option<&ChannelId> {
    board.room.telephones.first()
}

/// The last of the playbook's clocks comes first: by when it must be done; then the usual ones; then none.
fn deadlines(board: &Board, case: &Case, lang: Lang, now: Moment) -> Vec<Choice> {
    let playbook = board.room.playbooks.iter().find(|p| p.id == case.matter.playbook);
    let zone = board.room.zone;
    let clocks = playbook
        .map(|own| ahead::clocks(case, own, now))
        .unwrap_or_default();
    let running = playbook
        .and_then(|p| StageClock::of(case, p))
        .map(|clock| clock.due);
    let own = clocks
        .last()
        .map(|(_, due)| *due)
        .or(running)
        .filter(|due| *due > now);
    let mut all: Vec<Moment> = own.into_iter().collect();
    all.extend(
        DEADLINES
            .iter()
            .map(|span| now + *span)
            .filter(|at| Some(*at) != own),
    );
    let mut out: Vec<Choice> = all.iter().map(|at| field::until(lang, *at, now, zone)).collect();
    out.push(field::choice("", Tui::NoDeadline.text(lang)));
    out
}

/// The order as it is drawn up for whom it goes to, with its words: what is to be done, where, by when; in the room's
/// language.
fn words(board: &Board, case: &Case, (deadline, to): (Option<Moment>, &Recipient), now: Moment) -> Order {
    let lang = board.room.letters.lang;
    let under = demand::under_order(board, case, lang);
    // Whoever is sent there is not only to sign for it.
    let plain = match under {
        Some(_) if case.matter.playbook.as_str() == episode::MEASURE || tells_enterprise(board, case) => {
            Tui::DemandPlain
        }
        Some(_) | None => Tui::OrderPlain,
    };
    let what = under.unwrap_or_else(|| drill::unmarked(case.matter.title.as_str()).to_owned());
    let asked = fill(plain.text(lang), &[("what", &what)]);
    let way = to.channel.clone().unwrap_or_default();
    let mut order = Order {
        unit: to.unit.clone(),
        unit_name: to.name.clone(),
        contact: to.contact.clone(),
        phone: to.phone.clone(),
        channel: way.clone(),
        ..drawn::order(board, case, (deadline, &way), now)
    };
    order.text = Clean::from(drawn::text(board, case, (&order, &what, &asked), now));
    order
}
