#[agentops::session(
    "support chat",
    id = chat.id,
    baggage(user.id = chat.user, "tenant-id" = tenant),
    fields(tier = tier, "max depth" = depth + 1, chat.title = %chat.title, chat.tags = ?chat.tags),
)]
fn run(chat: &Chat, tenant: &str, tier: Option<&str>, depth: u32) -> Result<(), Error> {
    chat.run()
}
