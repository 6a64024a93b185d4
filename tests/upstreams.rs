//! Every source against bodies of its upstream: small ones written by hand (`fixtures/upstreams`, picked up by folder),
//! and recorded ones where `LOOKOUT_REAL` names their folder.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test says why by failing, and prints what it counted"
)]

#[path = "upstreams/fixtures.rs"]
mod fixtures;
#[path = "upstreams/poll.rs"]
mod poll;
#[path = "upstreams/recorded.rs"]
mod recorded;
#[path = "upstreams/stories.rs"]
mod stories;
