//! Theme files: what each meaning looks like, read from TOML and completed from the theme it inherits.

use crate::tui::look::{Depth, MEANINGS, Meaning};
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::BTreeMap;
use thiserror::Error;

/// The themes that come with the program: name and file.
pub const THEMES: &[(&str, &str)] = &[
    ("dark", include_str!("../../../themes/dark.toml")),
    ("light", include_str!("../../../themes/light.toml")),
    ("contrast", include_str!("../../../themes/contrast.toml")),
    ("mono", include_str!("../../../themes/mono.toml")),
];

/// The sixteen colours by name; `default` is the terminal's own.
const NAMES: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Indexed(0)),
    ("red", Color::Indexed(1)),
    ("green", Color::Indexed(2)),
    ("yellow", Color::Indexed(3)),
    ("blue", Color::Indexed(4)),
    ("magenta", Color::Indexed(5)),
    ("cyan", Color::Indexed(6)),
    ("white", Color::Indexed(7)),
    ("bright-black", Color::Indexed(8)),
    ("bright-red", Color::Indexed(9)),
    ("bright-green", Color::Indexed(10)),
    ("bright-yellow", Color::Indexed(11)),
    ("bright-blue", Color::Indexed(12)),
    ("bright-magenta", Color::Indexed(13)),
    ("bright-cyan", Color::Indexed(14)),
    ("bright-white", Color::Indexed(15)),
];

/// What is wrong with a theme file.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ThemeFault {
    /// Not TOML, or not of a theme's shape.
    #[error("theme {theme}: {why}")]
    Shape {
        /// Which theme.
        theme: String,
        /// What the reader said, with line and column.
        why: String,
    },
    /// A colour that is neither `#rrggbb` nor one of the sixteen names.
    #[error("theme {theme}: {meaning}: {colour} is neither #rrggbb nor one of the sixteen names")]
    Colour {
        /// Which theme.
        theme: String,
        /// On which line.
        meaning: String,
        /// What stands there.
        colour: String,
    },
    /// A line for something that is no meaning.
    #[error("theme {theme}: {meaning} means nothing here")]
    Meaning {
        /// Which theme.
        theme: String,
        /// What stands there.
        meaning: String,
    },
    /// A theme that inherits from one that is not there, or from itself.
    #[error("theme {theme} inherits from {parent}, which is not one of the embedded themes")]
    Parent {
        /// Which theme.
        theme: String,
        /// Whom it names.
        parent: String,
    },
    /// A meaning without a line, here and in the themes inherited from.
    #[error("theme {theme} says nothing about {meaning}")]
    Incomplete {
        /// Which theme.
        theme: String,
        /// What is missing.
        meaning: String,
    },
}

/// A complete theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    inks: BTreeMap<Meaning, Ink>,
}

/// How one meaning looks, as the file says it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "one switch of the file each")]
struct Raw {
    fg: Option<String>,
    bg: Option<String>,
    fg16: Option<String>,
    bg16: Option<String>,
    bold: bool,
    dim: bool,
    underline: bool,
    reverse: bool,
    reverse16: bool,
    underline16: bool,
}

/// How one meaning looks, checked.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ink {
    full: Style,
    sixteen: Style,
}

#[derive(Deserialize)]
struct File {
    inherits: Option<String>,
    #[serde(flatten)]
    lines: BTreeMap<String, Raw>,
}

impl Theme {
    /// One of [`THEMES`]; the dark one for any other name.
    pub fn embedded(name: &str) -> Self {
        let (name, text) = THEMES
            .iter()
            .find(|row| row.0 == name)
            .or(THEMES.first())
            .expect("a const slice that is not empty");
        Self::parse(name, text).expect("a test reads every embedded theme")
    }

    /// Reads a theme file; what it does not say is inherited from an embedded theme.
    pub fn parse(name: &str, text: &str) -> Result<Self, ThemeFault> {
        let theme = name.to_owned();
        let file: File = toml::from_str(text).map_err(|error| ThemeFault::Shape {
            theme: theme.clone(),
            why: error.to_string(),
        })?;
        let mut inks = match &file.inherits {
            Some(parent) => inherited(name, parent)?,
            None => BTreeMap::new(),
        };
        for (key, raw) in &file.lines {
            let row = MEANINGS.iter().find(|row| row.1 == key);
            let row = row.ok_or_else(|| ThemeFault::Meaning {
                theme: theme.clone(),
                meaning: key.clone(),
            })?;
            inks.insert(row.0, ink(name, key, raw)?);
        }
        match MEANINGS.iter().find(|row| !inks.contains_key(&row.0)) {
            Some(missing) => Err(ThemeFault::Incomplete {
                theme,
                meaning: missing.1.to_owned(),
            }),
            None => Ok(Self { name: theme, inks }),
        }
    }

    /// The style of a meaning at a depth; colours are still to be reduced to 256 by the backend.
    pub fn style(&self, meaning: Meaning, depth: Depth) -> Style {
        let ink = self.inks.get(&meaning).cloned().unwrap_or_default();
        match depth {
            Depth::True | Depth::C256 => ink.full,
            Depth::C16 => ink.sixteen,
            Depth::None => Style {
                fg: None,
                bg: None,
                ..ink.full
            },
        }
    }
}

fn inherited(name: &str, parent: &str) -> Result<BTreeMap<Meaning, Ink>, ThemeFault> {
    let row = THEMES.iter().find(|row| row.0 == parent && row.0 != name);
    let (parent, text) = row.ok_or_else(|| ThemeFault::Parent {
        theme: name.to_owned(),
        parent: parent.to_owned(),
    })?;
    Ok(Theme::parse(parent, text)?.inks)
}

fn ink(theme: &str, meaning: &str, raw: &Raw) -> Result<Ink, ThemeFault> {
    let colour = |text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => parse_colour(text).map(Some).ok_or_else(|| ThemeFault::Colour {
            theme: theme.to_owned(),
            meaning: meaning.to_owned(),
            colour: text.clone(),
        }),
    };
    let mut both = Style::new();
    let modifiers = [
        (raw.bold, Modifier::BOLD),
        (raw.dim, Modifier::DIM),
        (raw.underline, Modifier::UNDERLINED),
        (raw.reverse, Modifier::REVERSED),
    ];
    for (on, modifier) in modifiers {
        if on {
            both = both.add_modifier(modifier);
        }
    }
    let (fg, bg) = (colour(&raw.fg)?, colour(&raw.bg)?);
    let full = Style { fg, bg, ..both };
    let mut sixteen = Style {
        fg: colour(&raw.fg16)?.or(fg),
        bg: colour(&raw.bg16)?.or(bg),
        ..both
    };
    if raw.reverse16 {
        sixteen = sixteen.add_modifier(Modifier::REVERSED);
    }
    if raw.underline16 {
        sixteen = sixteen.add_modifier(Modifier::UNDERLINED);
    }
    Ok(Ink { full, sixteen })
}

/// `#rrggbb` or one of the sixteen names.
fn parse_colour(text: &str) -> Option<Color> {
    if let Some(row) = NAMES.iter().find(|row| row.0 == text) {
        return Some(row.1);
    }
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, r, g, b] = number.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}
