//! TLS to a server: what its address asks for, and whether the server's certificate is good enough for that.
//!
//! `sslmode` and `sslrootcert` mean what they mean to the server's own programs: `disable`, `prefer` (TLS where the
//! server has it; the usual), `require` (TLS; the certificate is looked at only where `sslrootcert` names
//! authorities), `verify-ca` (an authority vouches for the certificate), `verify-full` (and it is made out to the host
//! of the address). `sslrootcert` is a file of authorities' certificates in PEM; `system`, or nothing, means those that
//! browsers trust.

use std::{path::Path, sync::Arc};

use percent_encoding::percent_decode_str;
use postgres::config::SslMode;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::Error;

/// How a server is spoken to.
#[derive(Clone)]
pub struct Tls {
    /// Whether TLS is spoken.
    pub mode: SslMode,
    config: Arc<ClientConfig>,
}

impl Tls {
    /// Takes what concerns TLS out of an address; gives the rest of it. `place` is the address as it is shown.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for a mode that is none, or a file of authorities that holds none.
    pub fn of(address: &str, place: &str) -> Result<(String, Self), Error> {
        let (base, query) = address.split_once('?').unwrap_or((address, ""));
        let (mut mode, mut authorities) = ("prefer".to_owned(), None);
        let mut rest = Vec::new();
        for setting in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = setting.split_once('=').unwrap_or((setting, ""));
            let value = || percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "sslmode" => mode = value(),
                "sslrootcert" => authorities = Some(value()),
                _ => rest.push(setting),
            }
        }
        let named = authorities.is_some();
        let (mode, chain, host) = match mode.as_str() {
            "disable" => (SslMode::Disable, false, false),
            "prefer" => (SslMode::Prefer, false, false),
            "require" => (SslMode::Require, named, false),
            "verify-ca" => (SslMode::Require, true, false),
            "verify-full" => (SslMode::Require, true, true),
            other => {
                return Err(Error::Refused(format!(
                    "{place}: sslmode={other}: no such mode\n  hint: disable, prefer, require, verify-ca or verify-full"
                )));
            }
        };
        let roots = match chain {
            true => Some(roots(authorities.as_deref().unwrap_or(SYSTEM), place)?),
            false => None,
        };
        let mut out = base.to_owned();
        if !rest.is_empty() {
            out.push('?');
            out.push_str(&rest.join("&"));
        }
        let config = config(roots, host).map_err(|why| refused(place, &why))?;
        Ok((out, Self { mode, config }))
    }

    /// What the client makes connections with.
    pub fn connector(&self) -> MakeRustlsConnect {
        MakeRustlsConnect::new(ClientConfig::clone(&self.config))
    }
}

/// The authorities that browsers trust.
const SYSTEM: &str = "system";

fn refused(place: &str, why: &dyn std::fmt::Display) -> Error {
    Error::Refused(format!(
        "{place}: {why}\n  hint: sslrootcert names a file with the certificate of the authority that vouches for the \
         server, in PEM"
    ))
}

/// The error of a connection that failed for want of TLS, or of a good certificate; `None` where it failed otherwise.
pub(super) fn told(place: &str, error: &postgres::Error) -> Option<Error> {
    let why = std::error::Error::source(error)?;
    if why.to_string() == "server does not support TLS" {
        return Some(Error::Refused(format!(
            "{place}: the server speaks no TLS, and its address asks for it\n  hint: turn on `ssl` in the server's \
             settings, or connect through a tunnel (ssh -L, WireGuard) and ask for sslmode=disable"
        )));
    }
    let within = why.downcast_ref::<std::io::Error>()?.get_ref()?;
    let tls = within.downcast_ref::<rustls::Error>()?;
    Some(match tls {
        rustls::Error::InvalidCertificate(wrong) => refused(
            place,
            &format!("the server's certificate is not to be trusted: {wrong}"),
        ),
        other => refused(
            place,
            &format!("no TLS could be agreed on with the server: {other}"),
        ),
    })
}

fn roots(from: &str, place: &str) -> Result<RootCertStore, Error> {
    let mut out = RootCertStore::empty();
    if from == SYSTEM {
        out.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(out);
    }
    let wrong = |why: &dyn std::fmt::Display| refused(place, &format!("sslrootcert {from}: {why}"));
    let found = CertificateDer::pem_file_iter(Path::new(from)).map_err(|error| wrong(&error))?;
    for one in found {
        out.add(one.map_err(|error| wrong(&error))?)
            .map_err(|error| wrong(&error))?;
    }
    if out.is_empty() {
        return Err(wrong(&"no certificate is in it"));
    }
    Ok(out)
}

fn config(
    roots: Option<RootCertStore>,
    host: bool,
) -> Result<Arc<ClientConfig>, Box<dyn std::error::Error>> {
    let provider = Arc::new(ring::default_provider());
    let chain = match roots {
        Some(roots) => Some(
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
                .build()?,
        ),
        None => None,
    };
    let verifier = Verifier {
        chain,
        host,
        provider: provider.clone(),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Looks at a server's certificate as the mode asks.
#[derive(Debug)]
struct Verifier {
    /// Whether an authority vouches for it; `None` where nobody asks.
    chain: Option<Arc<WebPkiServerVerifier>>,
    /// Whether it must be made out to the host, too.
    host: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else {
            return Ok(ServerCertVerified::assertion());
        };
        // The name is looked at last, when all else was found well.
        match chain.verify_server_cert(certificate, between, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.host => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_tls_is_taken_out_of_an_address() {
        let check = |address: &str, rest: &str, mode: SslMode| {
            let (left, tls) = Tls::of(address, "db").unwrap();
            assert_eq!((left.as_str(), tls.mode), (rest, mode), "{address}");
        };
        check("postgres://a@db/c", "postgres://a@db/c", SslMode::Prefer);
        check(
            "postgres://a@db/c?sslmode=disable",
            "postgres://a@db/c",
            SslMode::Disable,
        );
        check(
            "postgres://db/c?a=b&sslmode=require&c=d",
            "postgres://db/c?a=b&c=d",
            SslMode::Require,
        );
        check(
            "postgres://db/c?sslmode=verify-full&sslrootcert=system",
            "postgres://db/c",
            SslMode::Require,
        );
        let refused = |address: &str, words: &str| {
            let error = Tls::of(address, "db").err().unwrap().to_string();
            assert!(error.contains(words) && error.contains("hint"), "{error}");
        };
        refused("postgres://db/c?sslmode=always", "no such mode");
        refused(
            "postgres://db/c?sslmode=verify-ca&sslrootcert=%2Fno%20such",
            "/no such",
        );
    }
}
