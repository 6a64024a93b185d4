//! The languages there are: a seat speaks one, a room writes its orders in one. Their words are in `lang`.

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}
