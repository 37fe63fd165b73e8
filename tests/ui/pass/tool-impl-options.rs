//! Options on an `impl` block hold for the methods that they can hold for.
#![deny(warnings)]

struct Search;

#[agentops::tool(args(query, self), ret(|found| format!("{found:?}")), err(Debug), fields(a = 1))]
impl Search {
    fn find(&self, query: &str) -> Result<usize, std::fmt::Error> {
        Ok(query.len())
    }

    fn help(&self) {}

    fn count(&self, limit: usize) -> usize {
        limit
    }

    async fn later(limit: usize) -> Option<usize> {
        Some(limit)
    }
}

struct Client;

#[agentops::llm_call(stream, usage = |text| (text.len(), 3), completion = |text| text)]
impl Client {
    async fn streamed(&self) -> String {
        "ab".to_owned()
    }

    fn whole(&self) -> String {
        "cd".to_owned()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert_eq!(Search.find("ab"), Ok(2));
        Search.help();
        Search.count(3);
        Search::later(3).await;
    })
    .await;
    let answers = agentops::testing::capture_async(async {
        assert_eq!(Client.streamed().await, "ab");
        assert_eq!(Client.whole(), "cd");
    })
    .await;
    assert_eq!(captured.spans.len(), 4);
    assert_eq!(answers.spans.len(), 2);
    let streaming = answers.spans.iter().map(|span| {
        let mut keys = span.attributes.iter().map(|(key, _)| key);
        keys.any(|key| key == "gen_ai.request.stream")
    });
    assert_eq!(streaming.collect::<Vec<_>>(), [true, false]);
}
