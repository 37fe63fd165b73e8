//! What becomes of a text for the key that it stands under.

use crate::mask::member;

/// The one attribute by which spans are found, whatever it looks like.
const SESSION_ID: &str = "session.id";

/// What becomes of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Secrets are masked where one is seen in it.
    #[default]
    Looked,
    /// All of it is masked.
    Hidden,
    /// It stays as it is.
    Kept,
}

impl Rule {
    /// What becomes of texts under `key`.
    pub(crate) fn of(key: &str) -> Self {
        match key {
            SESSION_ID => Self::Kept,
            key if member::is_secret(key) => Self::Hidden,
            _ => Self::Looked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hide_by_their_end() {
        for key in [
            "password",
            "db.password",
            "http.request.header.authorization",
            "http.response.header.set-cookie",
            "OPENAI_API_KEY",
            "app.clientSecret",
            "access_token",
        ] {
            assert_eq!(Rule::of(key), Rule::Hidden, "{key}");
        }
        for key in [
            "",
            "model",
            "gen_ai.request.max_tokens",
            "gen_ai.token.type",
            "password.length",
            "authorization.scheme",
            "api_key_id",
        ] {
            assert_eq!(Rule::of(key), Rule::Looked, "{key}");
        }
        assert_eq!(Rule::of("session.id"), Rule::Kept);
    }
}
