//! Options and defaults of `#[agentops::tool]`.

use crate::diagnostics::Errors;
use crate::options::common::{BAGGAGE, CONTENT, CRATE, FIELDS, NAME, SKIP, TAGS};
use crate::options::{Family, Given, Key};
use crate::settings::{Field, Naming, Settings, Static};

const TOOL_DESCRIPTION: &str = "gen_ai.tool.description";
const TOOL_CALL_ID: &str = "gen_ai.tool.call.id";

/// One use of a tool that a model asked for.
pub(crate) static FAMILY: Family = Family {
    attribute: "tool",
    variant: "Tool",
    keys: &[
        NAME,
        DESCRIPTION,
        CALL_ID,
        FIELDS,
        BAGGAGE,
        TAGS,
        SKIP,
        CONTENT,
        CRATE,
    ],
    renamed: &[
        ("desc", "description = .."),
        ("tool_call_id", "call_id = .."),
    ],
    owned: &[
        (TOOL_DESCRIPTION, "description = .."),
        (TOOL_CALL_ID, "call_id = .."),
    ],
    naming: Naming::Operation {
        operation: "execute_tool",
        key: "gen_ai.tool.name",
    },
    statics: &[],
};

/// What the model was told that the tool does.
const DESCRIPTION: Key = Key {
    name: "description",
    usage: "description = \"..\"",
    set: set_description,
};

/// The id under which the model asked for it.
const CALL_ID: Key = Key {
    name: "call_id",
    usage: "call_id = expr",
    set: set_call_id,
};

fn set_description(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let Some(literal) = given.text(errors) else {
        return;
    };
    let value = literal.value();
    if value.trim().is_empty() {
        errors.at(
            literal.span(),
            "the description is empty; write what the tool does, or leave `description` out",
        );
    }
    let key = TOOL_DESCRIPTION;
    settings.statics.push(Static { key, value });
}

fn set_call_id(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let value = given.expr(errors);
    let field = value.map(|value| Field::plain(TOOL_CALL_ID, value));
    settings.fields.extend(field);
}
