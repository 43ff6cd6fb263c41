//! Which paths of the system a program may read.

/// Where programs and libraries of the system are; those of Nix and Guix have their stores.
pub(super) const SYSTEM: [&str; 9] =
    ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store", "/run/current-system"];

/// What libraries read: the loader's cache, the time zone, names and addresses, how many processors there are; and where
/// Debian's links such as `/usr/bin/cc` lead on.
pub(super) const SETTINGS: [&str; 9] = [
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/hosts",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/resolv.conf",
    "/etc/nsswitch.conf",
    "/sys/devices/system/cpu",
];

/// Devices that may be written, too.
pub(super) const DEVICES: [&str; 5] = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];
