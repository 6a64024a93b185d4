//! The most memory this process has held, as Linux tells it; elsewhere nobody is asked.

/// The peak of the resident set, MiB.
pub(super) fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let row = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = row.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes / 1024)
}
