//! Messages of a conversation, in the form of the conventions for generative AI.
//!
//! <https://opentelemetry.io/docs/specs/semconv/gen-ai/>: a list of `{"role", "parts"}`.

use crate::content::json::Json;

/// One message of this role if `said` is a text; what is more than that is left as it is.
pub(crate) fn from(role: &str, said: &Json) -> Json {
    if !said.text().starts_with('"') {
        return said.clone();
    }
    let mut json = Json::default();
    json.push(format!(r#"[{{"role":"{role}","parts":[{{"type":"text","content":"#).as_bytes());
    json.append(said);
    json.push(b"}]}]");
    json
}

/// What a model said piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// Texts, as the inside of one JSON string.
    text: Option<Json>,
    /// What is no text, as the inside of a JSON array.
    others: Option<Json>,
}

impl Pieces {
    /// Takes the next piece.
    pub(crate) fn add(&mut self, piece: &Json) {
        let text = piece.text();
        let inside = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        if let Some(inside) = inside {
            let all = self.text.get_or_insert_default();
            all.push(if all.is_empty() { b"\"" } else { b"" });
            all.push(inside.as_bytes());
        } else {
            let all = self.others.get_or_insert_default();
            all.push(if all.is_empty() { b"[" } else { b"," });
            all.append(piece);
        }
    }

    /// All of it as messages of this role; none where nothing was said.
    pub(crate) fn finish(self, role: &str) -> Option<Json> {
        if let Some(mut others) = self.others {
            others.push(b"]");
            return Some(others);
        }
        let mut text = self.text?;
        text.push(b"\"");
        Some(from(role, &text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::json::Content;

    #[test]
    fn a_text_is_one_message() {
        let messages = from("user", &Json::of(Content::Json(&"6 * 7?")));
        assert_eq!(
            messages.text(),
            r#"[{"role":"user","parts":[{"type":"text","content":"6 * 7?"}]}]"#
        );
    }

    #[test]
    fn pieces_of_text_are_joined() {
        let mut pieces = Pieces::default();
        for piece in ["6 * ", "7\n?"] {
            pieces.add(&Json::of(Content::Json(&piece)));
        }
        assert_eq!(
            pieces.finish("assistant").unwrap().text(),
            r#"[{"role":"assistant","parts":[{"type":"text","content":"6 * 7\n?"}]}]"#
        );
        assert!(Pieces::default().finish("assistant").is_none());
    }

    #[test]
    fn messages_stay_what_they_are() {
        let messages = from("user", &Json::of(Content::Json(&[("role", "system")])));
        assert_eq!(messages.text(), r#"[["role","system"]]"#);
    }
}
