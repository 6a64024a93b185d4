//! A reply of some kilobytes that unfolds to millions of values costs at most 50 MB.

use crate::process::{Serving, Upstream, packed};

/// Memory in kB that a reply of 30 kB may cost.
const MOST: u64 = 50 * 1024;

/// The most memory that the process takes which is answered so, in kB.
fn peak(body: &[u8]) -> u64 {
    let body = packed(body);
    let upstream = Upstream::start(move |_| body.clone());
    let serving = Serving::of(&upstream.url);
    upstream.wait(4);
    serving.taken().peak
}

fn many(first: &str, each: &str, last: &str, bytes: usize) -> Vec<u8> {
    let body = each.repeat(bytes / each.len());
    [first, &body, last].concat().into_bytes()
}

#[test]
#[ignore = "minutes of real processes: .ci/long"]
fn a_reply_of_thirty_kilobytes_costs_at_most_fifty_megabytes() {
    let base = peak(b"[]");
    // Some 30 kB on the wire each.
    let megabytes = 1 << 20;
    let nested = format!("{}{},", "[".repeat(100), "]".repeat(100));
    let keys: Vec<String> = (0..2_400_000).map(|n| format!("\"{n}\":0")).collect();
    let keys = keys.join(",");
    for (what, body) in [
        ("zeros", many("[", "0,", "0]", 31 * megabytes)),
        ("objects", many("[", "{},", "{}]", 31 * megabytes)),
        ("nested lists", many("[", &nested, "0]", 31 * megabytes)),
        ("one text", many("[\"", "a", "\"]", 31 * megabytes)),
        (
            "alerts without anything",
            many("[", "{\"labels\":{}},", "{}]", 31 * megabytes),
        ),
        ("members", format!("{{{keys}}}").into_bytes()),
        ("zeros, less", many("[", "0,", "0]", 4 * megabytes)),
        ("objects, less", many("[", "{},", "{}]", 4 * megabytes)),
    ] {
        let wire = packed(&body).len() / 1024;
        let cost = peak(&body).saturating_sub(base);
        println!(
            "memory: {what}: {wire} kB on the wire, {} MB unfolded, {} MB beside {} MB",
            body.len() >> 20,
            cost >> 10,
            base >> 10
        );
        assert!(wire > 100 || cost <= MOST, "{what}: {cost} kB");
    }
}
