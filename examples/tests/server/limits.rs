//! Requests that the local server refuses because of its limit.

use agentops_examples::Server;
use serde_json::Value;

use super::{post, request};

#[tokio::test]
async fn chosen_request_is_refused_once_with_the_words_of_openai() {
    let server = Server::builder().refuse(2).start().await.unwrap();
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let response = post(&server).json(&request("Hi")).send().await.unwrap();
        statuses.push(response.status().as_u16());
        if response.status().is_success() {
            continue;
        }
        assert_eq!(response.headers()["retry-after"], "1");
        let body: Value = response.json().await.unwrap();
        let error = &body["error"];
        assert_eq!(error["type"], "requests");
        assert_eq!(error["code"], "rate_limit_exceeded");
        assert_eq!(error["param"], Value::Null);
        let message = "Rate limit reached for requests. Please try again in 1s.";
        assert_eq!(error["message"], message);
    }
    assert_eq!(statuses, [200, 429, 200]);
}
