//! Options and defaults of `#[agentops::tool]`.

use crate::diagnostics::Errors;
use crate::options::common::{COMMON, NAME};
use crate::options::metrics::METRICS;
use crate::options::{Family, Given, Key};
use crate::settings::{Field, Naming, Settings, Static};

const TOOL_DESCRIPTION: &str = "gen_ai.tool.description";
const TOOL_TYPE: &str = "gen_ai.tool.type";
const TOOL_CALL_ID: &str = "gen_ai.tool.call.id";
const COST_KEY: &str = "agentops.cost";

/// One use of a tool that a model asked for.
pub(crate) static FAMILY: Family = Family {
    attribute: "tool",
    variant: "Tool",
    keys: &[&[NAME, DESCRIPTION, TYPE, CALL_ID, COST, METRICS], COMMON],
    renamed: &[
        ("desc", "description = .."),
        ("tool_call_id", "call_id = .."),
    ],
    owned: &[
        (TOOL_DESCRIPTION, "description = .."),
        (TOOL_TYPE, "type = .."),
        (TOOL_CALL_ID, "call_id = .."),
        (COST_KEY, "cost = .."),
    ],
    naming: Naming::Operation {
        operation: "execute_tool",
        key: "gen_ai.tool.name",
    },
};

/// What the model was told that the tool does.
const DESCRIPTION: Key = Key {
    name: "description",
    usage: "description = \"..\"",
    set: |given, settings, errors| given.set_text(TOOL_DESCRIPTION, settings, errors),
};

/// What sort of tool it is.
const TYPE: Key = Key {
    name: "type",
    usage: "type = function",
    set: set_type,
};

/// The id under which the model asked for it.
const CALL_ID: Key = Key {
    name: "call_id",
    usage: "call_id = expr",
    set: set_call_id,
};

/// What a call costs, in US dollars.
const COST: Key = Key {
    name: "cost",
    usage: "cost = 0.05",
    set: |given, settings, errors| {
        given.set_number(COST_KEY, &(0.0..=f64::INFINITY), settings, errors);
    },
};

fn set_type(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let types = ["function", "extension", "datastore"];
    let found = given.word(&types, "type of tool", errors);
    let found = found.map(|found| Static::text(TOOL_TYPE, found));
    settings.statics.extend(found);
}

fn set_call_id(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let value = given.expr(errors);
    let field = value.map(|value| Field::plain(TOOL_CALL_ID, value));
    settings.fields.extend(field);
}
