//! The models the server answers for.

use serde_json::{Value, json};

/// One model: the name that requests use, and the dated name that answers carry.
#[derive(Debug)]
pub(crate) struct Model {
    alias: &'static str,
    pub(crate) dated: &'static str,
    /// Seconds since the epoch, as `GET /v1/models` lists it.
    created: u64,
}

const MODELS: [Model; 4] = [
    Model {
        alias: "gpt-4o-mini",
        dated: "gpt-4o-mini-2024-07-18",
        created: 1_721_172_741,
    },
    Model {
        alias: "gpt-4o",
        dated: "gpt-4o-2024-08-06",
        created: 1_715_367_049,
    },
    Model {
        alias: "gpt-4.1-mini",
        dated: "gpt-4.1-mini-2025-04-14",
        created: 1_744_318_173,
    },
    Model {
        alias: "gpt-4.1",
        dated: "gpt-4.1-2025-04-14",
        created: 1_744_316_542,
    },
];

/// The model of this name, by its alias or its dated name.
pub(crate) fn find(name: &str) -> Option<&'static Model> {
    MODELS
        .iter()
        .find(|model| model.alias == name || model.dated == name)
}

/// The answer to `GET /v1/models`.
pub(crate) fn list() -> Value {
    let data: Vec<Value> = MODELS
        .iter()
        .map(|model| {
            json!({
                "id": model.alias,
                "object": "model",
                "created": model.created,
                "owned_by": "system",
            })
        })
        .collect();
    json!({ "object": "list", "data": data })
}
