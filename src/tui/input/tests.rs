use super::*;

fn keys(inputs: &[Input]) -> String {
    let name = |input: &Input| match input {
        Input::Key(key) => key.to_string(),
        Input::Paste(text) => format!("paste({text})"),
        Input::Focus(on) => format!("focus({on})"),
        Input::Cursor(x, y) => format!("cursor({x},{y})"),
    };
    inputs.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// Every way of tearing the bytes in two, far apart in time, but not within the lone ESC's pause.
fn torn(bytes: &[u8], pause: u64) -> Vec<String> {
    (1..=bytes.len())
        .map(|at| {
            let mut decoder = Decoder::new(LOCAL_MS);
            let (a, b) = bytes.split_at(at);
            let mut out = decoder.feed(a, 0);
            out.extend(decoder.feed(b, pause));
            out.extend(decoder.wait(100_000));
            keys(&out)
        })
        .collect()
}

#[test]
fn a_sequence_torn_anywhere_is_one_key() {
    let cases: &[(&[u8], &str)] = &[
        (b"\x1b[A", "Up"),
        (b"\x1bOB", "Down"),
        (b"\x1b[5~", "PageUp"),
        (b"\x1b[15~", "F5"),
        (b"\x1b[[A", "F1"),
        (b"\x1bOQ", "F2"),
        (b"\x1b[Z", "Shift-Tab"),
        (b"\x1bOM", "Enter"),
        (b"\x1b[200~a\x1b[Ab\x1b[201~", "paste(a[Ab)"),
        (b"\x1b[I", "focus(true)"),
        (b"\x1b[3;9R", "cursor(8,2)"),
        (b"\x1b[?62;22c", ""),
        (b"\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\", ""),
        (b"\x1bP1+r544e\x1b\\", ""),
        ("火".as_bytes(), "火"),
        (b"\x10", "Ctrl-P"),
    ];
    for (bytes, want) in cases {
        for got in torn(bytes, 20) {
            assert_eq!(got, *want, "{bytes:?}");
        }
    }
}

#[test]
fn after_the_bracket_the_final_byte_is_waited_for_however_long() {
    let mut decoder = Decoder::new(LOCAL_MS);
    assert_eq!(keys(&decoder.feed(b"\x1b[", 0)), "");
    assert_eq!(decoder.deadline(), None);
    assert_eq!(keys(&decoder.wait(60_000)), "");
    assert_eq!(keys(&decoder.feed(b"A", 60_000)), "Up");
}

#[test]
fn a_lone_esc_is_the_key_after_its_pause_and_not_before() {
    let mut decoder = Decoder::new(LOCAL_MS);
    assert_eq!(keys(&decoder.feed(b"\x1b", 1000)), "");
    assert_eq!(decoder.deadline(), Some(1050));
    assert_eq!(keys(&decoder.wait(1049)), "");
    assert_eq!(keys(&decoder.wait(1050)), "Esc");
    assert_eq!(decoder.deadline(), None);
    assert_eq!(keys(&decoder.feed(b"\x1b\x1b", 2000)), "Esc");
    assert_eq!(keys(&decoder.wait(2050)), "Esc");
}

#[test]
fn an_esc_followed_late_by_a_key_is_esc_and_the_key() {
    let mut decoder = Decoder::new(LOCAL_MS);
    decoder.feed(b"\x1b", 0);
    assert_eq!(keys(&decoder.feed(b"j", 60)), "Esc j");
}

#[test]
fn a_burst_is_no_typing_and_a_held_key_is() {
    let mut decoder = Decoder::new(LOCAL_MS);
    assert_eq!(keys(&decoder.feed(b"rm -a\rz", 0)), "paste(rm -az)");
    assert_eq!(keys(&decoder.feed(b"q", 4)), "paste(q)");
    assert_eq!(keys(&decoder.feed(b"q", 40)), "q");
    assert_eq!(keys(&decoder.feed(b"jjjjjj", 80)), "j j j j j j");
    assert_eq!(keys(&decoder.feed("已到现场".as_bytes(), 120)), "paste(已到现场)");
}

#[test]
fn nothing_that_arrives_stops_the_reader() {
    let mut decoder = Decoder::new(LOCAL_MS);
    for chunk in [
        &b"\xff\xfe\x80"[..],
        b"\x1b[1;\x07",
        b"\xe7\x81",
        b"\x1b]0;never ended",
        b"\x07",
        &[0; 10],
    ] {
        decoder.feed(chunk, 0);
    }
    let endless = vec![b';'; 200_000];
    decoder.feed(b"\x1b[", 0);
    decoder.feed(&endless, 0);
    decoder.feed(b"\x1b[200~", 0);
    let paste = vec![b'x'; 200_000];
    decoder.feed(&paste, 0);
    decoder.feed(b"\x1b[201~", 0);
    assert_eq!(keys(&decoder.feed(b"\x1b[B", 1000)), "Down");
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived_and_tearing_them_makes_no_key_act_that_was_not_there(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)
    ) {
        let mut decoder = Decoder::new(LOCAL_MS);
        for (at, byte) in bytes.iter().enumerate() {
            decoder.feed(&[*byte], at as u64 * 100);
        }
    }
}

#[test]
fn an_arrow_torn_by_a_slow_line_is_one_key_where_the_environment_says_so() {
    let torn = |set: &'static [(&str, &str)]| {
        let get = |name: &str| set.iter().find(|row| row.0 == name).map(|row| row.1.to_owned());
        let mut decoder = Decoder::new(pause_of_env(&get));
        let mut out = decoder.feed(b"\x1b", 0);
        out.extend(decoder.feed(b"[B", 70));
        keys(&out)
    };
    assert_eq!(torn(&[("SSH_CONNECTION", "10.0.0.2 5022 10.0.0.1 22")]), "Down");
    assert_eq!(torn(&[("SSH_TTY", "/dev/pts/3")]), "Down");
    for local in [&[][..], &[("SSH_CONNECTION", ""), ("SSH_TTY", "")]] {
        assert_eq!(torn(local), "Esc [ B");
    }
}
