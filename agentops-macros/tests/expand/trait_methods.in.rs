pub trait Tool {
    #[agentops::session(id = self.id())]
    async fn run(&self, input: &str) -> String {
        input.to_owned()
    }

    fn id(&self) -> u32;
}

impl Tool for Search {
    #[agentops::session]
    default fn id(&self) -> u32 {
        self.id
    }
}
