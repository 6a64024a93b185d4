//! What work leaves in memory, measured in a process of its own: here, memory that earlier parts gave back would hide it.

use std::process::Command;

/// Before the work's name, on the command line of the process that measures.
pub(crate) const MEASURE: &str = "--measure";

/// How much a process that does nothing else has grown by `work` on `input`, in words; said where it cannot be told.
pub(crate) fn grown_by(work: &str, input: &str) -> String {
    let grown = measured_apart(work, input);
    grown.map_or_else(
        || "not measured".to_owned(),
        |kb| format!("{:.1} MB", kb as f64 / 1e3),
    )
}

fn measured_apart(work: &str, input: &str) -> Option<u64> {
    let this = std::env::current_exe().ok()?;
    let output = Command::new(this).args([MEASURE, work, input]).output().ok()?;
    let told = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| told.trim().parse().ok())
        .flatten()
}

/// Prints by how many kB the process's memory has grown once `work` is done, while what it made is still there.
pub(crate) fn print_growth<T>(work: impl FnOnce() -> T) {
    let before = in_use();
    let made = work();
    let grown = in_use()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    drop(made);
    if let Some(kb) = grown {
        println!("{kb}");
    }
}

/// This process's share of memory (PSS) in kB, where the system tells.
fn in_use() -> Option<u64> {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
