#[agentops::tool(fields(mcp.method = "tools/call"))]
fn search() {}

fn main() {}
