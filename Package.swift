// swift-tools-version: 6.2
import PackageDescription

/// The rules every room is held to.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// A room of the house and what it may import.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a room.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "fadumpfs",
    products: [
        .executable(name: "fadumpfs", targets: ["fadumpfs"]),
        // For Tests/Benchmarks, a package of its own; no promise to anybody else.
        .library(
            name: "Rooms",
            targets: [
                "Machine", "FadumpKernel", "PowerFirmware", "CoreFile", "PhysicalMemory", "BinaryCodec",
            ]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    ],
    targets: [
        // Bytes and memory
        .target(name: "CLinux"),
        .target(name: "CStart"),
        room("BinaryCodec", []),
        room("PhysicalMemory", ["CLinux", system]),
        room("CoreFile", ["PhysicalMemory", "BinaryCodec"]),
        room("DebugImage", ["CoreFile", "BinaryCodec"]),
        room("CrashTruth", ["CoreFile", "PhysicalMemory", "BinaryCodec"]),
        .systemLibrary(
            name: "CCompression",
            providers: [.apt(["zlib1g-dev", "libzstd-dev", "libsnappy-dev"])]
        ),
        room("DumpFormats", ["CCompression", "CoreFile", "PhysicalMemory", "BinaryCodec", system]),
        room("ImageHelper", ["DumpFormats", "PhysicalMemory", "BinaryCodec", "CLinux", system]),

        // The machine
        room("PowerFirmware", ["PhysicalMemory", "BinaryCodec", system]),
        room("KernelProfile", ["BinaryCodec", system]),
        room(
            "FadumpKernel",
            ["KernelProfile", "PowerFirmware", "CoreFile", "PhysicalMemory", "BinaryCodec", system]
        ),
        room(
            "SyntheticKernel",
            ["DebugImage", "KernelProfile", "CoreFile", "PhysicalMemory", "BinaryCodec", system]
        ),
        room(
            "Machine",
            [
                "FadumpKernel", "SyntheticKernel", "DebugImage", "KernelProfile", "PowerFirmware",
                "CrashTruth", "DumpFormats", "CoreFile",
                "PhysicalMemory", "BinaryCodec", system,
            ]
        ),
        room(
            "DumpVerification",
            ["CrashTruth", "DumpFormats", "SyntheticKernel", "CoreFile", "PhysicalMemory", "BinaryCodec"]
        ),
        room("MachineStore", [system]),
        .target(
            name: "MachineFile",
            dependencies: ["KernelProfile", "Machine", "PowerFirmware", system],
            // In the program itself: it is one file that needs no others.
            resources: [.embedInCode("Examples")],
            swiftSettings: strict
        ),

        // The files
        room("KernFS", [system]),
        room(
            "KernelTree",
            ["Machine", "KernFS", "FadumpKernel", "KernelProfile", "PowerFirmware", "PhysicalMemory", system]
        ),
        room(
            "KernelComparison",
            ["KernelTree", "KernFS", "Machine", "KernelProfile", "CoreFile", "BinaryCodec", system]
        ),
        .systemLibrary(name: "CFuse", pkgConfig: "fuse3", providers: [.apt(["libfuse3-dev"])]),
        room("FuseTransport", ["CFuse", "KernFS", logging, system]),

        // The program
        room("Presentation", []),
        room("ProcessLimits", [system]),
        room("BootEnvironment", ["CLinux", "FuseTransport", "KernFS", logging, system]),
        room("Pictures", ["Presentation", "Machine", "FadumpKernel", "KernelProfile"]),
        room(
            "Daemon",
            ["Machine", "MachineStore", "KernelTree", "KernFS", "FuseTransport", logging, system]
        ),
        room(
            "FadumpCommands",
            [
                "Presentation", "Pictures", "ProcessLimits", "BootEnvironment", "Daemon", "Machine",
                "MachineFile",
                "MachineStore",
                "FadumpKernel", "FuseTransport", "KernelComparison", "KernelProfile", "SyntheticKernel",
                "DumpVerification", "ImageHelper", "DumpFormats", "CrashTruth", "PhysicalMemory",
                "BinaryCodec", "CoreFile", "CLinux", "CStart",
                argumentParser, logging, system,
            ]
        ),
        .executableTarget(
            name: "fadumpfs",
            dependencies: ["FadumpCommands", "BootEnvironment"],
            swiftSettings: strict,
            // Static as a whole: looking for shared libraries and joining them is a fifth of the time that a mount takes.
            // lld looks into all archives whatever their order, and does not warn of calls that nothing here makes. The
            // libraries are parts of FoundationEssentials that only --static-swift-stdlib would name: the program is
            // static without that option too.
            linkerSettings: [
                .unsafeFlags(
                    ["-static-executable", "-use-ld=lld", "-l_FoundationCollections", "-l_FoundationCShims"],
                    .when(platforms: [.linux], configuration: .release)
                )
            ]
        ),

        // Tests
        .executableTarget(
            name: "HotPaths",
            dependencies: [
                "Machine", "KernelTree", "KernFS", "KernelProfile", "CoreFile", "PhysicalMemory", system,
            ],
            path: "Tests/Regressions/HotPaths",
            swiftSettings: strict
        ),
        tests("Architecture", []),
        tests("BinaryCodecTests", ["BinaryCodec"]),
        tests("PhysicalMemoryTests", ["PhysicalMemory", system]),
        tests("CoreFileTests", ["CoreFile", "PhysicalMemory", "BinaryCodec", system]),
        tests("CrashTruthTests", ["CrashTruth", "CoreFile", "PhysicalMemory", "BinaryCodec"]),
        tests(
            "DumpVerificationTests",
            [
                "DumpVerification", "DumpFormats", "CrashTruth", "Machine", "FadumpKernel", "KernelProfile",
                "CoreFile", "PhysicalMemory", "BinaryCodec", system,
            ]
        ),
        tests("ImageHelperTests", ["ImageHelper", "DumpFormats", "PhysicalMemory", "BinaryCodec", system]),
        tests(
            "DumpFormatsTests",
            ["DumpFormats", "CCompression", "CoreFile", "PhysicalMemory", "BinaryCodec", system]
        ),
        tests("DebugImageTests", ["DebugImage", "CoreFile", "BinaryCodec"]),
        tests("PowerFirmwareTests", ["PowerFirmware", "PhysicalMemory", "BinaryCodec", system]),
        tests(
            "FadumpKernelTests",
            [
                "FadumpKernel", "KernelProfile", "PowerFirmware", "CoreFile", "PhysicalMemory", "BinaryCodec",
                system,
            ]
        ),
        tests(
            "MachineTests",
            [
                "Machine", "SyntheticKernel", "FadumpKernel", "KernelProfile", "PowerFirmware", "DumpFormats",
                "CoreFile",
                "PhysicalMemory",
                system,
            ]
        ),
        tests("KernelProfileTests", ["KernelProfile"]),
        tests("MachineStoreTests", ["MachineStore", system]),
        tests("MachineFileTests", ["MachineFile", "Machine", "KernelProfile", system]),
        tests(
            "SyntheticKernelTests",
            ["SyntheticKernel", "DebugImage", "KernelProfile", "CoreFile", "PhysicalMemory", "BinaryCodec"]
        ),
        tests(
            "KernelTreeTests",
            ["KernelTree", "Machine", "KernFS", "KernelProfile", "PhysicalMemory", system]
        ),
        tests("KernelComparisonTests", ["KernelComparison", "KernelProfile", "BinaryCodec"]),
        tests("FuseTransportTests", ["FuseTransport", "KernFS", logging, system]),
        tests("BootEnvironmentTests", ["BootEnvironment", system]),
        tests("ProcessLimitsTests", ["ProcessLimits"]),
        tests("PresentationTests", ["Presentation"]),
        tests("PicturesTests", ["Pictures", "Presentation", "Machine", "FadumpKernel", system]),
        tests(
            "FadumpCommandsTests",
            [
                "FadumpCommands", "Presentation", "Pictures", "Machine", "MachineFile", "MachineStore",
                "KernelComparison", "KernelProfile", "FadumpKernel", "DumpVerification", "DumpFormats",
                "PhysicalMemory", argumentParser, system,
            ]
        ),
        tests("KernFSTests", ["KernFS", system]),
        tests(
            "Conformance",
            ["fadumpfs", "Machine", "KernelTree", "KernFS", "KernelProfile", system]
        ),
        .testTarget(
            name: "DesignDocument",
            dependencies: [
                "Machine", "FadumpKernel", "KernelProfile", "PowerFirmware", "CoreFile", "PhysicalMemory",
                system,
            ],
            exclude: ["README.md"],
            swiftSettings: strict
        ),
    ]
)
