//! Options and defaults of `#[agentops::session]`.

use crate::diagnostics::Errors;
use crate::options::common::{BAGGAGE, CONTENT, CRATE, FIELDS, NAME, SKIP, TAGS};
use crate::options::fields::{self, List};
use crate::options::{Family, Given, Key};
use crate::settings::{Naming, Settings};

/// One run of the agent.
pub(crate) static FAMILY: Family = Family {
    attribute: "session",
    variant: "Session",
    keys: &[
        NAME, ID, USER, METADATA, EXTRACT, FIELDS, BAGGAGE, TAGS, SKIP, CONTENT, CRATE,
    ],
    renamed: &[
        ("session_id", "id = .."),
        ("user_id", "user = .."),
        ("headers", "extract = .."),
        ("carrier", "extract = .."),
    ],
    owned: &[("session.id", "id = .."), ("user.id", "user = ..")],
    naming: Naming::Plain,
    statics: &[],
};

/// The `session.id`.
const ID: Key = Key {
    name: "id",
    usage: "id = expr",
    set: |given, settings, errors| settings.session_id = given.expr(errors),
};

/// The `user.id`.
const USER: Key = Key {
    name: "user",
    usage: "user = expr",
    set: |given, settings, errors| settings.user = given.expr(errors),
};

/// Attributes below `agentops.metadata`.
const METADATA: Key = Key {
    name: "metadata",
    usage: "metadata(key = expr, ..)",
    set: set_metadata,
};

/// The headers of the request that the session is part of.
const EXTRACT: Key = Key {
    name: "extract",
    usage: "extract = headers",
    set: |given, settings, errors| settings.extract = given.expr(errors),
};

fn set_metadata(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Some(entries) = given.list(errors) {
        let fields = fields::read(entries, List::Metadata, errors);
        settings.fields.extend(fields);
    }
}
