//! Calls of a block are named after their models, and options read each method's arguments.
#![deny(warnings)]

struct Client {
    model: &'static str,
}

#[agentops::llm_call(provider = "openai", model = self.model)]
impl Client {
    fn complete(&self, prompt: &str) -> usize {
        prompt.len()
    }

    fn summarize(&self, text: String) -> Result<String, std::fmt::Error> {
        Ok(text)
    }

    #[agentops::llm_call("draft", model = model)]
    fn draft(&self, model: &str) -> usize {
        model.len()
    }
}

trait Answer {
    fn answer(&mut self, model: String) -> String;
}

#[agentops::llm_call(model = model)]
impl Answer for Client {
    fn answer(&mut self, mut model: String) -> String {
        model.push_str(self.model);
        model
    }
}

fn main() {
    let captured = agentops::testing::capture(|| {
        let mut client = Client { model: "gpt-4o" };
        assert_eq!(client.complete("hello"), 5);
        assert_eq!(client.summarize("short".to_owned()).as_deref(), Ok("short"));
        assert_eq!(client.draft("o1"), 2);
        assert_eq!(client.answer("o3".to_owned()), "o3gpt-4o");
    });
    assert_eq!(
        captured.tree(),
        "llm_call chat gpt-4o\nllm_call chat gpt-4o\nllm_call draft\nllm_call chat o3\n"
    );
}
