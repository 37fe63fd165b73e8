//! Whom an endpoint's connection trusts, and how it is known there itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

/// Files of certificates in PEM; they are read when the first connection is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificates {
    /// Authorities to trust instead of the public ones.
    pub trusted: Option<PathBuf>,
    /// Our own certificate, with those that vouch for it, and its key.
    pub client: Option<(PathBuf, PathBuf)>,
}

impl Certificates {
    /// Reads the files.
    ///
    /// # Errors
    /// In words which of them cannot be used. Nothing takes its place: who names an authority
    /// does not want any other to be trusted.
    pub(super) fn read(&self) -> Result<TlsConfig, String> {
        let mut config = TlsConfig::builder();
        if let Some(path) = &self.trusted {
            let certificates = certificates(path)?;
            config = config.root_certs(RootCerts::Specific(Arc::new(certificates)));
        }
        if let Some((chain, key)) = &self.client {
            config = config.client_cert(Some(client(chain, key)?));
        }
        Ok(config.build())
    }
}

fn certificates(path: &Path) -> Result<Vec<Certificate<'static>>, String> {
    let pem = read(path)?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let found = read.map_err(|_| unusable(path, "damaged"))?;
    if found.is_empty() {
        return Err(unusable(path, "without a certificate in PEM"));
    }
    let certificates = found
        .iter()
        .map(|der| Certificate::from_der(der).to_owned());
    Ok(certificates.collect())
}

/// A certificate and its key, which are checked here: the connection would panic on a wrong pair.
fn client(chain_path: &Path, key_path: &Path) -> Result<ClientCert, String> {
    let chain = certificates(chain_path)?;
    let pem = read(key_path)?;
    let missing = || unusable(key_path, "without a private key in PEM");
    let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| missing())?;
    let ders = chain
        .iter()
        .map(|one| CertificateDer::from(one.der()).into_owned());
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(ring::default_provider()));
    CertifiedKey::from_der(ders.collect(), key, &provider)
        .map_err(|_| unusable(key_path, "not the key of the client's certificate"))?;
    let key = PrivateKey::from_pem(&pem).map_err(|_| missing())?;
    Ok(ClientCert::new_with_certs(&chain, key))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn unusable(path: &Path, why: &str) -> String {
    format!("{} is {why}", path.display())
}
