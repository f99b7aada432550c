import FadumpCommands

@main
enum Fadumpfs {
    static func main() { FadumpCommand.main() }
}
