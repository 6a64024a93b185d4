//! The `lookout` binary: parse, run, exit code; everything else is in the library.

fn main() {}
