//! A text that must never be shown: keys, passwords, tokens of the configuration. Whatever prints it, prints `***`; it has
//! no form in which it could be stored.

use std::fmt;

/// What stands where a secret would.
pub const VEIL: &str = "***";

/// A secret text. `Debug` and `Display` give [`VEIL`]; only [`Secret::expose`] gives the text, for the wire.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VEIL)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VEIL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_speak() {
        let secret = Secret::new("hidden");
        assert_eq!(format!("{secret:?} {secret}"), "*** ***");
    }
}
