pub struct Agent;

impl Agent {
    #[agentops::session(nmae = "run")]
    pub fn run(&self) -> u32 {
        3
    }
}

pub fn use_it() -> u32 {
    Agent.run()
}

fn main() {}
