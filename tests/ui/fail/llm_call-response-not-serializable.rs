struct Answer {
    text: String,
    tokens: u32,
}

#[agentops::llm_call(response = |answer| answer)]
fn complete(prompt: &str) -> Answer {
    Answer {
        text: prompt.to_owned(),
        tokens: 7,
    }
}

fn read(answer: &Answer) -> (&str, u32) {
    (&answer.text, answer.tokens)
}

fn main() {}
