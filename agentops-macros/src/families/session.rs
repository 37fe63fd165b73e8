//! Options and defaults of `#[agentops::session]`.

use crate::diagnostics::Errors;
use crate::options::common::{BAGGAGE, CRATE, FIELDS, NAME};
use crate::options::{Family, Given, Key};
use crate::settings::{Name, Settings};

/// One run of the agent.
pub(crate) static FAMILY: Family = Family {
    attribute: "session",
    variant: "Session",
    keys: &[NAME, ID, FIELDS, BAGGAGE, CRATE],
    renamed: &[("session_id", "id"), ("attributes", "fields")],
    owned: &[("session.id", "id")],
    unnamed: Name::Function,
    statics: &[],
};

/// The `session.id`.
const ID: Key = Key {
    name: "id",
    usage: "id = expr",
    set: set_id,
};

fn set_id(given: Given, settings: &mut Settings, errors: &mut Errors) {
    settings.session_id = given.expr(errors);
}
