//! The tools of the research agent, over a library of three pages.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::Failure;

const PAGES: [(&str, &str); 3] = [
    ("danube", "The Danube flows through ten countries."),
    (
        "lake",
        "The cycle path around Lake Constance is about 260 kilometres long.",
    ),
    ("ferries", "Ferries on Lake Constance take cycles on board."),
];

/// The names of all pages.
pub(crate) fn pages() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(page, _)| *page)
}

/// The tools as a request offers them.
pub(crate) fn described() -> Value {
    let describe = |name: &str, description: &str, parameter: &str| {
        let parameters = json!({
            "type": "object",
            "properties": { parameter: { "type": "string" } },
            "required": [parameter],
        });
        let function =
            json!({ "name": name, "description": description, "parameters": parameters });
        json!({ "type": "function", "function": function })
    };
    json!([
        describe("search", "Finds pages by words.", "words"),
        describe("read_page", "Reads a page.", "page"),
        describe(
            "calculate",
            "Multiplies or divides two numbers, such as 12 * 3.",
            "expression"
        ),
    ])
}

/// Runs the tool that the model calls.
pub(crate) async fn run(call: Value) -> Result<String, Failure> {
    let id = call["id"].as_str().unwrap_or_default();
    let arguments = call["function"]["arguments"].as_str().unwrap_or_default();
    let arguments: Value = serde_json::from_str(arguments)?;
    let argument = |name: &str| arguments[name].as_str().unwrap_or_default();
    match call["function"]["name"].as_str() {
        Some("search") => Ok(search(id, argument("words")).to_string()),
        Some("read_page") => read_page(id, argument("page")).await,
        Some("calculate") => Ok(calculate(id, argument("expression"))?.to_string()),
        _ => Err("there is no such tool".into()),
    }
}

#[agentops::tool(description = "Finds pages by words.", call_id = id)]
fn search(id: &str, words: &str) -> Value {
    let words = words.to_lowercase();
    let is_about = |text: &str| words.split_whitespace().any(|word| text.contains(word));
    PAGES
        .iter()
        .filter(|(_, text)| is_about(&text.to_lowercase()))
        .map(|(page, _)| json!({ "page": page }))
        .collect()
}

#[agentops::tool(description = "Reads a page.", call_id = id)]
async fn read_page(id: &str, page: &str) -> Result<String, Failure> {
    static IS_SLOW: AtomicBool = AtomicBool::new(true);
    // The library is far away, and the first time one of its pages takes too long.
    tokio::time::sleep(Duration::from_millis(20)).await;
    if page == "ferries" && IS_SLOW.swap(false, Ordering::Relaxed) {
        return Err("the page took too long".into());
    }
    let found = PAGES.iter().find(|(name, _)| *name == page);
    let (_, text) = found.ok_or("there is no such page")?;
    Ok((*text).to_owned())
}

#[agentops::tool(description = "Multiplies or divides two numbers, such as 12 * 3.", call_id = id)]
fn calculate(id: &str, expression: &str) -> Result<f64, Failure> {
    let parts: Vec<&str> = expression.split(' ').collect();
    match parts[..] {
        [left, "*", right] => Ok(left.parse::<f64>()? * right.parse::<f64>()?),
        [left, "/", right] => Ok(left.parse::<f64>()? / right.parse::<f64>()?),
        _ => Err("expected two numbers with `*` or `/` between them".into()),
    }
}
