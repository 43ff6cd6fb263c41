//! Which layers of the sandbox hold.

use std::fmt;

/// Which layers of the sandbox hold on this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
// Each layer holds or doesn't, whatever the others do.
#[allow(clippy::struct_excessive_bools)]
pub struct Layers {
    /// Files outside the job's paths are out of reach (landlock).
    pub files: bool,
    /// The network is the program's own, with `127.0.0.1` alone (a network namespace).
    pub network: bool,
    /// Processes outside are out of reach, and all inside end together (a PID namespace).
    pub processes: bool,
    /// Memory, processes and disk are limited, and no privileges can be gained (rlimits, `no_new_privs`).
    pub limits: bool,
}

impl Layers {
    /// The layers with what people call them.
    fn named(self) -> [(bool, &'static str); 4] {
        [(self.files, "files"), (self.network, "network"), (self.processes, "processes"), (self.limits, "limits")]
    }
}

/// One line for people: `sandbox: files, network and …`; time and output are limited everywhere.
impl fmt::Display for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |held: bool| {
            let names: Vec<_> =
                self.named().into_iter().filter(|(holds, _)| *holds == held).map(|(_, name)| name).collect();
            names.join(", ")
        };
        match (of(true), of(false)) {
            (holding, missing) if missing.is_empty() => write!(f, "isolated: {holding}"),
            (holding, missing) if holding.is_empty() => write!(f, "isolated: nothing; not isolated: {missing}"),
            (holding, missing) => write!(f, "isolated: {holding}; not isolated: {missing}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Layers;

    #[test]
    fn what_holds_and_what_does_not_are_told_in_one_line() {
        let all = Layers { files: true, network: true, processes: true, limits: true };
        assert_eq!(all.to_string(), "isolated: files, network, processes, limits");
        let some = Layers { network: false, processes: false, ..all };
        assert_eq!(some.to_string(), "isolated: files, limits; not isolated: network, processes");
        let none = Layers::default();
        assert_eq!(none.to_string(), "isolated: nothing; not isolated: files, network, processes, limits");
    }
}
