//! Cut the members of an object that is too long, each to its share of the room.
//!
//! Short members stay whole and what they leave is shared by the long ones, each
//! of which becomes a string: the beginning of its JSON and a marker. So the
//! object is JSON all the same, and no member hides those after it.

use agentops_spool::record::MAX_TEXT;

use crate::content::json::{Content, Json};

/// Room for a member besides its name and value: quotes, separators, the marker.
const OVERHEAD: usize = 96;

/// A member as it was written.
#[derive(Debug)]
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    /// What was kept of its JSON.
    pub(super) kept: &'a str,
    /// Bytes of its JSON, kept or not.
    pub(super) len: usize,
}

/// The object, in the room that content has.
pub(super) fn object(members: &[Member<'_>]) -> Json {
    let share = share(members);
    let mut out = Json::default();
    for member in members {
        out.push(if out.is_empty() { b"{" } else { b"," });
        out.value(Content::Json(&member.name));
        out.push(b":");
        if member.len <= share {
            out.push(member.kept.as_bytes());
        } else {
            let kept = beginning(member.kept, share);
            let of = member.len;
            let cut = format!("{kept} … [cut: {} of {of} bytes]", kept.len());
            out.value(Content::Json(&cut));
        }
    }
    out.push(b"}");
    out
}

/// Bytes that a member may have.
fn share(members: &[Member<'_>]) -> usize {
    let used = members.iter().map(|member| member.name.len() + OVERHEAD);
    let mut room = MAX_TEXT.saturating_sub(used.sum());
    let mut lens: Vec<usize> = members.iter().map(|member| member.len).collect();
    lens.sort_unstable();
    for (left, len) in (1..=lens.len()).rev().zip(lens) {
        if len > room / left {
            return room / left;
        }
        room -= len;
    }
    room
}

/// The longest beginning of `text` that takes at most `room` bytes as a JSON string.
fn beginning(text: &str, mut room: usize) -> &str {
    for (at, char) in text.char_indices() {
        let escaped = match char {
            '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
            '\0'..='\u{1f}' => 6,
            _ => char.len_utf8(),
        };
        if escaped > room {
            return &text[..at];
        }
        room -= escaped;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member<'a>(name: &'a str, json: &'a str) -> Member<'a> {
        Member {
            name,
            kept: json,
            len: json.len(),
        }
    }

    #[test]
    fn long_members_share_what_short_ones_leave() {
        let long = format!("{:?}", "\"€".repeat(MAX_TEXT));
        let list = format!("[{}1]", "1,".repeat(MAX_TEXT));
        let members = [
            member("a", "1"),
            member("long", &long),
            member("list", &list),
            member("z", "true"),
        ];
        let out = object(&members);
        assert!(
            out.len() <= MAX_TEXT && out.len() > MAX_TEXT - 1024,
            "{}",
            out.len()
        );
        let out: serde_json::Value = serde_json::from_str(out.text()).unwrap();
        assert_eq!((&out["a"], &out["z"]), (&1.into(), &true.into()));
        for (name, json) in [("long", &long), ("list", &list)] {
            let text = out[name].as_str().unwrap();
            let (kept, marker) = text.rsplit_once(" … ").unwrap();
            assert!(json.starts_with(kept));
            let told = format!("[cut: {} of {} bytes]", kept.len(), json.len());
            assert_eq!(marker, told);
        }
    }

    #[test]
    fn many_members_are_cut_until_they_fit() {
        let value = "1".repeat(10_000);
        let members: Vec<_> = (0..100).map(|_| member("n", &value)).collect();
        assert!(object(&members).len() <= MAX_TEXT);
    }

    #[test]
    fn a_beginning_is_measured_as_it_will_be_written() {
        assert_eq!(beginning("ab\"c", 4), "ab\"");
        assert_eq!(beginning("a\u{1}b", 6), "a");
        assert_eq!(beginning("€€", 5), "€");
    }
}
