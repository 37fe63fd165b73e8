impl Agent {
    #[agentops::session(id = self.chat)]
    pub async fn run(&mut self, input: Vec<String>) -> &mut Self {
        self.seen.extend(input);
        self
    }

    #[agentops::session]
    async fn consume(mut self: Box<Self>) -> Self {
        *self
    }
}
