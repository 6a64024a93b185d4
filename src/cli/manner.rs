//! What a configuration gives a seat: who sits there, its language, what keys mean, how things look.

use crate::bench::check::Outside;
use crate::bench::text::text;
use crate::cli::console::keys::keymap;
use crate::cli::who::who;
use crate::config::Config;
use crate::lang::Lang;
use crate::tui::look::{THEMES, Theme};
use crate::tui::seat::manner::Manner;
use std::path::Path;

/// What a changed configuration gives the seat; `speaks` where the room's language is another.
pub(super) fn manner(config: &Config, outside: &dyn Outside, speaks: Option<Lang>) -> Manner {
    Manner {
        who: who(config, outside),
        lang: speaks,
        themes: themes(config, outside),
        keymap: keymap(config).unwrap_or_default(),
        air: config.standard,
    }
}

/// The theme that is asked for, then the others.
pub(super) fn themes(config: &Config, outside: &dyn Outside) -> Vec<Theme> {
    let folder = config.file.as_deref().and_then(Path::parent);
    let path = folder.unwrap_or(Path::new("")).join(&config.theme);
    let read = || Theme::parse(&config.theme, &text(&path, outside.file(&path).ok()?).ok()?).ok();
    let is_file = path.extension().is_some_and(|end| end == "toml");
    let own = is_file.then(read).flatten();
    let mut names: Vec<&str> = THEMES.iter().map(|row| row.0).collect();
    names.sort_by_key(|name| *name != config.theme);
    own.into_iter()
        .chain(names.into_iter().map(Theme::embedded))
        .collect()
}
