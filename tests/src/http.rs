//! As much of HTTP/1.1 as an OTLP exporter speaks to a collector.
//!
//! A head of request line and headers, a body by `Content-Length` or in chunks, `Expect`, gzip.
//! Anything else is an `InvalidData` error with its reason, for the test that sent it; a request
//! that breaks off is an `UnexpectedEof`.

use std::io::{self, BufRead, Read, Write};

use flate2::read::GzDecoder;

/// The most bytes a body may have, packed or unpacked, before it counts as a mistake.
const BODY_LIMIT: u64 = 64 << 20;

/// A request as it came over the wire, but for a gzipped body, which is unpacked.
#[derive(Debug)]
pub(crate) struct HttpRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl HttpRequest {
    /// Reads the next request of a connection; `None` when the client has closed it between two.
    ///
    /// `writer` gets the interim answer where the client waits for one.
    pub(crate) fn read(
        reader: &mut impl BufRead,
        writer: &mut impl Write,
    ) -> io::Result<Option<Self>> {
        if reader.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let line = read_line(reader)?;
        let mut words = line.split(' ');
        let (Some(method), Some(path), Some("HTTP/1.1")) =
            (words.next(), words.next(), words.next())
        else {
            return Err(invalid(format!("`{line}` is no HTTP/1.1 request line")));
        };
        let mut request = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: read_headers(reader)?,
            body: Vec::new(),
        };
        if request.header("expect") == Some("100-continue") {
            writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        request.body = request.read_body(reader)?;
        Ok(Some(request))
    }

    /// The value of a header, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    fn read_body(&self, reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
        let packed = match (
            self.header("transfer-encoding"),
            self.header("content-length"),
        ) {
            (Some("chunked"), None) => read_chunks(reader)?,
            (None, Some(length)) => {
                let length = length
                    .parse()
                    .map_err(|_| invalid(format!("`{length}` is no Content-Length")))?;
                read_exactly(reader, length)?
            }
            (None, None) => Vec::new(),
            (encoding, length) => {
                return Err(invalid(format!(
                    "cannot read a body with Transfer-Encoding {encoding:?} and Content-Length {length:?}"
                )));
            }
        };
        match self.header("content-encoding") {
            None | Some("identity") => Ok(packed),
            Some("gzip") => unpack(&packed),
            Some(other) => Err(invalid(format!("cannot unpack Content-Encoding `{other}`"))),
        }
    }
}

/// Writes an answer; the connection stays open.
pub(crate) fn write_answer(
    writer: &mut impl Write,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> io::Result<()> {
    let mut answer = format!("HTTP/1.1 {status} \r\n").into_bytes();
    for (name, value) in headers {
        write!(answer, "{name}: {value}\r\n")?;
    }
    write!(answer, "content-length: {}\r\n\r\n", body.len())?;
    answer.extend_from_slice(body);
    writer.write_all(&answer)?;
    writer.flush()
}

/// The value of a header, its name in lower case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn read_headers(reader: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| invalid(format!("`{line}` is no header")))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

fn read_chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = read_line(reader)?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let length = u64::from_str_radix(digits, 16)
            .map_err(|_| invalid(format!("`{line}` is no chunk length")))?;
        if length == 0 {
            read_headers(reader)?;
            return Ok(body);
        }
        body.extend(read_exactly(reader, length)?);
        if body.len() as u64 > BODY_LIMIT || !read_line(reader)?.is_empty() {
            return Err(invalid("a chunk is longer than it says".to_owned()));
        }
    }
}

fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.take(64 << 10).read_line(&mut line)?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn read_exactly(reader: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    if length > BODY_LIMIT {
        return Err(invalid(format!("{length} bytes are too many")));
    }
    let mut bytes = Vec::new();
    reader.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    GzDecoder::new(packed)
        .take(BODY_LIMIT)
        .read_to_end(&mut body)
        .map_err(|error| invalid(format!("cannot unpack gzip: {error}")))?;
    Ok(body)
}

fn invalid(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn chunks_are_joined_and_the_next_request_follows() {
        let mut wire = &b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\
            3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\nGET /b HTTP/1.1\r\n\r\n"[..];
        let first = HttpRequest::read(&mut wire, &mut io::sink())
            .unwrap()
            .unwrap();
        assert_eq!(
            (first.path.as_str(), &first.body[..]),
            ("/a", &b"abcde"[..])
        );
        let second = HttpRequest::read(&mut wire, &mut io::sink())
            .unwrap()
            .unwrap();
        assert_eq!(
            (second.method.as_str(), second.path.as_str()),
            ("GET", "/b")
        );
        assert!(
            HttpRequest::read(&mut wire, &mut io::sink())
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn gzip_is_unpacked_and_expectation_is_answered() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(b"packed").unwrap();
        let packed = encoder.finish().unwrap();
        let mut wire = format!(
            "POST / HTTP/1.1\r\nContent-Encoding: gzip\r\nExpect: 100-continue\r\n\
             Content-Length: {}\r\n\r\n",
            packed.len()
        )
        .into_bytes();
        wire.extend(packed);
        let mut interim = Vec::new();
        let request = HttpRequest::read(&mut &wire[..], &mut interim)
            .unwrap()
            .unwrap();
        assert_eq!(request.body, b"packed");
        assert_eq!(interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    }

    #[test]
    fn broken_off_request_is_told_apart_from_a_wrong_one() {
        for (wire, kind) in [
            (
                "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc",
                io::ErrorKind::UnexpectedEof,
            ),
            (
                "POST / HTTP/1.1\r\nContent-Le",
                io::ErrorKind::UnexpectedEof,
            ),
            ("POST / HTTP/1.0\r\n\r\n", io::ErrorKind::InvalidData),
            (
                "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                io::ErrorKind::InvalidData,
            ),
            (
                "POST / HTTP/1.1\r\nContent-Encoding: br\r\n\r\n",
                io::ErrorKind::InvalidData,
            ),
        ] {
            let error = HttpRequest::read(&mut wire.as_bytes(), &mut io::sink()).unwrap_err();
            assert_eq!(error.kind(), kind, "{wire}");
        }
    }
}
