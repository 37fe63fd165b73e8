//! Secrets that are known by what they look like, wherever they stand.
//!
//! To add one: its first group is the secret; it takes no `[` and no `]`, takes
//! all of the word, and looks at nothing that follows. Patterns are without
//! Unicode tables, so character classes are spelled out.

use regex::Regex;

use crate::fork::PerProcess;
use crate::mask::hit::{Hit, MASK};

/// A kind of secret.
struct Shape {
    /// What it is.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "for who reads the table, and for messages of tests"
        )
    )]
    name: &'static str,
    /// Its first group is the secret.
    pattern: &'static str,
    /// Tells a secret from words that are written like one. What is true of a
    /// text must be true of every longer one.
    is_secret: fn(&str) -> bool,
    /// Where to go on if it is none.
    otherwise: GoOn,
}

/// Where the search goes on behind something that is no secret after all.
#[derive(Clone, Copy)]
enum GoOn {
    /// Behind it: no part of it is a secret if all of it is none.
    Behind,
    /// At it, behind the word that announced it: it may end in such a word itself.
    Within,
}

/// What may stand before a word: no letter or digit, but for those of an escape.
macro_rules! word {
    ($pattern:literal) => {
        concat!(
            r"(?:(?-u:\b)|_|\\[0abefnrtv]|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}|\[[0-9;]*m)",
            $pattern
        )
    };
}

/// A private key in PEM, to its end, or as much of one as there is.
macro_rules! pem {
    ($label:literal, $body:literal) => {
        concat!(
            "(-----BEGIN ",
            $label,
            "-----(?:",
            $body,
            "*?-----END ",
            $label,
            "-----|",
            $body,
            "*))"
        )
    };
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "private key",
        pattern: pem!(
            "[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?",
            r"[A-Za-z0-9_+/=\\,:;.() \t\r\n-]"
        ),
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "JSON Web Token",
        pattern: r"(eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*)",
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "key of OpenAI, Anthropic and their like",
        pattern: word!("(sk-[A-Za-z0-9_-]{10,})"),
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "access key id of AWS",
        pattern: "((?:AKIA|ASIA)[A-Z0-9]{16}[A-Za-z0-9_-]*)",
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "API key of Google",
        pattern: "(AIza[A-Za-z0-9_-]{30,})",
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "token of GitHub",
        pattern: "((?:gh[oprsu]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20})[A-Za-z0-9_-]*)",
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "token of GitLab",
        pattern: r"(glpat-[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]+)*)",
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "token of Slack",
        pattern: "(xox[abeoprs]-[A-Za-z0-9_-]{10,})",
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "key of Stripe",
        pattern: "([rs]k_(?:live|test)_[A-Za-z0-9_-]{10,})",
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "token of Hugging Face",
        pattern: "(hf_[A-Za-z0-9]{20}[A-Za-z0-9_-]*)",
        is_secret: looks_random,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "bearer token",
        pattern: r"(?i-u:bearer)[ \t]+([A-Za-z0-9._~+/-]+=*)",
        is_secret: |token| token.len() >= 8 && looks_random_within(token),
        otherwise: GoOn::Within,
    },
    Shape {
        name: "user and password in base64",
        pattern: r"(?i-u:basic)[ \t]+([A-Za-z0-9_+/-]+=*)",
        is_secret: is_user_and_password,
        otherwise: GoOn::Within,
    },
    Shape {
        name: "header that holds a key",
        pattern: r"(?i-u:x-[a-z-]{0,20}(?:key|token|secret):)[ \t]*([A-Za-z0-9._~+/=-]+)",
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "environment variable",
        pattern: concat!(
            "(?:PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS|(?:API|ACCESS|PRIVATE|SECRET)_?KEY)=",
            r#"([^ \t\r\n"'`\\,;&$<>()\[\]{}]+)"#
        ),
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "parameter of a URL",
        pattern: concat!(
            "[?&](?i-u:[a-z0-9_.-]*(?:password|secret|token|api[_-]?key|access[_-]?key))=",
            r#"([^ \t\r\n"'`\\,;&#<>()\[\]{}]+)"#
        ),
        is_secret: always,
        otherwise: GoOn::Behind,
    },
    Shape {
        name: "password in a URL",
        pattern: r#"://[^ \t\r\n"'\\/?#@:<>]*:([^ \t\r\n"'\\/?#<>]+)@"#,
        is_secret: |password| password != MASK,
        otherwise: GoOn::Behind,
    },
];

