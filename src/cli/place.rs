//! Where things are: the configuration's file, the state folder, the ledger's file. By the XDG rules.

use crate::bench::check::Outside;
use crate::cli::exit::Exit;
use crate::cli::fault::Fault;
use crate::lang::Lang;
use crate::lang::cli::CliText;
use rustix::fs::Mode;
use rustix::process::umask;
use std::fs::{DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The folder of ledgers and logs: `$XDG_STATE_HOME/lookout`, else `~/.local/state/lookout`.
///
/// # Errors
/// Neither variable is set.
pub fn state_folder(outside: &dyn Outside, lang: Lang) -> Result<PathBuf, Fault> {
    folder(outside, "XDG_STATE_HOME", ".local/state")
        .ok_or_else(|| Fault::new(Exit::Usage, CliText::NoHome.text(lang)))
}

/// What this process writes from now on is for its own account, and for the state folder's group where that may write in
/// it; the folder itself likewise. What cannot be changed, because it is another's, stays.
pub fn keep_private(outside: &dyn Outside) {
    let folder = folder(outside, "XDG_STATE_HOME", ".local/state");
    let Some(folder) = folder else {
        return;
    };
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).ok();
    let mode = folder.metadata().map_or(0o700, |known| known.mode() & 0o7777);
    let shared = mode & 0o020 != 0;
    umask(Mode::from_raw_mode(if shared { 0o007 } else { 0o077 }));
    let wanted = if shared { mode & !0o007 } else { mode & !0o077 };
    if wanted != mode {
        std::fs::set_permissions(&folder, Permissions::from_mode(wanted)).ok();
    }
}

/// The configuration to use: the one named, `$LOOKOUT_CONFIG`, or the usual one if it exists; `None` for the training city.
pub fn config_file(named: Option<&Path>, outside: &dyn Outside) -> Option<PathBuf> {
    let variable = || {
        outside
            .variable("LOOKOUT_CONFIG")
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let usual = || {
        let file = folder(outside, "XDG_CONFIG_HOME", ".config")?.join("lookout.toml");
        outside.file(&file).is_ok().then_some(file)
    };
    named.map(Path::to_path_buf).or_else(variable).or_else(usual)
}

/// The theme that the command line means: a file is seen from where the command is given, not from the configuration.
pub fn theme(named: &str) -> String {
    let is_file = Path::new(named).extension().is_some_and(|end| end == "toml");
    let file = std::path::absolute(named).ok().filter(|_| is_file);
    file.map_or_else(|| named.to_owned(), |file| file.display().to_string())
}

fn folder(outside: &dyn Outside, variable: &str, under_home: &str) -> Option<PathBuf> {
    let set = |name: &str| {
        outside
            .variable(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    // The XDG rules: a relative path is to be ignored.
    let base = set(variable).filter(|path| path.is_absolute());
    let base = base.or_else(|| Some(set("HOME")?.join(under_home)));
    Some(base?.join("lookout"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::check::tests::Given;

    fn given(variables: &[(&'static str, &'static str)]) -> Given {
        Given {
            variables: variables.to_vec(),
            files: vec![("/home/duty/.config/lookout/lookout.toml", "")],
        }
    }

    #[test]
    fn the_named_file_goes_before_the_variable_and_that_before_the_usual_place() {
        let world = given(&[("HOME", "/home/duty"), ("LOOKOUT_CONFIG", "/etc/room.toml")]);
        let file = |named: Option<&str>, world: &Given| config_file(named.map(Path::new), world);
        assert_eq!(file(Some("a.toml"), &world), Some(PathBuf::from("a.toml")));
        assert_eq!(file(None, &world), Some(PathBuf::from("/etc/room.toml")));
        let world = given(&[("HOME", "/home/duty")]);
        let usual = PathBuf::from("/home/duty/.config/lookout/lookout.toml");
        assert_eq!(file(None, &world), Some(usual));
        assert_eq!(file(None, &given(&[("HOME", "/home/guest")])), None);
    }

    #[test]
    fn the_state_folder_follows_xdg_and_is_named_when_it_cannot_be_found() {
        let at = |variables: &[(&'static str, &'static str)]| state_folder(&given(variables), Lang::En);
        assert_eq!(at(&[("XDG_STATE_HOME", "/s")]), Ok(PathBuf::from("/s/lookout")));
        assert_eq!(
            at(&[("XDG_STATE_HOME", "s"), ("HOME", "/h")]),
            Ok(PathBuf::from("/h/.local/state/lookout"))
        );
        assert_eq!(at(&[]).map_err(|f| f.kind), Err(Exit::Usage));
    }
}
