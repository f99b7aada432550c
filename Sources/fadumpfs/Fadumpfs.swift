import FadumpCommands

@main
enum Fadumpfs {
    static func main() {
        FadumpCommand.main(Array(Invocation.arguments(CommandLine.arguments).dropFirst()))
    }
}
