trait Tool {
    #[agentops::session]
    fn run(&self);
}
