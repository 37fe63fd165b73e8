//! Options and defaults of `#[agentops::session]`.

use syn::Signature;

use crate::diagnostics::Errors;
use crate::options::common::{COMMON, NAME};
use crate::options::fields::{self, List};
use crate::options::metrics::METRICS;
use crate::options::value::set_whole;
use crate::options::{Family, Given, Key};
use crate::return_type::Returned;
use crate::settings::{Naming, Settings, WholeOption};

/// One run of the agent.
pub(crate) static FAMILY: Family = Family {
    attribute: "session",
    variant: "Session",
    keys: &[
        &[NAME, ID, USER, METADATA, EXTRACT, END_STATE, FLUSH, METRICS],
        COMMON,
    ],
    renamed: &[
        ("session_id", "id = .."),
        ("user_id", "user = .."),
        ("headers", "extract = .."),
        ("carrier", "extract = .."),
    ],
    owned: &[
        ("session.id", "id = .."),
        ("user.id", "user = .."),
        ("agentops.session.end_state", "end_state = .."),
    ],
    naming: Naming::Plain,
};

/// The `session.id`.
const ID: Key = Key {
    name: "id",
    usage: "id = expr",
    set: |given, settings, errors| settings.start.session_id = given.expr(errors),
};

/// The `user.id`.
const USER: Key = Key {
    name: "user",
    usage: "user = expr",
    set: |given, settings, errors| settings.start.user = given.expr(errors),
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
    set: |given, settings, errors| settings.start.extract = given.expr(errors),
};

/// How the session ended.
const END_STATE: Key = Key {
    name: "end_state",
    usage: "end_state = |value| agentops::EndState::Success",
    set: |given, settings, errors| set_whole(WholeOption::EndState, given, settings, errors),
};

/// Whether what was recorded is delivered at the end.
const FLUSH: Key = Key {
    name: "flush",
    usage: "flush = true",
    set: set_flush,
};

fn set_metadata(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Some(entries) = given.list(errors) {
        let fields = fields::read(entries, List::Metadata, errors);
        settings.fields.extend(fields);
    }
}

fn set_flush(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let place = given.tokens.clone();
    let signature = given.signature;
    settings.flush = given.flag(errors) == Some(true);
    let is_stream = |signature: &&Signature| Returned::new(&signature.output).is_stream();
    if let Some(signature) = signature.filter(is_stream).filter(|_| settings.flush) {
        errors.over(
            &place,
            format!("`flush` cannot wait for the stream that `{}` returns; remove it, and call `Guard::flush` where the stream has ended", signature.ident),
        );
    }
}
