unsafe extern "C" {
    #[agentops::session]
    fn run();
}

fn main() {}
