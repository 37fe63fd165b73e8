pub trait Agent {
    #[agentops::session]
    fn run(&self);
}

fn main() {}
