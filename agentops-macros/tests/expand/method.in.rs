impl Agent {
    #[agentops::session(id = self.chat)]
    pub fn last(&mut self, step: Step) -> Option<&mut Step> {
        self.steps.push(step);
        self.steps.last_mut()
    }

    #[agentops::session]
    fn finish(mut self) -> Vec<Step> {
        self.steps.clear();
        self.steps
    }

    #[agentops::session]
    fn new(steps: Vec<Step>) -> Self {
        Self { steps }
    }
}
