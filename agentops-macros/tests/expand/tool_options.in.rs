#[agentops::tool("search", description = "Searches the web.", call_id = call.id)]
fn search(call: &ToolCall, query: &str) -> Vec<Hit> {
    hits(query)
}
