//! What is said about an option that the attribute does not have.
//!
//! The surest answer comes first: a name that is known from elsewhere, an option of
//! another attribute, a misspelt option of this one, one of another; at last the list.

use crate::options::Family;
use crate::suggest;

/// The attribute that says which session a span is in.
const SESSION_ID: &str = "session.id";

/// Names used elsewhere for options of every attribute, each with what is written here.
const RENAMED: &[(&str, &str)] = &[
    ("attributes", "fields(..)"),
    ("follows_from", "links = .."),
    ("skip_args", "skip(..)"),
    ("skip_all", "content = false"),
    ("span_name", "name = \"..\""),
];

/// Names used elsewhere for what is no option here, each with why and what is written.
const ABSENT: &[(&str, &str)] = &[
    (
        "agent_id",
        "it is an attribute of the span; write `fields(gen_ai.agent.id = ..)`",
    ),
    ("args_all", CAPTURED),
    ("capture_args", CAPTURED),
    (
        "instrument",
        "the attribute alone makes the span; remove it",
    ),
    ("level", "spans have no level; remove it"),
    (
        "session",
        "a span is in the session of its caller; put `#[agentops::session]` on the function that begins it",
    ),
    ("skip_self", "the receiver is never captured; remove it"),
    (
        "target",
        "the scope of a span is its module's path; call the span otherwise by `name = \"..\"`",
    ),
    (
        "timeout",
        "a span ends with its function; limit the call itself, for instance by `tokio::time::timeout`, and a future dropped by that is recorded as cancelled",
    ),
];

const CAPTURED: &str = "arguments are captured unasked; remove it, or leave some out by `skip(..)`";

/// How many options are listed.
const MAX_LISTED: usize = 10;

/// Says what was probably meant by this word.
pub(super) fn message(word: &str, family: &Family, families: &[&Family]) -> String {
    let attribute = family.attribute;
    if let Some(written) = written(word, family.renamed.iter().chain(RENAMED)) {
        let here = option_of(written);
        return format!(
            "`{word}` is called `{here}` in `#[agentops::{attribute}]`; write `{written}`"
        );
    }
    if let Some(owners) = Owners::of(word, families) {
        return format!(
            "`{word}` is an option of {}, not of `{attribute}`; {}",
            owners.listed(),
            owners.way_out(word)
        );
    }
    if let Some(why) = written(word, ABSENT) {
        return format!("no `{word}` in `#[agentops::{attribute}]`; {why}");
    }
    let unknown = format!("unknown option `{word}` of `#[agentops::{attribute}]`");
    if let Some(meant) = suggest::nearest(word, names(family)) {
        return format!("{unknown}; did you mean `{meant}`?");
    }
    if let Some((meant, owners)) = elsewhere(word, families) {
        return format!(
            "{unknown}; it looks like `{meant}`, an option of {}; {}",
            owners.listed(),
            owners.way_out(meant)
        );
    }
    format!("{unknown}; options are {}", list(family))
}

/// What a table has for a word.
fn written<'a>(
    word: &str,
    table: impl IntoIterator<Item = &'a (&'a str, &'a str)>,
) -> Option<&'a str> {
    let mut table = table.into_iter();
    table.find(|(name, _)| *name == word).map(|(_, then)| *then)
}

/// The attributes that have an option.
struct Owners<'a> {
    /// The first of them.
    first: &'a Family,
    /// The others.
    others: Vec<&'a Family>,
}

impl<'a> Owners<'a> {
    fn of(option: &str, families: &[&'a Family]) -> Option<Self> {
        let has_it = |family: &&Family| family.key(option).is_some();
        let mut owners = families.iter().copied().filter(has_it);
        Some(Self {
            first: owners.next()?,
            others: owners.collect(),
        })
    }

    /// `#[agentops::a]`, or `a`, `b` and `c`.
    fn listed(&self) -> String {
        let first = self.first.attribute;
        let Some((last, between)) = self.others.split_last() else {
            return format!("`#[agentops::{first}]`");
        };
        let between = between
            .iter()
            .map(|owner| format!(", `{}`", owner.attribute));
        let between: String = between.collect();
        format!("`{first}`{between} and `{}`", last.attribute)
    }

    /// What to write where the option was given to another attribute.
    fn way_out(&self, option: &str) -> String {
        if !self.others.is_empty() {
            return "remove it, or annotate the function with one of these".to_owned();
        }
        match written_by(option, self.first) {
            Some(key) => format!("move it there, or write `fields({key} = ..)`"),
            None => "move it there, or remove it".to_owned(),
        }
    }
}

/// The attribute key that an option sets and that another span may have; none where there is none.
fn written_by(option: &str, owner: &Family) -> Option<&'static str> {
    // The id of a session is on each of its spans already, and no other; those of
    // agentops are reserved.
    let mut free = owner
        .owned
        .iter()
        .filter(|(key, _)| *key != SESSION_ID && !key.starts_with("agentops."));
    free.find(|(_, written)| option_of(written) == option)
        .map(|(key, _)| *key)
}

/// The option of some attribute that is meant by a word: misspelt, or called otherwise there.
fn elsewhere<'a>(word: &str, families: &[&'a Family]) -> Option<(&'a str, Owners<'a>)> {
    let renamed = families
        .iter()
        .find_map(|family| written(word, family.renamed));
    let meant = match renamed {
        Some(written) => option_of(written),
        None => suggest::nearest(word, families.iter().flat_map(|family| names(family)))?,
    };
    Some((meant, Owners::of(meant, families)?))
}

/// The option in what is to be written.
fn option_of(written: &str) -> &str {
    let end = written.find([' ', '(']).unwrap_or(written.len());
    &written[..end]
}

fn list(family: &Family) -> String {
    let mut listed: Vec<_> = names(family)
        .take(MAX_LISTED)
        .map(|name| format!("`{name}`"))
        .collect();
    if family.options().count() > MAX_LISTED {
        listed.push("..".to_owned());
    }
    listed.join(", ")
}

fn names(family: &Family) -> impl Iterator<Item = &'static str> {
    family.options().map(|key| key.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families;

    #[test]
    fn no_name_used_elsewhere_is_an_option() {
        let names = RENAMED.iter().chain(ABSENT).map(|(name, _)| *name);
        for name in names {
            let owner = families::ALL
                .iter()
                .find(|family| family.key(name).is_some());
            assert!(owner.is_none(), "{name}");
        }
    }
}
