//! Secrets that are looked for wherever nobody may find them.

use crate::drills::random::scatter;

/// What kinds of secrets there are: by their shape, then by their key.
pub const KINDS: u64 = 20;

/// What ways into the product they take.
pub const CHANNELS: [&str; 10] = [
    "argument",
    "argument by Debug",
    "member of an argument",
    "result",
    "error",
    "prompt",
    "completion",
    "input of a builder",
    "attribute",
    "baggage",
];

/// A secret of its own for each way and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canary {
    /// Index into [`CHANNELS`].
    pub channel: usize,
    /// Below [`KINDS`].
    pub kind: u64,
}

impl Canary {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |channel| (0..KINDS).map(move |kind| Self { channel, kind });
        (0..CHANNELS.len()).flat_map(of)
    }

    /// Those of a way.
    pub fn of(channel: &str) -> impl Iterator<Item = Self> {
        Self::all().filter(move |canary| CHANNELS[canary.channel] == channel)
    }

    /// What is looked for: a word that nothing else holds.
    pub fn needle(self) -> String {
        let number = self.channel as u64 * KINDS + self.kind;
        let word = format!("{:016X}", scatter(number ^ 0xca9a_4700));
        match self.kind {
            // `user:` and the word, as base64 has it: three letters make four.
            9 => base64(format!("usr{word}").as_bytes())[4..24].to_owned(),
            _ => word,
        }
    }

    /// A text with the secret in it, as programs have such.
    pub fn text(self) -> String {
        let word = self.needle();
        match self.kind {
            0 => format!("with sk-ant-api03-{word} it works"),
            1 => format!("with sk-proj-{word} it works"),
            2 => format!("AKIA{word}"),
            3 => format!("AIza{word}{word}"),
            4 => format!("ghp_{word}{word}"),
            5 => format!("glpat-{word}"),
            6 => format!("xoxb-{word}"),
            7 => format!("sk_live_{word}"),
            8 => format!("Authorization: Bearer {word}"),
            9 => {
                let number = self.channel as u64 * KINDS + self.kind;
                let word = format!("{:016X}", scatter(number ^ 0xca9a_4700));
                let pair = base64(format!("usr{word}:x{word}").as_bytes());
                format!("Authorization: Basic {pair}")
            }
            10 => format!("eyJhbGciOi.eyJzdWIi{word}.{word}"),
            11 => format!("-----BEGIN RSA PRIVATE KEY-----\n{word}\n-----END RSA PRIVATE KEY-----"),
            12 => format!("postgres://app:{word}@db/main"),
            13 => format!("OPENAI_API_KEY={word}"),
            14 => format!("https://example.com/v1?access_token={word}"),
            15 => format!("x-api-key: {word}"),
            16 => format!(r#"{{"db_password": "{word}"}}"#),
            17 => format!("Login {{ client_secret: \"{word}\" }}"),
            18 => format!("{{'cookie': '{word}'}}"),
            _ => format!(r#"api_key = "{word}""#),
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let mut word = [0; 4];
        word[1..=three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes(word);
        for place in 0..4 {
            let value = (bits >> (18 - 6 * place)) & 63;
            match place <= three.len() {
                true => out.push(char::from(LETTERS[value as usize])),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_canary_holds_a_word_of_its_own() {
        let needles: HashSet<_> = Canary::all().map(Canary::needle).collect();
        assert_eq!(needles.len(), 200);
        for canary in Canary::all() {
            assert!(canary.text().contains(&canary.needle()), "{canary:?}");
        }
        assert_eq!(base64(b"user:pass"), "dXNlcjpwYXNz");
        assert_eq!(base64(b"a:"), "YTo=");
    }
}
