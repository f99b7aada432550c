import Glibc

/// Asks the host's kernel to keep idle CPUs awake, as long as that is wanted.
///
/// Two threads that ask and answer in turn on two CPUs spend most of their time in waking the other's CPU out of its
/// idle state; in a virtual machine, in leaving and entering the machine each time. Where this is not allowed (it takes
/// root), nothing changes.
///
/// Source: Documentation/power/pm_qos_interface.rst of Linux: a file descriptor of /dev/cpu_dma_latency holds the
/// microseconds written to it as the longest latency, until it is closed, whoever closes it and however its process ends.
struct WakeUpLatency: ~Copyable {
    private let device: String
    private var descriptor: Int32?
    private var isRefused = false

    init(device: String = "/dev/cpu_dma_latency") { self.device = device }

    deinit { if let descriptor { close(descriptor) } }

    mutating func keepLow(_ isWanted: Bool) {
        switch (isWanted, descriptor) {
        case (true, nil) where !isRefused: hold()
        case (false, let descriptor?):
            close(descriptor)
            self.descriptor = nil
        default: break
        }
    }

    private mutating func hold() {
        let opened = open(device, O_WRONLY | O_CLOEXEC)
        var microseconds: Int32 = 0
        guard opened >= 0, write(opened, &microseconds, 4) == 4 else {
            if opened >= 0 { close(opened) }
            isRefused = true
            return
        }
        descriptor = opened
    }
}
