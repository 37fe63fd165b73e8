//! Service A: takes a customer's question and hands it on over HTTP.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use agentops::Session;
use agentops_examples::http_client;

use crate::{EXPERT, Failure};

const QUESTION: &str = "What is baggage?";

#[agentops::session(user = user)]
async fn help(user: &str, expert: &str, question: &str) -> Result<String, Failure> {
    let session = Session::current().ok_or("there is no session")?;
    session.add_baggage("tenant", "acme")?;

    let request = http_client()?
        .post(format!("{expert}/answers"))
        .headers(session.propagate_context())
        .body(question.to_owned());
    let response = request.send().await?;
    let status = response.status();
    let text = response.text().await?;
    match status.is_success() {
        true => Ok(text),
        false => Err(format!("the expert answered {status}: {text}").into()),
    }
}

/// Asks the other service, which is started for it unless its address is given.
pub(crate) async fn run(expert: Option<&str>) -> Result<(), Failure> {
    let guard = agentops::Config::from_env()?
        .service_name("desk")
        .console(true)
        .init()?;
    let answer = match expert {
        Some(expert) => help("ada", expert, QUESTION).await,
        None => with_expert().await,
    };
    println!("{}\ndesk: {}", answer?, guard.shutdown());
    Ok(())
}

/// Starts the other service, asks it, and has it end.
async fn with_expert() -> Result<String, Failure> {
    // It ends when its standard input does, also when this process fails.
    let mut expert = Command::new(std::env::current_exe()?)
        .arg(EXPERT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut printed = BufReader::new(expert.stdout.take().ok_or("no output to read")?);
    let mut address = String::new();
    printed.read_line(&mut address)?;
    if address.is_empty() {
        return Err(format!("the expert did not start: {}", expert.wait()?).into());
    }

    let answer = help("ada", address.trim_end(), QUESTION).await;

    // It ends as well where it gave no answer, and delivers what it recorded.
    drop(expert.stdin.take());
    let mut last_words = String::new();
    printed.read_to_string(&mut last_words)?;
    let status = expert.wait()?;
    if !status.success() {
        return Err(format!("the expert failed: {status}").into());
    }
    Ok(format!("{}\n{}", answer?, last_words.trim_end()))
}
