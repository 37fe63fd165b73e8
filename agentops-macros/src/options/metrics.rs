//! Meaning of `metrics = false` and `metrics(..)`.

use crate::args::Value;
use crate::diagnostics::Errors;
use crate::options::fields::{self, List};
use crate::options::{Given, Key};
use crate::settings::Settings;

/// What metrics are told apart by, or that there are none.
pub(crate) const METRICS: Key = Key {
    name: "metrics",
    usage: "metrics(key = expr, ..)",
    set: set_metrics,
};

fn set_metrics(given: Given<'_>, settings: &mut Settings, errors: &mut Errors) {
    if let Value::Assigned { .. } = &given.value {
        let usage = "takes `false` or a list: `metrics = false` or `metrics(key = expr, ..)`";
        if let Some(measured) = given.truth(usage, errors) {
            settings.measured = measured;
        }
        return;
    }
    let family = given.family;
    let Some(entries) = given.list(errors) else {
        return;
    };
    settings.dimensions = fields::read(entries, List::Dimensions(family), errors);
}
