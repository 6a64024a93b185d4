//! Every source against bodies of its upstream: small ones written by hand (`fixtures/upstreams`, picked up by folder),
//! and recorded ones where `LOOKOUT_REAL` names their folder.

#[path = "upstreams/fixtures.rs"]
mod fixtures;
#[path = "upstreams/poll.rs"]
mod poll;
#[path = "upstreams/recorded.rs"]
mod recorded;
#[path = "upstreams/stories.rs"]
mod stories;
