async fn choose() -> String {
    "gpt-4o".to_owned()
}

#[agentops::llm_call(model = choose().await)]
async fn complete() {
    choose().await;
}

fn main() {}
