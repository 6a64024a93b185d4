//! Theme files: what each meaning looks like, read from TOML and completed from the theme it inherits.

use crate::tui::look::{Depth, MEANINGS, Meaning};
use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeMap;
use toml::{Table, Value};

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

/// The colours of a line by their keys: in full, and in sixteen.
pub const GROUNDS: &[&str] = &["fg", "bg", "fg16", "bg16"];

/// The switches of a line by their keys: what each adds, and whether in sixteen colours alone.
pub const SWITCHES: &[(&str, Modifier, bool)] = &[
    ("bold", Modifier::BOLD, false),
    ("dim", Modifier::DIM, false),
    ("underline", Modifier::UNDERLINED, false),
    ("reverse", Modifier::REVERSED, false),
    ("reverse16", Modifier::REVERSED, true),
    ("underline16", Modifier::UNDERLINED, true),
];

/// The names of the sixteen colours, and of the terminal's own.
pub fn colours() -> Vec<&'static str> {
    NAMES.iter().map(|row| row.0).collect()
}

/// One thing that is wrong with a theme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeFault {
    /// Not TOML, or not of a theme's shape: a key that means nothing, or a value of another shape.
    Shape,
    /// A colour that is neither `#rrggbb` nor one of the names.
    Colour {
        /// On which line.
        meaning: String,
        /// Which of the line's colours.
        key: &'static str,
        /// What stands there.
        colour: String,
    },
    /// A theme that inherits from one that is not there, or from itself.
    Parent(String),
    /// A meaning without a line in a theme that inherits from none.
    Incomplete,
}

/// A complete theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    inks: BTreeMap<Meaning, Ink>,
}

/// How one meaning looks.
#[derive(Clone, Debug, Default, PartialEq)]
struct Ink {
    full: Style,
    sixteen: Style,
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
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<ThemeFault>> {
        let mut file: Table = toml::from_str(text).map_err(|_| vec![ThemeFault::Shape])?;
        let mut faults = Vec::new();
        let mut inks = match file.remove("inherits") {
            Some(parent) => inherited(name, &parent, &mut faults),
            None => BTreeMap::new(),
        };
        for (key, line) in &file {
            match (MEANINGS.iter().find(|row| row.1 == key), line.as_table()) {
                (Some((meaning, _)), Some(line)) => drop(inks.insert(*meaning, ink(key, line, &mut faults))),
                (None, _) | (_, None) => faults.push(ThemeFault::Shape),
            }
        }
        if faults.is_empty() && MEANINGS.iter().any(|row| !inks.contains_key(&row.0)) {
            faults.push(ThemeFault::Incomplete);
        }
        let name = name.to_owned();
        if faults.is_empty() {
            Ok(Self { name, inks })
        } else {
            Err(faults)
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

fn inherited(name: &str, parent: &Value, faults: &mut Vec<ThemeFault>) -> BTreeMap<Meaning, Ink> {
    let Some(parent) = parent.as_str() else {
        faults.push(ThemeFault::Shape);
        return BTreeMap::new();
    };
    let row = THEMES.iter().find(|row| row.0 == parent && row.0 != name);
    let read = row.and_then(|(name, text)| Theme::parse(name, text).ok());
    read.map_or_else(
        || {
            faults.push(ThemeFault::Parent(parent.to_owned()));
            BTreeMap::new()
        },
        |theme| theme.inks,
    )
}

fn ink(meaning: &str, line: &Table, faults: &mut Vec<ThemeFault>) -> Ink {
    let mut ink = Ink::default();
    let mut found = [None; 4];
    for (key, value) in line {
        let ground = GROUNDS.iter().zip(&mut found).find(|(name, _)| *name == key);
        let switch = SWITCHES.iter().find(|row| row.0 == key);
        match (ground, switch, value) {
            (Some((key, colour)), _, Value::String(text)) => match parse_colour(text) {
                Some(known) => *colour = Some(known),
                None => faults.push(ThemeFault::Colour {
                    meaning: meaning.to_owned(),
                    key,
                    colour: text.clone(),
                }),
            },
            (_, Some((_, modifier, few)), Value::Boolean(true)) => {
                ink.sixteen = ink.sixteen.add_modifier(*modifier);
                if !few {
                    ink.full = ink.full.add_modifier(*modifier);
                }
            }
            (_, Some(_), Value::Boolean(false)) => {}
            _ => faults.push(ThemeFault::Shape),
        }
    }
    let [fg, bg, fg16, bg16] = found;
    (ink.full.fg, ink.full.bg) = (fg, bg);
    (ink.sixteen.fg, ink.sixteen.bg) = (fg16.or(fg), bg16.or(bg));
    ink
}

/// `#rrggbb` or one of the sixteen names.
fn parse_colour(text: &str) -> Option<Color> {
    if let Some(row) = NAMES.iter().find(|row| row.0 == text) {
        return Some(row.1);
    }
    let hex = text.strip_prefix('#')?;
    let hex = hex
        .bytes()
        .all(|c| c.is_ascii_hexdigit())
        .then_some(hex)
        .filter(|hex| hex.len() == 6)?;
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, r, g, b] = number.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}
