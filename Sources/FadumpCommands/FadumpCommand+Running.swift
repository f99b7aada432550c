import ArgumentParser

extension FadumpCommand {
    /// Runs the verb that the words say, without the program's name; does not return where that fails.
    ///
    /// A mount in which every word is right is understood without the other verbs, of whose options the parser would
    /// make tables. A mistake or a question goes the long way, which has the answers.
    public static func run(_ words: [String]) {
        guard words.first == Mount.configuration.commandName, let mount = understood(words.dropFirst()) else {
            return main(words)
        }
        do {
            try mount.run()
        } catch {
            exit(withError: error)
        }
    }

    private static func understood(_ words: ArraySlice<String>) -> Mount? {
        try? Mount.parseAsRoot(Array(words)) as? Mount
    }
}
