//! Options and defaults of `#[agentops::guardrail]`.

use crate::diagnostics::Errors;
use crate::options::common::{COMMON, NAME};
use crate::options::value::set_inner;
use crate::options::{Family, Given, Key};
use crate::settings::{InnerOption, Naming, Settings, Static};

const STAGE_KEY: &str = "agentops.guardrail.stage";
const ACTION_KEY: &str = "agentops.guardrail.action";
const THRESHOLD_KEY: &str = "agentops.guardrail.threshold";
const TRIGGERED_KEY: &str = "agentops.guardrail.triggered";

/// A check of what goes in or comes out.
pub(crate) static FAMILY: Family = Family {
    attribute: "guardrail",
    variant: "Guardrail",
    keys: &[&[NAME, STAGE, TRIGGERED, THRESHOLD, ACTION], COMMON],
    renamed: &[("spec", "stage = input")],
    owned: &[
        (STAGE_KEY, "stage = .."),
        (ACTION_KEY, "action = .."),
        (THRESHOLD_KEY, "threshold = .."),
        (TRIGGERED_KEY, "triggered = .."),
    ],
    naming: Naming::Plain,
};

/// What is checked.
const STAGE: Key = Key {
    name: "stage",
    usage: "stage = input",
    set: set_stage,
};

/// Whether it caught something.
const TRIGGERED: Key = Key {
    name: "triggered",
    usage: "triggered = |verdict| verdict.is_blocked()",
    set: |given, settings, errors| set_inner(InnerOption::Triggered, given, settings, errors),
};

/// From which score on it is triggered.
const THRESHOLD: Key = Key {
    name: "threshold",
    usage: "threshold = 0.8",
    set: |given, settings, errors| {
        given.set_number(THRESHOLD_KEY, &(0.0..=1.0), settings, errors);
    },
};

/// What is done about it.
const ACTION: Key = Key {
    name: "action",
    usage: "action = block",
    set: set_action,
};

fn set_stage(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let stage = given.word(&["input", "output"], "stage", errors);
    let stage = stage.map(|stage| Static::text(STAGE_KEY, stage));
    settings.statics.extend(stage);
}

fn set_action(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    let action = given.word(&["block", "warn", "redact"], "action", errors);
    let action = action.map(|action| Static::text(ACTION_KEY, action));
    settings.statics.extend(action);
}
