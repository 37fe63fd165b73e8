#[agentops::session(
    "support chat",
    tags("beta", "nightly"),
    metadata(plan = ?chat.plan, "build.number" = BUILD),
    user = chat.user,
    id = chat.id,
    extract = headers,
    baggage(tenant = tenant),
    skip(tenant),
)]
async fn answer(chat: &Chat, headers: &HeaderMap, tenant: u32) {
    reply(chat).await;
}
