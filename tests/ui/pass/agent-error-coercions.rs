//! Errors that become `Box<dyn Error>`: by `?`, `into`, `Box::new`, also where nothing else is known.
#![deny(warnings)]

use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct AgentError(u8);

impl fmt::Display for AgentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "agent error {}", self.0)
    }
}

impl Error for AgentError {}

type Boxed = Box<dyn Error + Send + Sync>;

#[agentops::agent]
fn returned(code: u8) -> Result<u8, Box<dyn Error>> {
    if code > 0 {
        return Err(Box::new(AgentError(code)));
    }
    Ok(code)
}

#[agentops::agent]
fn tail(code: u8) -> Result<(), Box<dyn Error>> {
    Err(Box::new(AgentError(code)))
}

#[agentops::agent]
async fn returned_later(code: u8) -> Result<u8, Boxed> {
    std::future::ready(()).await;
    if code > 1 {
        return Err(Box::new(AgentError(code)));
    }
    match code {
        0 => Ok(0),
        _ => Err(Box::new(AgentError(code))),
    }
}

#[agentops::agent]
async fn tail_later(code: u8) -> Result<(), Box<dyn Error + 'static>> {
    Err(Box::new(AgentError(code)))
}

#[agentops::agent]
fn converted(text: &str) -> Result<Vec<u8>, Boxed> {
    let number: u8 = text.parse()?;
    if number == 0 {
        return Err("zero".into());
    }
    if number == 1 {
        Err(AgentError(1))?
    }
    text.split(',').map(|part| Ok(part.parse()?)).collect()
}

#[agentops::agent]
#[track_caller]
fn tracked(code: u8) -> Result<u8, Box<dyn Error>> {
    Err(Box::new(AgentError(code)))
}

#[agentops::agent]
fn optional(code: u8) -> Option<Box<dyn Error>> {
    Some(Box::new(AgentError(code)))
}

#[agentops::agent]
fn in_a_pair(code: u8) -> (u8, Box<dyn Error>) {
    (code, Box::new(AgentError(code)))
}

#[agentops::agent]
fn referenced(error: &AgentError) -> Result<u8, &dyn Error> {
    Err(error)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let captured = agentops::testing::capture_async(async {
        assert!(returned(1).unwrap_err().is::<AgentError>());
        assert_eq!(returned(0).ok(), Some(0));
        assert!(tail(2).is_err());
        assert!(returned_later(3).await.unwrap_err().is::<AgentError>());
        assert!(returned_later(1).await.is_err());
        assert!(tail_later(4).await.is_err());
        assert_eq!(converted("0").unwrap_err().to_string(), "zero");
        assert!(converted("1").unwrap_err().is::<AgentError>());
        assert_eq!(converted("2").ok(), Some(vec![2]));
        assert!(tracked(5).unwrap_err().is::<AgentError>());
        assert_eq!(optional(6).unwrap().to_string(), "agent error 6");
        assert_eq!(in_a_pair(7).1.to_string(), "agent error 7");
        assert_eq!(referenced(&AgentError(8)).unwrap_err().to_string(), "agent error 8");
    })
    .await;
    let messages = captured.spans.iter().filter(|span| span.status == "error");
    let messages = messages.map(|span| span.message.as_str()).collect::<Vec<_>>();
    assert_eq!(
        messages,
        [1, 2, 3, 1, 4, 0, 1, 5, 8].map(|code| match code {
            0 => "zero".to_owned(),
            code => format!("agent error {code}"),
        })
    );
}
