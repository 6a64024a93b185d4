//! A seat (席位): what one person sees and does at one terminal. Pure: keys, boards and the time come in as arguments.

use crate::domain::id::SeatId;
use crate::domain::person::Operator;
use crate::lang::Lang;
use crate::tui::panel::PanelId;
use crate::tui::panel::View;
use std::collections::BTreeMap;

/// One person's seat.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Its name in the ledger.
    pub id: SeatId,
    /// Who sits there, in which role.
    pub who: Operator,
    /// The language it speaks.
    pub lang: Lang,
    /// The screen it shows.
    pub screen: PanelId,
    /// What was done in each panel.
    pub views: BTreeMap<PanelId, View>,
}
