//! Secrets do not survive masking, and everything else does.
//!
//! No secret stands in this file as a whole: they are made from patterns.
#![allow(clippy::unwrap_used, reason = "a fixture that fails fails its test")]

mod support;

use std::borrow::Cow;

use agentops_spool::mask::mask;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::deadline::in_time;

/// What stands in place of a secret.
const MASK: &str = "[masked]";

/// Patterns of secrets that are known by their shape.
const SHAPES: &[&str] = &[
    "sk-[A-Za-z0-9]{48}",
    "sk-proj-[A-Za-z0-9_-]{40,80}[0-9]",
    "sk-ant-api03-[A-Za-z0-9_-]{90}AA",
    "(AKIA|ASIA)[A-Z0-9]{16}",
    "AIza[A-Za-z0-9_-]{35}",
    "gh[oprsu]_[A-Za-z0-9]{36}",
    "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "glpat-[A-Za-z0-9_-]{19}[0-9]",
    "xox[baprs]-[0-9]{12}-[A-Za-z0-9]{24}",
    "[sr]k_live_[A-Za-z0-9]{24}",
    "hf_[A-Za-z0-9]{34}",
    "eyJ[A-Za-z0-9_-]{20}\\.eyJ[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]{43}",
    "-----BEGIN (RSA |EC |OPENSSH |ENCRYPTED |)PRIVATE KEY-----\n([A-Za-z0-9+/]{64}\n){1,4}",
];

/// Keys whose values are secrets.
const KEYS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "secret",
    "client_secret",
    "api_key",
    "apikey",
    "api-key",
    "token",
    "access_token",
    "refresh_token",
    "id_token",
    "auth_token",
    "authorization",
    "cookie",
    "set-cookie",
    "private_key",
    "credentials",
    "Password",
    "db_password",
    "OPENAI_API_KEY",
    "clientSecret",
    "x-api-key",
    "aws_secret_access_key",
];

/// Keys whose values are not.
const HARMLESS: &[&str] = &[
    "max_tokens",
    "prompt_tokens",
    "token_count",
    "tokens",
    "tokenizer",
    "password_length",
    "secretary",
    "author",
    "key",
    "name",
];

/// Pieces of which texts are made that are hard to get right.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\\\\\\"",
    "\\\\\\\\\\\\\\\"",
    "\n",
    "\\n",
    " ",
    ":",
    ": ",
    "=",
    ",",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "(",
    "Some(",
    "b\"",
    "-",
    "_",
    ".",
    "/",
    "@",
    "?",
    "&",
    "%20",
    "\u{1b}[0m",
    "\\u00e9",
    "é",
    "…",
    "1",
    "12",
    "x",
    "X",
    "abc",
    "password",
    "token",
    "api_key",
    "secret",
    "cookie",
    "max_tokens",
    "sk-",
    "hf_",
    "ghp_",
    "glpat-",
    "xoxb-",
    "eyJ",
    "AKIA",
    "AIza",
    "AKIAABCDEFGH12345678",
    "sk-abcdefgh123456",
    "abcdefghijklmnopqrstuvwxyz",
    "bearer ",
    "Bearer ",
    "basic ",
    "dXNlcjpwYXNz",
    "x-key: ",
    "TOKEN=",
    "?token=",
    "://",
    "://u:",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "[masked]",
    "masked]",
    "[mask",
    "\"password\": \"",
    "\\\"password\\\": \\\"",
    "\"token\": 1",
    "\"token\": [\"",
    "password: \"",
];

/// Lower-case words, some with a capital, with marks between them.
fn plain() -> impl Strategy<Value = String> {
    let word = prop_oneof![5 => "[a-z]{1,12}", 1 => "[A-Z][a-z]{1,12}", 1 => "[0-9]{1,4}"];
    let mark = select(vec![
        " ", ", ", ". ", "; ", ": ", "\n", " (", ") ", "! ", " - ",
    ]);
    vec((word, mark), 0..30).prop_map(|pairs| {
        let parts = pairs.into_iter().map(|(word, mark)| word + mark);
        parts.collect()
    })
}

fn shaped() -> impl Strategy<Value = String> {
    let patterns = SHAPES.iter().map(|pattern| {
        let strategy = proptest::string::string_regex(pattern).unwrap();
        strategy.boxed()
    });
    proptest::strategy::Union::new(patterns)
}

fn hard() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => select(PIECES).prop_map(str::to_owned), 1 => ".{0,4}"];
    vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// `text` as a text in JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

#[track_caller]
fn assert_masked(text: &str, expected: &str) {
    assert_eq!(mask(text), expected);
    assert_eq!(mask(expected), expected);
}

