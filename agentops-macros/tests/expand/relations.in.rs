#[agentops::agent(parent = cx, links = [earlier], root = false)]
fn below(cx: &Context, earlier: SpanContext) {}

#[agentops::session(extract = headers, root, id = id, user = user)]
fn incoming(headers: &HeaderMap, id: &str, user: &str) {}
