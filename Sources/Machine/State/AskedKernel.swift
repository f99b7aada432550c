import FadumpKernel
import SystemPackage

extension MachineState {
    /// Whether the running kernel has a file; false where none runs.
    mutating func exists(_ attribute: Attribute) -> Bool {
        kernel?.asked(on: hardware) { kernel, _ in kernel.exists(attribute) } ?? false
    }

    /// What the running kernel shows. Errors: `.operationNotSupportedByDevice` where none runs.
    mutating func show(_ attribute: Attribute) -> Result<String, Errno> {
        kernel?.asked(on: hardware) { kernel, hardware in
            do throws(Errno) {
                return .success(try kernel.show(attribute, on: hardware))
            } catch {
                return .failure(error)
            }
        } ?? .failure(.operationNotSupportedByDevice)
    }
}

extension FadumpKernel {
    /// Lets `question` look at the kernel where it stands.
    ///
    /// An optional that is asked through an ordinary method is copied first, with all the references in a kernel: most of
    /// what reading a small file would cost.
    fileprivate mutating func asked<Answer>(
        on hardware: Hardware,
        _ question: (inout FadumpKernel, Hardware) -> Answer
    ) -> Answer {
        question(&self, hardware)
    }
}
