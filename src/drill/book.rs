//! What a scripted step is as a command: which case, which order, which versions the person saw.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::opening::Opening;
use crate::domain::directory::{Enterprise, Responder};
use crate::domain::fact::case::MoveInput;
use crate::domain::fact::task::Order;
use crate::domain::id::{AlarmId, CaseId, MoveId, PlaybookId, UnitId};
use crate::domain::signal::Signal;
use crate::domain::time::Moment;

/// A step as a command; where it orders, the order is the one that the dialog would propose.
pub(super) fn step(board: &Board, case: &Case, step: &MoveId, given: &MoveInput, orders: bool) -> Command {
    let mut given = given.clone();
    let playbook = board.room.playbooks.iter().find(|p| p.id == case.matter.playbook);
    let told = playbook.and_then(|playbook| playbook.step(step));
    let firm = told.filter(|step| step.to_enterprise);
    let firm = firm.and_then(|_| board.room.directory.enterprise(case.matter.enterprise.as_ref()?));
    let order = match firm {
        Some(firm) => orders.then(|| notice(board, case, firm)),
        None => orders.then(|| order(board, case, &given)),
    };
    if let Some(order) = order.as_ref().filter(|_| firm.is_none()) {
        given.unit = Some(order.unit.clone());
    }
    Command::Move {
        case: case.id.clone(),
        step: step.clone(),
        given,
        order,
    }
}

fn notice(board: &Board, case: &Case, firm: &Enterprise) -> Order {
    let first = || board.room.channels.first().cloned();
    Order {
        case: case.id.clone(),
        unit: UnitId::new(firm.id.as_str()),
        unit_name: firm.name.clone(),
        contact: firm.contact.clone(),
        phone: firm.phone.clone(),
        channel: firm.channels.first().cloned().or_else(first).unwrap_or_default(),
        text: case.matter.title.clone(),
        ..Order::default()
    }
}

fn order(board: &Board, case: &Case, given: &MoveInput) -> Order {
    let directory = &board.room.directory;
    let own = given.unit.as_ref().or(case.state.unit.as_ref());
    let unit: Option<&Responder> = own
        .and_then(|id| directory.unit(id))
        .or_else(|| directory.unit_of(case.matter.township.as_ref()?))
        .or_else(|| directory.units.first());
    let channel = unit.and_then(|unit| unit.channels.first().cloned());
    let first = || board.room.channels.first().cloned();
    Order {
        case: case.id.clone(),
        unit: unit.map(|unit| unit.id.clone()).unwrap_or_default(),
        unit_name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        contact: unit.map(|unit| unit.contact.clone()).unwrap_or_default(),
        phone: unit.map(|unit| unit.phone.clone()).unwrap_or_default(),
        channel: channel.or_else(first).unwrap_or_default(),
        text: case.matter.title.clone(),
        ..Order::default()
    }
}

/// What is written down, completed by the directory as the intake form completes it.
pub(super) fn opening(board: &Board, wish: &Opening, parent: Option<CaseId>) -> Opening {
    let found = wish
        .place
        .and_then(|place| board.room.directory.township("", Some(place)));
    Opening {
        township: found.map(|(township, _)| township.id.clone()),
        parent,
        ..wish.clone()
    }
}

/// The case that was opened on a signal.
pub(super) fn on_signal(board: &Board, signal: &Signal) -> Option<CaseId> {
    let id = AlarmId::new(&format!("{}/{}", signal.source, signal.id));
    board.state.alarms.get(&id)?.case.clone()
}

/// The case that was opened by hand at `at` with that title.
pub(super) fn by_hand(board: &Board, playbook: &PlaybookId, wish: &Opening, at: Moment) -> Option<CaseId> {
    let playbook = board.room.playbooks.iter().find(|p| p.id == *playbook)?;
    let day = at.date(board.room.zone).format("%Y%m%d");
    let first = CaseId::new(&format!("{}{day}-", playbook.letter));
    let own = |case: &&Case| case.matter.title == wish.title && case.matter.playbook == playbook.id;
    let of_day = board.state.cases.range(first..).map(|row| row.1);
    let mut of_day = of_day.take_while(|case| case.id.as_str().starts_with(playbook.letter));
    of_day.find(own).map(|case| case.id.clone())
}
