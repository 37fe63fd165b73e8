#[agentops::session]
async fn r#match(r#type: u32, r#gen: u32) -> u32 {
    r#type + r#gen
}
