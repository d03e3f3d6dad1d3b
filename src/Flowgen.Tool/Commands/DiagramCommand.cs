using System.CommandLine;
using Flowgen.Tool.Diagrams;

namespace Flowgen.Tool.Commands;

/// <summary><c>flow diagram</c>: an app as a Mermaid flowchart.</summary>
internal static class DiagramCommand
{
    public static Command Create(ToolIo io)
    {
        var assembly = new Argument<string>("assembly") { Description = "The built assembly of the app, or the folder that it is in" };
        var app = new Option<string?>("--app") { Description = "The app, where the assembly has several", HelpName = "name" };
        var command = new Command("diagram", "Draw an app as a Mermaid flowchart") { assembly, app };
        command.SetAction(parsed => Run(io, parsed.GetRequiredValue(assembly), parsed.GetValue(app)));
        return command;
    }

    private static void Run(ToolIo io, string assembly, string? app)
    {
        AppDiagram diagram = Choose(DiagramReader.Read(assembly), assembly, app);
        using StreamWriter text = io.OpenText();
        text.WriteLine(diagram.Mermaid.TrimEnd());
    }

    private static AppDiagram Choose(List<AppDiagram> diagrams, string assembly, string? app)
    {
        if (diagrams.Count == 0)
            throw new ToolException($"there is no app in '{assembly}': an app is a partial class with [FlowApp]");
        string names = string.Join(", ", diagrams.Select(diagram => diagram.App));
        if (app is null && diagrams.Count > 1)
            throw new ToolException($"there are several apps in '{assembly}': choose one with --app ({names})");
        return app is null ? diagrams[0]
            : diagrams.Find(diagram => diagram.App == app) ?? throw new ToolException($"there is no app '{app}' in '{assembly}', but {names}");
    }
}
