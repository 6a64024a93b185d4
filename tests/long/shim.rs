//! What stands between a process and its system: a small C library, compiled as a test begins, that does what a file says.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A library with the file that it obeys, in the folder of the room that it is for.
pub(crate) struct Shim {
    library: PathBuf,
    orders: PathBuf,
    variable: &'static str,
}

impl Shim {
    /// Disks that fail: see `faulty_disk.c`.
    pub(crate) fn disk(home: &Path) -> Self {
        Self::made(home, "faulty_disk", "LOOKOUT_DISK")
    }

    /// Clocks that are set: see `set_clock.c`.
    pub(crate) fn clock(home: &Path) -> Self {
        Self::made(home, "set_clock", "LOOKOUT_CLOCK")
    }

    fn made(home: &Path, name: &str, variable: &'static str) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/long/{name}.c"));
        let library = home.join(format!("{name}.so"));
        let compiled = Command::new("cc")
            .args(["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        assert!(compiled.expect("there is a C compiler").success(), "{name}");
        let shim = Self {
            library,
            orders: home.join(format!("{name}.orders")),
            variable,
        };
        shim.says("");
        shim
    }

    /// From now on this: all at once, so that nobody reads half of it.
    pub(crate) fn says(&self, orders: &str) {
        let new = self.orders.with_extension("new");
        std::fs::write(&new, orders).expect("written");
        std::fs::rename(new, &self.orders).expect("put in place");
    }

    /// What a process needs in its environment to be under it.
    pub(crate) fn environment(&self) -> [(&str, &Path); 2] {
        [("LD_PRELOAD", &self.library), (self.variable, &self.orders)]
    }

    /// The same for a script that ends by becoming its arguments.
    pub(crate) fn script(&self) -> String {
        let exports = self
            .environment()
            .map(|(name, value)| format!("export {name}='{}'; ", value.display()));
        format!("{}exec \"$@\"", exports.concat())
    }
}
