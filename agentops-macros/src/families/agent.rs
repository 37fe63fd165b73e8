//! Options and defaults of `#[agentops::agent]`.

use crate::diagnostics::Errors;
use crate::options::common::{COMMON, NAME};
use crate::options::metrics::METRICS;
use crate::options::{Family, Given, Key};
use crate::settings::{Field, Naming, Settings};

const AGENT_ID: &str = "gen_ai.agent.id";
const AGENT_DESCRIPTION: &str = "gen_ai.agent.description";
const AGENT_VERSION: &str = "gen_ai.agent.version";

/// One run of an agent, which decides by itself what to do next.
pub(crate) static FAMILY: Family = Family {
    attribute: "agent",
    variant: "Agent",
    keys: &[&[NAME, ID, DESCRIPTION, VERSION, METRICS], COMMON],
    renamed: &[("desc", "description = .."), ("agent_id", "id = ..")],
    owned: &[
        (AGENT_ID, "id = .."),
        (AGENT_DESCRIPTION, "description = .."),
        (AGENT_VERSION, "version = .."),
    ],
    naming: Naming::Operation {
        operation: "invoke_agent",
        key: "gen_ai.agent.name",
    },
};

/// The agent's id.
const ID: Key = Key {
    name: "id",
    usage: "id = expr",
    set: set_id,
};

/// What the agent does.
const DESCRIPTION: Key = Key {
    name: "description",
    usage: "description = \"..\"",
    set: |given, settings, errors| given.set_text(AGENT_DESCRIPTION, settings, errors),
};

/// The agent's version.
const VERSION: Key = Key {
    name: "version",
    usage: "version = \"..\"",
    set: |given, settings, errors| given.set_text(AGENT_VERSION, settings, errors),
};

fn set_id(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let value = given.expr(errors);
    let field = value.map(|value| Field::plain(AGENT_ID, value));
    settings.fields.extend(field);
}
