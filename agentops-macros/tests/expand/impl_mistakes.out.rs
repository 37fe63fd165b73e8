impl Search {
    const LIMIT: usize = 10;
    fn index(&self) -> &Index {
        &self.index
    }
    /// Asks the index.
    fn query(&self, words: &str) -> Vec<Hit> {
        self.index.query(words)
    }
    const fn limit(&self, words: usize) -> usize {
        words
    }
}
::core::compile_error! {
    "a name on an `impl` block would be that of all its methods; name the method itself by an attribute on it, or leave `name` out"
}
::core::compile_error! {
    "no method of this block has an argument `wrods`; did you mean `words`?"
}
::core::compile_error! {
    "`#[agentops(skip)]` goes on methods; nothing else in a block is recorded, so remove it"
}
::core::compile_error! {
    "`skp` means nothing here; write `#[agentops(skip)]` to leave this method out"
}
::core::compile_error! {
    "`#[agentops::tool]` cannot be used on a `const fn`, because nothing can be recorded at compile time; put `#[agentops(skip)]` on it"
}
