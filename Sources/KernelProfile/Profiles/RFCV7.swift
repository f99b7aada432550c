extension KernelProfile {
    /// The design document: version 7 of the patches that became Linux 3.4, as its text promises it.
    ///
    /// It is 3.4 but for four things that the text says otherwise: boot memory is the larger of 5 % of RAM and
    /// 256 MB and nothing is added; with fadump off the files exist and say so; a node `ibm,dump-kernel`
    /// announces a dump; and a reservation that does not fit fails, so that kdump can take over.
    ///
    /// Source: "Firmware-Assisted Dump", RFC PATCH v7 01/10 of 16 February 2012.
    public static let rfcV7: KernelProfile = {
        var profile = KernelProfile.linux34
        profile.name = "rfc-v7"
        profile.summary = "the design document of February 2012, as written (default)"
        profile.release = "3.3.0-rc3-fadump"
        profile.evidence = .read("the document's text; where it says nothing, 3.4.113 as recorded")
        profile.bootMemory.minimum = .fixed(256 << 20)
        profile.reservation.placement = .top(mustFit: true)
        profile.interface.presence = .whenSupported
        profile.deviceTree.dumpNode = "ibm,dump-kernel"
        return profile
    }()
}
