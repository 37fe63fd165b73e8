//! Certificates made for one test, and TLS servers that show them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tempfile::TempDir;

/// An authority, and a folder with its certificate and those it signs.
#[derive(Debug)]
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let authority = Self {
            issuer: CertifiedIssuer::self_signed(params, key).unwrap(),
            folder: tempfile::tempdir().unwrap(),
        };
        authority.write("ca.pem", &authority.issuer.pem());
        authority
    }

    /// The file of the authority's certificate.
    pub(crate) fn trusted(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// Puts a file beside it.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The files of a client's certificate and its key.
    pub(crate) fn client(&self, name: &str) -> (PathBuf, PathBuf) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let chain = self.write(&format!("{name}.pem"), &certificate.pem());
        (
            chain,
            self.write(&format!("{name}.key"), &key.serialize_pem()),
        )
    }

    /// A server that shows a certificate for this name.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        self.server_until(name, 2999)
    }

    /// The same, with a certificate that holds until this year.
    pub(crate) fn server_until(&self, name: &str, year: i32) -> Arc<ServerConfig> {
        let (chain, key) = self.shown(name, year);
        let config = builder().with_no_client_auth();
        Arc::new(config.with_single_cert(chain, key).unwrap())
    }

    /// The same, for clients alone that this authority has signed for.
    pub(crate) fn server_for_clients(&self, name: &str) -> Arc<ServerConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).unwrap();
        let provider = Arc::new(ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        let (chain, key) = self.shown(name, 2999);
        let config = builder().with_client_cert_verifier(verifier.build().unwrap());
        Arc::new(config.with_single_cert(chain, key).unwrap())
    }

    fn shown(
        &self,
        name: &str,
        year: i32,
    ) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        (vec![certificate.der().clone()], key)
    }

    /// Where the files are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn builder() -> rustls::ConfigBuilder<ServerConfig, rustls::WantsVerifier> {
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider);
    builder.with_safe_default_protocol_versions().unwrap()
}
