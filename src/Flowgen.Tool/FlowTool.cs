using System.CommandLine;
using System.CommandLine.Parsing;
using Flowgen.Log;
using Flowgen.Runtime;
using Flowgen.Tool.Commands;

namespace Flowgen.Tool;

/// <summary>The <c>flow</c> command: 0 where it did what was asked, 1 where it could not, 2 where it was asked wrongly, 130 where it was stopped before it had done it.</summary>
internal static class FlowTool
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int Stopped = 130; // as a shell says it of Ctrl+C

    public static async Task<int> RunAsync(string[] args, ToolIo io, CancellationToken cancellation = default)
    {
        ParseResult parsed = CreateRoot(io).Parse(args);
        if (parsed.Errors.Count > 0)
            return Fail(io, $"{Mistake(parsed)}; see '{CommandPath(parsed)} --help'", WrongUsage);

        try
        {
            using StreamWriter text = io.OpenText();
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = text, Error = io.Error };
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (OutputClosedException)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Stopped;
        }
        catch (Exception mistake) when (mistake is ToolException or FlowLogException or RecordFormatException or UnauthorizedAccessException or IOException)
        {
            return Fail(io, mistake.Message, Failed);
        }
    }

    private static RootCommand CreateRoot(ToolIo io)
    {
        var directory = new Option<DirectoryInfo>("--dir")
        {
            Description = "The directory of the log",
            HelpName = "path",
            Recursive = true,
            DefaultValueFactory = _ => new DirectoryInfo(".flowgen"),
        };
        return new RootCommand("Look into a Flowgen log, also while an app runs on it, and change it while none does: one process owns it.")
        {
            directory,
            TopicsCommand.Create(io, directory),
            TopicCommand.Create(io, directory),
            ProduceCommand.Create(io, directory),
            ConsumeCommand.Create(io, directory),
            LagCommand.Create(io, directory),
            GroupCommand.Create(io, directory),
            ImportCommand.Create(io, directory),
            ExportCommand.Create(io, directory),
            VerifyCommand.Create(io, directory),
            BackupCommand.CreateBackup(io, directory),
            BackupCommand.CreateRestore(io, directory),
            BackupCommand.CreateSalvage(io, directory),
            DumpCommand.Create(io),
            DiagramCommand.Create(io),
        };
    }

    private static int Fail(ToolIo io, string message, int code)
    {
        io.Error.WriteLine($"flow: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static string Mistake(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? $"'{parsed.UnmatchedTokens[0]}' is unknown"
        : string.Join(' ', parsed.Errors[0].Message.TrimEnd('.', ' ').Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static string CommandPath(ParseResult parsed) =>
        string.Join(' ', Commands(parsed.CommandResult).Reverse().Select(command => command is RootCommand ? "flow" : command.Name));

    private static IEnumerable<Command> Commands(CommandResult? innermost)
    {
        for (var result = innermost; result is not null; result = result.Parent as CommandResult)
            yield return result.Command;
    }
}
