// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what only measuring needs is neither resolved nor built where fadumpfs itself is.
// It sees the rooms through the library product `Rooms` of the main package. (Declaring the benchmarks in the main
// package whenever a variable is set would spare that product, but changes what the manifest says from one command to
// the next, and resolves anew each time.)

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "benchmarks",
    dependencies: [
        // The name is given because that of the folder it is checked out in may be any.
        .package(name: "fadumpfs", path: "../.."),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        // Without traits: its allocation counter is a package of its own, which nothing here needs.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // What a mounted machine costs, seen by a program that uses it.
        .target(name: "CScheduling", path: "CScheduling"),
        .executableTarget(
            name: "Mounts",
            dependencies: ["CScheduling"],
            path: "Mounts",
            swiftSettings: strict
        ),
        // What single rooms cost, in process.
        .executableTarget(
            name: "RoomBenchmarks",
            dependencies: [
                .product(name: "Rooms", package: "fadumpfs"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Rooms",
            swiftSettings: [.enableUpcomingFeature("ExistentialAny")],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)