#[track_caller]
fn assert_kept(text: &str) {
    assert!(
        matches!(mask(text), Cow::Borrowed(kept) if kept == text),
        "{text}"
    );
}

proptest! {
    #[test]
    fn masking_twice_is_masking_once(text in hard()) {
        let once = mask(&text).into_owned();
        prop_assert_eq!(&mask(&once), &once);
    }

    #[test]
    fn any_text_is_masked_without_a_panic_and_grows_little(text in "\\PC*|(.|\n){0,80}") {
        let once = mask(&text).into_owned();
        let hits = once.matches(MASK).count();
        prop_assert!(once.len() <= text.len() + hits * (MASK.len() + 16));
        prop_assert_eq!(&mask(&once), &once);
    }

    #[test]
    fn a_text_of_five_bytes_holds_no_secret(text in "[pwdk:=/@?&'\"\\-x_ 1]{0,5}") {
        prop_assert!(matches!(mask(&text), Cow::Borrowed(_)), "{}", text);
    }

    #[test]
    fn a_secret_does_not_survive_anywhere(
        before in plain(),
        left in select(vec!["", " ", "\"", "=", "\\n", "\\\\n", "\\u2014", "/", "%3D", "_", "\u{1b}[31m"]),
        secret in shaped(),
        right in select(vec!["", " ", "\"", "\\n", "/", "&", ", "]),
        behind in plain(),
    ) {
        // Whatever takes no mark before it is tested with one in front all the same.
        let left = if left.is_empty() { " " } else { left };
        let text = format!("{before}{left}{secret}{right}{behind}");
        let masked = mask(&text);
        prop_assert!(masked.contains(MASK), "{}", masked);
        // Not even the half of it is left.
        for part in [&secret[..secret.len() / 2], &secret[secret.len() / 2..]] {
            prop_assert!(!masked.contains(part), "{}", masked);
        }
        prop_assert!(masked.starts_with(&before), "{}", masked);
        prop_assert_eq!(&mask(&masked), &masked);
    }

    #[test]
    fn a_secret_member_does_not_survive_at_any_level(
        key in select(KEYS),
        value in "[^\n]{12,30}",
        levels in 0..4,
        before in plain(),
    ) {
        let mut text = format!("{{{}: {}, \"n\": 1}}", quoted(key), quoted(&value));
        for _ in 0..levels {
            text = format!("{{\"text\": {}, \"n\": 2}}", quoted(&text));
        }
        let text = before + &text;
        let masked = mask(&text);
        let hole = quoted("hole");
        let mut expected = format!("{{{}: {}, \"n\": 1}}", quoted(key), hole);
        for _ in 0..levels {
            expected = format!("{{\"text\": {}, \"n\": 2}}", quoted(&expected));
        }
        prop_assert!(masked.ends_with(&expected.replace("hole", MASK)), "{}", masked);
    }

    #[test]
    fn plain_words_survive_unchanged(text in plain()) {
        prop_assert!(matches!(mask(&text), Cow::Borrowed(kept) if kept == text));
    }

    #[test]
    fn harmless_members_survive_unchanged(
        key in select(HARMLESS),
        value in prop_oneof!["[a-z ]{0,20}".prop_map(|text| quoted(&text)), "[0-9]{1,6}", "true|null"],
    ) {
        let text = format!("{{\"{key}\": {value}, \"n\": 1}}");
        prop_assert_eq!(&mask(&text), &text);
    }
}

#[test]
fn credentials_of_headers_are_masked() {
    assert_masked(
        "Authorization: Bearer abc123def456",
        "Authorization: Bearer [masked]",
    );
    assert_masked("bearer  a.b.c-1~2+/= end", "bearer  [masked] end");
    assert_masked(
        "curl -H 'Authorization: Basic dXNlcjpwYXNz'",
        "curl -H 'Authorization: Basic [masked]'",
    );
    assert_masked("Bearer Bearer abc123def456", "Bearer Bearer [masked]");
    assert_masked("x-api-key: hunter2\n", "x-api-key: [masked]\n");
}

#[test]
fn words_behind_the_names_of_schemes_are_kept() {
    for text in [
        "Basic understanding of bearer tokens, Basic OpenTelemetry, basic auth.",
        "The bearer of this letter. Bearer authentication: see RFC.",
        "task-management-of-the-whole-department and a disk-based-approach",
        "sk-learn has a classifier; highs_and_lows_of_the_market",
    ] {
        assert_kept(text);
    }
}

