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
    /// Takes the next piece; `null` says nothing.
    pub(crate) fn add(&mut self, piece: &Json) {
        if says_nothing(piece) {
            return;
        }
        if let Some(inside) = inside(piece) {
            let all = self.text.get_or_insert_default();
            all.push(if all.is_empty() { b"\"" } else { b"" });
            all.push(inside.as_bytes());
        } else {
            let all = self.others.get_or_insert_default();
            all.push(if all.is_empty() { b"[" } else { b"," });
            all.append(piece);
        }
    }

    /// All of it as messages of this role, the text first; none where nothing was said.
    pub(crate) fn finish(self, role: &str) -> Option<Json> {
        let text = self.text.map(|mut text| {
            text.push(b"\"");
            text
        });
        let Some(others) = self.others else {
            return text.map(|text| from(role, &text));
        };
        let mut all = Json::default();
        all.push(b"[");
        if let Some(text) = text {
            all.append(&text);
            all.push(b",");
        }
        all.push(others.text().get(1..).unwrap_or_default().as_bytes());
        all.push(b"]");
        Some(all)
    }
}

/// Whether a value is none.
pub(crate) fn says_nothing(said: &Json) -> bool {
    said.text() == "null"
}

/// What is between the quotes of a text; of one that was cut, as far as it goes.
fn inside(piece: &Json) -> Option<&str> {
    let text = piece.text().strip_prefix('"')?;
    match piece.len() == piece.kept_len() {
        true => text.strip_suffix('"'),
        // A character that is written by several may be cut in two.
        false => Some(match text.rfind('\\') {
            Some(at) if text.len() - at < "\\u0000".len() => text[..at].trim_end_matches('\\'),
            _ => text,
        }),
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
    fn pieces_that_say_nothing_or_too_much_leave_the_rest() {
        let mut pieces = Pieces::default();
        let long = "x".repeat(agentops_spool::record::MAX_TEXT);
        pieces.add(&Json::of(Content::Json(&Some("Hel"))));
        pieces.add(&Json::of(Content::Json(&Some("lo "))));
        pieces.add(&Json::of(Content::Json(&None::<&str>)));
        pieces.add(&Json::of(Content::Json(&long)));
        let messages = pieces.finish("assistant").unwrap();
        assert!(
            messages.text().starts_with(
                r#"[{"role":"assistant","parts":[{"type":"text","content":"Hello xxx"#
            ),
            "{}",
            &messages.text()[..100]
        );
    }

    #[test]
    fn texts_stand_before_what_is_no_text() {
        let mut pieces = Pieces::default();
        pieces.add(&Json::of(Content::Json(&[1, 2])));
        pieces.add(&Json::of(Content::Json(&"a")));
        assert_eq!(pieces.finish("assistant").unwrap().text(), r#"["a",[1,2]]"#);
    }

    #[test]
    fn messages_stay_what_they_are() {
        let messages = from("user", &Json::of(Content::Json(&[("role", "system")])));
        assert_eq!(messages.text(), r#"[["role","system"]]"#);
    }
}