/// A shape that can be searched for.
pub(super) struct Search {
    regex: Regex,
    shape: &'static Shape,
}

static SEARCHES: PerProcess<Vec<Search>> = PerProcess::new(|| {
    // That each pattern is one is tested; a wrong one must not end the program.
    let search = |shape: &'static Shape| {
        Some(Search {
            regex: Regex::new(shape.pattern).ok()?,
            shape,
        })
    };
    SHAPES.iter().filter_map(search).collect()
});

/// What finds them.
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|shape| shape.pattern)
}

/// All shapes, in the order in which they are masked.
pub(super) fn all() -> &'static [Search] {
    &SEARCHES
}

impl Search {
    /// The secrets of this shape in `text`.
    ///
    /// Most patterns begin with a literal, which is looked for first: a text
    /// without secrets costs little.
    pub(super) fn hits<'t>(&self, text: &'t str) -> Vec<Hit<'t>> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(found) = self.regex.captures_at(text, at) {
            let [Some(all), Some(secret)] = [found.get(0), found.get(1)] else {
                break;
            };
            at = all.end();
            if (self.shape.is_secret)(secret.as_str()) {
                hits.push(Hit {
                    range: secret.range(),
                    quote: "",
                });
            } else if let GoOn::Within = self.shape.otherwise {
                at = secret.start();
            }
        }
        hits
    }
}

fn always(_: &str) -> bool {
    true
}

/// Whether it has digits or capitals, or is longer than any word.
fn looks_random(token: &str) -> bool {
    let is_telling = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    token.bytes().any(is_telling) || is_longer_than_words(token)
}

/// As [`looks_random`], but one capital in front, as names have it, tells nothing.
fn looks_random_within(token: &str) -> bool {
    let has_digit = token.bytes().any(|byte| byte.is_ascii_digit());
    let has_capitals = token.bytes().filter(u8::is_ascii_uppercase).count() >= 3;
    has_digit || has_capitals || is_longer_than_words(token)
}

fn is_longer_than_words(token: &str) -> bool {
    let mut runs = token.split(|letter: char| !letter.is_ascii_alphanumeric());
    runs.any(|run| run.len() >= 24)
}

/// Whether base64 of `user:password`, or at least of something that is no word.
fn is_user_and_password(token: &str) -> bool {
    let is_random = |token: &str| {
        let is_padded = token.len() >= 4 && token.ends_with('=');
        is_padded || token.len() >= 16 && looks_random_within(token)
    };
    let mut bits = 0_u32;
    for (n, letter) in token.bytes().enumerate() {
        let Some(value) = base64_value(letter) else {
            break;
        };
        bits = bits << 6 | u32::from(value);
        // Each letter but the first of four completes a byte.
        if n % 4 == 0 {
            continue;
        }
        let byte = (bits >> (6 - 2 * (n % 4))).to_le_bytes()[0];
        match byte {
            // Any word that begins with `Op` would be a password without a user.
            b':' => return n > 1 || is_random(token),
            b' '..=b'~' => {}
            _ => break,
        }
    }
    is_random(token)
}

fn base64_value(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one_and_has_a_secret_in_it() {
        for shape in SHAPES {
            let regex = Regex::new(shape.pattern).unwrap_or_else(|e| panic!("{}: {e}", shape.name));
            assert_eq!(regex.captures_len(), 2, "{}", shape.name);
        }
    }

    #[test]
    fn words_are_no_credentials() {
        for word in [
            "authentication",
            "OpenTelemetry",
            "understanding",
            "Auth",
            "a",
        ] {
            assert!(
                !is_user_and_password(word) && !looks_random_within(word),
                "{word}"
            );
        }
        for secret in ["dXNlcjpwYXNz", "OnA=", "dTpw", "YTo=", "w7xzZXI6cA=="] {
            assert!(is_user_and_password(secret), "{secret}");
        }
    }
}