#[test]
fn passwords_of_urls_are_masked_and_the_rest_is_kept() {
    assert_masked(
        "postgres://app:hunter2@db:5432/main",
        "postgres://app:[masked]@db:5432/main",
    );
    assert_masked("redis://:p@ss@host", "redis://:[masked]@host");
    assert_masked(
        "(see amqp://u:p[1]@h/v, then)",
        "(see amqp://u:[masked]@h/v, then)",
    );
    assert_masked(
        "GET /?access_token=abc&n=1",
        "GET /?access_token=[masked]&n=1",
    );
    for text in [
        "http://localhost:8080/a@b",
        "https://user@host/",
        "mailto:me@example.com",
        "a://b:c",
    ] {
        assert_kept(text);
    }
}

#[test]
fn environment_variables_are_masked() {
    assert_masked(
        "DB_PASSWORD=hunter2\nPORT=80",
        "DB_PASSWORD=[masked]\nPORT=80",
    );
    assert_masked("export API_KEY=a1b2; run", "export API_KEY=[masked]; run");
    assert_kept("MAX_TOKENS=500 API_KEY=$KEY");
}

#[test]
fn a_private_key_is_masked_to_its_end_or_to_the_end_of_all() {
    let begin = ["-----BEGIN RSA ", "PRIVATE KEY-----"].concat();
    let end = ["-----END RSA ", "PRIVATE KEY-----"].concat();
    let whole = format!("key:\n{begin}\nMIIE\nabc=\n{end}\nnext line");
    assert_masked(&whole, "key:\n[masked]\nnext line");
    let in_json = format!(r#"{{"pem": "{begin}\nMIIE\n{end}\n", "n": 1}}"#);
    assert_masked(&in_json, r#"{"pem": "[masked]\n", "n": 1}"#);
    assert_masked(&format!("key: {begin}\nMIIEabc"), "key: [masked]");
    assert_kept("-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----");
}

#[test]
fn members_that_are_no_texts_are_masked_where_they_can_be_secrets() {
    assert_masked(r#"{"pwd": 1234, "n": 1}"#, r#"{"pwd": "[masked]", "n": 1}"#);
    assert_masked(r#"{\"pwd\": -1.5e3}"#, r#"{\"pwd\": \"[masked]\"}"#);
    assert_masked(
        r#"{"set-cookie": ["a=b", "c=d" , "e\"f"], "n": ["g"]}"#,
        r#"{"set-cookie": ["[masked]", "[masked]" , "[masked]"], "n": ["g"]}"#,
    );
    for text in [
        r#"{"token": null, "secret": true, "password": {"type": "string"}, "cookie": ""}"#,
        r#"{"required": ["password", "name"], "format": "password", "n": 1}"#,
        "password: 1234",
    ] {
        assert_kept(text);
    }
}

#[test]
fn members_of_other_notations_are_masked() {
    assert_masked(
        r#"User { name: "ann", password: "hunter\"2", n: 1 }"#,
        r#"User { name: "ann", password: "[masked]", n: 1 }"#,
    );
    assert_masked(
        r#"api_key: Some("x"), n: None"#,
        r#"api_key: Some("[masked]"), n: None"#,
    );
    assert_masked(
        r#"Object {"token": String("x")}"#,
        r#"Object {"token": String("[masked]")}"#,
    );
    assert_masked(
        "{'password': 'x', 'n': 'y'}",
        "{'password': '[masked]', 'n': 'y'}",
    );
    assert_masked("api_key = \"x\"\nn = 1", "api_key = \"[masked]\"\nn = 1");
}

#[test]
fn a_value_that_was_cut_is_masked_to_the_end() {
    assert_masked(
        r#"{"n": 1, "password": "hunt"#,
        r#"{"n": 1, "password": "[masked]"#,
    );
    assert_masked(
        r#"{"t": "{\"password\": \"hunt", "n": 1}"#,
        r#"{"t": "{\"password\": \"[masked]", "n": 1}"#,
    );
    assert_masked("password: \"hunt\nnext: 1", "password: \"[masked]\nnext: 1");
}

#[test]
fn time_grows_with_the_length_of_the_text_only() {
    for piece in [
        "sk-",
        "xsk-",
        "a",
        "eyJ",
        "eyJaaaaaa.",
        "bearer ",
        "bearerbearer",
        "bearer a",
        "basic ",
        "://a:",
        "://a:b@",
        "@",
        "\"password\": \"",
        "password: \"\\",
        "\"token\": [\"\", ",
        "password    ",
        "hf_",
        "-----BEGIN PRIVATE KEY-----",
        "\\",
        "?token",
        "x-key-",
        "x-key: ",
        "[masked]",
        "AKIA",
        "Some(",
    ] {
        in_time(move || {
            let text = piece.repeat(256 * 1024 / piece.len());
            let masked = mask(&text);
            assert_eq!(mask(&masked), masked, "{piece}");
        });
    }
}
