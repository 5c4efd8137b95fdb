//! Which addresses may be asked.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs},
};

/// Looks up host names.
pub trait Lookup: fmt::Debug + Send + Sync + 'static {
    /// The addresses of a host.
    ///
    /// # Errors
    ///
    /// When it has none.
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// Asks the system.
#[derive(Debug)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        (bare, port).to_socket_addrs().map(Iterator::collect)
    }
}

/// What kind of address it is, where it is one that nobody outside can reach or that means something special (the
/// registries of RFC 6890 and its successors, by IANA); `None` where it is an ordinary one.
pub fn forbidden(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => forbidden_v4(ip),
        IpAddr::V6(ip) => forbidden_v6(ip),
    }
}

/// Whether an address is this machine itself or of a network that somebody runs for themselves.
pub fn near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_loopback() || ip.is_private() || (a, b & 0xc0) == (100, 64)
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.segments()[0] & 0xfe00 == 0xfc00,
    }
}

fn forbidden_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let [a, b, c, _] = ip.octets();
    Some(match (a, b, c) {
        (0, ..) => "an address of this network",
        (127, ..) => "this machine itself",
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => "a private network",
        (100, 64..=127, _) => "a provider's inner network",
        (169, 254, _) => "a link-local address, where clouds keep their secrets",
        (192, 0, 0) => "an address for protocols",
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => "an address for documentation",
        (192, 88, 99) => "a relay",
        (198, 18..=19, _) => "an address for measurements",
        (224..=239, ..) => "a multicast address",
        (240..=255, ..) => "a reserved address",
        _ => return None,
    })
}

fn forbidden_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let parts = ip.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    Some(match parts {
        [0, 0, 0, 0, 0, 0, 0, 1] => "this machine itself",
        [0, 0, 0, 0, 0, 0, 0, 0] => "no address",
        // An IPv4 address in another dress is what it is without it.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            return forbidden_v4(embedded(high, low));
        }
        [0, 0, 0, 0, 0, 0, ..] => "an address of an outdated kind",
        [0x64, 0xff9b, 1, ..] => "a translated private address",
        [0x100, 0, 0, 0, ..] => "an address that leads nowhere",
        [0x2001, 0..=0x1ff, ..] => "an address for protocols",
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => "an address for documentation",
        [0x2002, high, low, ..] => {
            return forbidden_v4(embedded(high, low)).or(Some("a relayed address"));
        }
        [0xfc00..=0xfdff, ..] => "a private network",
        [0xfe80..=0xfebf, ..] => "a link-local address",
        [0xfec0..=0xfeff, ..] => "a private network",
        [0xff00..=0xffff, ..] => "a multicast address",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_we_can_reach_is_forbidden() {
        let forbidden_all = [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:808:808::",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "100::1",
        ];
        for ip in forbidden_all {
            assert!(forbidden(ip.parse().unwrap()).is_some(), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "169.253.1.1",
            "2606:4700::1111",
            "64:ff9b::8.8.8.8",
        ] {
            assert_eq!(forbidden(ip.parse().unwrap()), None, "{ip}");
        }
    }

    #[test]
    fn what_somebody_runs_for_themselves_is_near() {
        for ip in [
            "127.0.0.1",
            "::1",
            "::ffff:127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.0.1",
            "fd00::1",
        ] {
            assert!(near(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "169.254.169.254",
            "100.128.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "fe80::1",
            "::",
            "2606:4700::1111",
        ] {
            assert!(!near(ip.parse().unwrap()), "{ip}");
        }
    }
}
