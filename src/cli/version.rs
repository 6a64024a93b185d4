//! `lookout --version`: what it is and what it was built for, as far as the compiler knows it.

/// One line: `lookout 0.1.0 (x86_64 linux, release)`.
pub fn text() -> String {
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
    let version = env!("CARGO_PKG_VERSION");
    // Whoever builds a release may name the commit; nothing is guessed where it is not named.
    let commit = option_env!("LOOKOUT_COMMIT").map(|commit| format!(", {commit}"));
    let commit = commit.unwrap_or_default();
    format!("lookout {version} ({arch} {os}, {profile}{commit})")
}
