#[agentops::tool(
    name = NAME,
    if = !query.is_empty(),
    args(?limit, words = query.split(' ').count()),
    fields({KEY} = query),
    metrics(paid = account.is_paid()),
    kind = client,
    on_cancel = ok,
)]
fn search(query: &str, limit: Limit, account: &Account) -> usize {
    find(query, limit, account)
}
