//! Areas: townships and the communities within them.

use crate::domain::directory::register::Keyed;
use crate::domain::id::{CommunityId, TownshipId, UnitId};
use crate::domain::place::Place;
use crate::domain::text::Clean;

/// A township or street.
#[derive(Clone, Debug, PartialEq)]
pub struct Township {
    /// Its code or key.
    pub id: TownshipId,
    /// Its name, as upstreams write it too.
    pub name: Clean,
    /// Its centre. Nearest-centre assignment is a guess and is labelled so.
    pub centre: Option<Place>,
    /// The unit that answers for it.
    pub unit: Option<UnitId>,
}

impl Keyed for Township {
    type Key = TownshipId;

    fn key(&self) -> &TownshipId {
        &self.id
    }
}

/// A community or village (社区、村).
#[derive(Clone, Debug, PartialEq)]
pub struct Community {
    /// Its code or key.
    pub id: CommunityId,
    /// Its name, as upstreams write it too.
    pub name: Clean,
    /// The township it belongs to.
    pub township: TownshipId,
    /// The unit that answers for it; its township's where absent.
    pub unit: Option<UnitId>,
    /// Its middle.
    pub place: Option<Place>,
}

impl Keyed for Community {
    type Key = CommunityId;

    fn key(&self) -> &CommunityId {
        &self.id
    }
}
