#[agentops::tool(skip(token), fields(index = self.index))]
impl<T: Ord> crate::tools::Search<T>
where
    T: Copy,
{
    const LIMIT: usize = { 10 };

    counters! { hits, misses }

    /// Asks the index.
    #[cfg(feature = "index")]
    pub(crate) async fn query(&self, words: &str, token: &str) -> Result<T, Error> {
        self.index.query(words, token).await
    }

    #[agentops(skip)]
    #[must_use]
    pub const fn limit(&self) -> usize {
        Self::LIMIT
    }

    #[agentops::llm_call(model = "gpt-4o")]
    fn rank(&self, token: &str) -> Vec<T> {
        self.ranked(token)
    }
}
