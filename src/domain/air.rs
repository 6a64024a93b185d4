//! Ambient air: the index of an hour and of a day by dated standards.

/// An index with everything that it was computed from. (The standards' tables follow in submodules.)
#[derive(Clone, Debug, PartialEq)]
pub struct AirIndex {
    /// The index; `None` where the standard gives none (`NA`).
    pub aqi: Option<u16>,
}
