import BootEnvironment
import FadumpCommands

@main
enum Fadumpfs {
    static func main() {
        DaemonStage.waiting?.run()
        if let stage = BootStage(arguments: CommandLine.arguments) { stage.run() }
        if let stage = DaemonStage(arguments: CommandLine.arguments) { stage.run() }
        FadumpCommand.run(Array(Invocation.arguments(CommandLine.arguments).dropFirst()))
    }
}
